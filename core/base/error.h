/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * error.h - the words for failure
 *
 * error()   the input or the system is at fault: say so, return -1, the
 *           caller passes it on.
 * warning() something was left out of the result: say so, go on.
 * die()     there is no way on (out of memory, a usage error): say so, exit 2.
 * BUG()     Labyrinth itself is at fault: say where, abort.
 *
 * Each prints one line, "labyrinth: error: ..." in GCC's form.
 */
#ifndef LABYRINTH_BASE_ERROR_H
#define LABYRINTH_BASE_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/** enum exit_status - what the process returns, as labyrinth(1) documents it */
enum exit_status {
	EXIT_DONE = 0, /* done; findings are warnings */
	EXIT_FINDINGS = 1, /* findings, and -Werror was given */
	EXIT_ERROR = 2, /* usage, input or internal error */
};

/**
 * error - report a failure the caller passes on
 * @format: as printf()'s, without a newline
 *
 * Return: always -1.
 */
int error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * warning - report something that was left out, and go on
 * @format: as printf()'s, without a newline
 */
void warning(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * die - report a failure that ends the process with EXIT_ERROR
 * @format: as printf()'s, without a newline
 */
void die(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));

/**
 * bug_at - report a broken invariant and abort; use BUG()
 * @file:   where
 * @line:   where
 * @format: as printf()'s, without a newline
 */
void bug_at(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4), noreturn));

#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)

#ifdef __cplusplus
}
#endif
#endif
