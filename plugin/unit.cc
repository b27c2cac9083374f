// SPDX-License-Identifier: GPL-2.0-or-later
/* unit.cc - configuration of the unit, and its assembly */
#include "gcc-compat.h"

#include "collect.h"

struct collector collector;

static cpp_hashnode *macro(const char *name)
{
	cpp_hashnode *node =
		cpp_lookup(parse_in, (const unsigned char *)name, strlen(name));

	return node && cpp_macro_p(node) ? node : NULL;
}

bool unit_is_preprocessed(void)
{
	return cpp_get_options(parse_in)->preprocessed;
}

static uint32_t configuration(void)
{
	static const struct {
		const char *name;
		uint32_t flag;
	} names[] = {
		{"CONFIG_PREEMPT_RT", FACTS_CONFIG_PREEMPT_RT},
		{"CONFIG_PREEMPT_COUNT", FACTS_CONFIG_PREEMPT_COUNT},
		{"CONFIG_SMP", FACTS_CONFIG_SMP},
		{"CONFIG_DEBUG_ATOMIC_SLEEP", FACTS_CONFIG_DEBUG_ATOMIC_SLEEP},
		{"CONFIG_PREEMPTION", FACTS_CONFIG_PREEMPTION},
		{"MODULE", FACTS_CONFIG_MODULE},
		{"__KERNEL__", FACTS_CONFIG_KERNEL},
	};
	uint32_t flags = 0;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (macro(names[i].name))
			flags |= names[i].flag;
	if (unit_is_preprocessed())
		flags |= FACTS_CONFIG_PREPROCESSED;
	if (BYTES_BIG_ENDIAN)
		flags |= FACTS_CONFIG_BIG_ENDIAN;
	return flags;
}

static uint32_t intern(const char *string)
{
	return strings_intern(&collector.unit.strings, string);
}

/* KBUILD_MODNAME is a string literal; its definition starts with its name. */
static uint32_t module_name(void)
{
	cpp_hashnode *node = macro("KBUILD_MODNAME");
	const char *open, *close;

	if (!node)
		return 0;
	open = strchr((const char *)cpp_macro_definition(parse_in, node), '"');
	close = open ? strchr(open + 1, '"') : NULL;
	if (!close)
		return 0;
	return strings_intern_bytes(&collector.unit.strings, open + 1,
				    close - open - 1);
}

void unit_start(void)
{
	struct facts_macro no_macro = {};
	struct facts_location no_location = {};
	struct facts_field no_field = {};
	struct facts_type no_type;
	struct facts_path no_path;

	memset(&no_type, 0, sizeof(no_type));
	memset(&no_path, 0, sizeof(no_path));
	intern("");
	collector.macros.size = sizeof(no_macro);
	collector.locations.size = sizeof(no_location);
	collector.types.size = sizeof(no_type);
	collector.fields.size = sizeof(no_field);
	collector.paths.size = sizeof(no_path);
	collector.symbols.size = sizeof(struct facts_symbol);
	collector.initialisers.size = sizeof(struct facts_initialiser);
	pool_intern(&collector.macros, &no_macro);
	pool_intern(&collector.locations, &no_location);
	pool_append(&collector.types, &no_type);
	pool_append(&collector.fields, &no_field);
	pool_append(&collector.paths, &no_path);
	vector_push(&collector.field_bytes, 0);
	vector_push(&collector.path_bytes, 0);
}

#define GIVE(unit, name)                                                       \
	do {                                                                   \
		(unit)->name = (__typeof__((unit)->name))arena_copy(           \
			&(unit)->arena, collector.name.items,                  \
			(size_t)collector.name.count * sizeof(*(unit)->name)); \
		(unit)->n_##name = collector.name.count;                       \
	} while (0)

/* What stands in the place of a directory, see unit_map_directory(). */
static const char *mapped_from, *mapped_to;

void unit_map_directory(const char *from, const char *to)
{
	mapped_from = from;
	mapped_to = to;
}

uint32_t intern_file(const char *name)
{
	size_t length = mapped_from ? strlen(mapped_from) : 0;

	if (!length || strncmp(name, mapped_from, length) ||
	    (name[length] && name[length] != '/'))
		return strings_intern(&collector.unit.strings, name);
	/* In the place of nothing: names are relative to the directory. */
	if (!*mapped_to && name[length])
		length++;
	return strings_intern(&collector.unit.strings,
			      arena_printf(&collector.unit.arena, "%s%s",
					   mapped_to, name + length));
}

struct facts_unit *unit_finish(void)
{
	struct facts_unit *unit = &collector.unit;
	char compiler[64];

	snprintf(compiler, sizeof(compiler), "gcc %s", gcc_version.basever);
	unit->source = intern_file(main_input_filename);
	unit->directory = intern_file(get_src_pwd());
	unit->compiler = intern(compiler);
	unit->machine = intern(LABYRINTH_MACHINE);
	unit->module = module_name();
	unit->config = configuration();
	GIVE(unit, macros);
	GIVE(unit, locations);
	GIVE(unit, types);
	GIVE(unit, fields);
	GIVE(unit, paths);
	GIVE(unit, symbols);
	GIVE(unit, functions);
	GIVE(unit, initialisers);
	return unit;
}
