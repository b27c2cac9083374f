/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * object.h - the files that facts are kept in: ELF objects and archives
 */
#ifndef LABYRINTH_FACTS_OBJECT_H
#define LABYRINTH_FACTS_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

/** struct image - a file, or a member of an archive, in memory */
struct image {
	unsigned char *data;
	size_t size;
};

/**
 * image_map - get a file into memory
 * @image: set to its bytes; image_unmap() drops them
 * @path:  the file
 *
 * Return: 0, or -1 after error().
 */
int image_map(struct image *image, const char *path);

/**
 * image_unmap - drop a file
 * @image: made by image_map()
 */
void image_unmap(struct image *image);

/** image_is_object - whether a file starts as ELF does */
bool image_is_object(const struct image *image);

/** image_is_archive - whether a file starts as archives, thin too, do */
bool image_is_archive(const struct image *image);

/**
 * typedef object_section_fn - receives a section of facts
 * @name: of the object
 * @data: the section's bytes
 * @size: how many
 * @arg:  as given
 *
 * Return: 0 to go on, -1 to stop with an error.
 */
typedef int object_section_fn(const char *name, const unsigned char *data,
			      size_t size, void *arg);

/**
 * object_sections - find the sections of facts in an object
 * @name:     of the object
 * @image:    of the object
 * @compiled: set to whether it comes from a compiler, not from an assembler;
 *            or NULL
 * @fn:       called with each section
 * @arg:      passed to @fn
 *
 * Return: number of sections, or -1 after error().
 */
int object_sections(const char *name, const struct image *image, bool *compiled,
		    object_section_fn *fn, void *arg);

/**
 * typedef archive_member_fn - receives a member of an archive
 * @name: "lib.a(x.o)", or of a thin archive the member's path
 * @image: the member; NULL if the archive is thin
 * @arg:  as given
 *
 * Return: 0 to go on, -1 to stop with an error.
 */
typedef int archive_member_fn(const char *name, const struct image *image,
			      void *arg);

/**
 * archive_members - list an archive
 * @path:  of the archive; members of a thin one are relative to it
 * @image: of the archive
 * @fn:    called with each member, symbol tables left out
 * @arg:   passed to @fn
 *
 * Return: 0, or -1 after error().
 */
int archive_members(const char *path, const struct image *image,
		    archive_member_fn *fn, void *arg);

#endif
