/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * output.h - files that are written as a whole or not at all
 *
 *	struct output output;
 *	FILE *out = output_open(&output, path);
 *
 *	if (!out)
 *		return -1;
 *	fprintf(out, ...);
 *	return output_commit(&output);
 *
 * What is written goes to a file beside the one that is meant, and takes its
 * place in output_commit(): a full disk, an error, SIGINT or a reader who
 * comes in between leave the former file as it was, and nothing beside it.
 */
#ifndef LABYRINTH_BASE_OUTPUT_H
#define LABYRINTH_BASE_OUTPUT_H

#include <limits.h>
#include <stdio.h>

/**
 * struct output - a file being written; one thread's
 * @stream:    where to write
 * @place:     the file that is meant, symbolic links followed
 * @temporary: the file that is written; "" if it is @place itself, since that
 *             is a device or a pipe
 * @next:      of those that a signal is to remove
 */
struct output {
	FILE *stream;
	char place[PATH_MAX];
	char temporary[PATH_MAX + 8];
	struct output *next;
};

/**
 * output_open - begin a file
 * @output: filled in; stays where it is until it is committed or abandoned
 * @path:   the file's name; a file that is there keeps its mode
 *
 * Return: where to write, or NULL after error().
 */
FILE *output_open(struct output *output, const char *path);

/**
 * output_commit - put the file in its place
 * @output: as opened; closed
 *
 * Return: 0, or -1 after error() if any write failed; the file that was
 * there is then there still.
 */
int output_commit(struct output *output);

/**
 * output_abandon - leave everything as it was
 * @output: as opened; closed
 */
void output_abandon(struct output *output);

/**
 * output_remove_pending - what a signal handler has to do before it exits
 *
 * Removes what is not in its place yet; safe in a signal handler.
 */
void output_remove_pending(void);

#endif
