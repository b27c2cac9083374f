// SPDX-License-Identifier: GPL-2.0-or-later
/* elf.c - the sections of facts in an object; the only user of libelf */
#include <string.h>

#include <gelf.h>
#include <libelf.h>

#include "base/error.h"
#include "facts/facts.h"
#include "facts/object.h"

bool image_is_object(const struct image *image)
{
	return image->size >= SELFMAG && !memcmp(image->data, ELFMAG, SELFMAG);
}

static int bad_object(const char *name)
{
	return error("%s: bad object file: %s", name, elf_errmsg(-1));
}

static int read_section(const char *name, Elf_Scn *section,
			object_section_fn *fn, void *arg)
{
	Elf_Data *data = elf_rawdata(section, NULL);

	if (!data)
		return bad_object(name);
	if (!data->d_size)
		return 0;
	if (!data->d_buf)
		return error("%s: section %s has no bytes", name,
			     FACTS_SECTION);
	return fn(name, data->d_buf, data->d_size, arg);
}

/* Where compilers sign; objects of assembler code have no such section. */
#define COMPILED ".comment"

static int read_if_facts(const char *name, Elf *elf, size_t index, size_t names,
			 bool *compiled, object_section_fn *fn, void *arg)
{
	Elf_Scn *section = elf_getscn(elf, index);
	GElf_Shdr header;
	const char *title;

	if (!section || !gelf_getshdr(section, &header))
		return bad_object(name);
	title = elf_strptr(elf, names, header.sh_name);
	if (!title)
		return 0;
	*compiled |= !strcmp(title, COMPILED);
	if (strcmp(title, FACTS_SECTION))
		return 0;
	return read_section(name, section, fn, arg) ? -1 : 1;
}

/* libelf sees no sections at all where their table is cut off. */
static bool is_truncated(Elf *elf, size_t sections)
{
	GElf_Ehdr header;

	return !sections && gelf_getehdr(elf, &header) && header.e_shoff;
}

static int read_sections(const char *name, Elf *elf, bool *compiled,
			 object_section_fn *fn, void *arg)
{
	size_t names, sections;
	int found = 0;

	if (elf_kind(elf) != ELF_K_ELF)
		return error("%s: bad object file: not of a known class", name);
	if (elf_getshdrnum(elf, &sections))
		return bad_object(name);
	if (is_truncated(elf, sections))
		return error("%s: truncated object file", name);
	if (sections && elf_getshdrstrndx(elf, &names))
		return bad_object(name);
	for (size_t i = 1; i < sections; i++) {
		int one = read_if_facts(name, elf, i, names, compiled, fn, arg);

		if (one < 0)
			return -1;
		found += one;
	}
	return found;
}

int object_sections(const char *name, const struct image *image, bool *compiled,
		    object_section_fn *fn, void *arg)
{
	bool unused;
	Elf *elf;
	int found;

	if (!compiled)
		compiled = &unused;
	*compiled = false;
	elf_version(EV_CURRENT);
	elf = elf_memory((char *)image->data, image->size);
	if (!elf)
		return bad_object(name);
	found = read_sections(name, elf, compiled, fn, arg);
	elf_end(elf);
	return found;
}
