// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fact_cache.c - facts of files as versions of a tree have them
 *
 * KEY-N.o holds facts, KEY-N.deps what they were made from: pairs of a
 * content (a blob of git, or time and size of a file that git does not know)
 * and a name. KEY stands for the command, the source and the plugin; there
 * are a few N, for versions that differ in headers only.
 */
#include "cmd/fact_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/output.h"
#include "base/text.h"
#include "cmd/compiler.h"
#include "cmd/view.h"
#include "finding/path.h"

#define SLOTS	   4
#define KEPT_DAYS  30
#define MOST_TRIES 4

/**
 * struct job - a file whose facts are wanted
 * @compile: how it is compiled
 * @base:    its files in the cache, without "-N.o"
 * @object:  where its facts are
 * @words:   the compiler that makes them, if there is one
 * @where:   it runs there
 * @pid:     it runs
 * @errors:  what it says
 */
struct job {
	const struct compile *compile;
	const char *base;
	const char *object;
	word_list words;
	const char *where;
	pid_t pid;
	int errors;
};

const char *fact_cache_place(const struct git *git, const char *name)
{
	const char *directory = arena_printf(git->arena, "%s/facts", git->own);

	mkdir(directory, 0777);
	return arena_printf(git->arena, "%s/%s", directory, name);
}

const char *fact_cache_stamp(struct arena *arena, const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return "";
	return arena_printf(arena, "%lld.%09ld.%lld",
			    (long long)status.st_mtim.tv_sec,
			    status.st_mtim.tv_nsec, (long long)status.st_size);
}

static const char *content(const struct version *version, const char *path)
{
	const char *id = *path == '/' ? NULL : blobs_get(version->blobs, path);

	return id ? id : fact_cache_stamp(version->git->arena, path);
}

static uint64_t hash_string(uint64_t hash, const char *string)
{
	return hash_bytes(hash, string, strlen(string) + 1);
}

static void set_base(const struct version *version, struct job *job)
{
	struct arena *arena = version->git->arena;
	uint64_t hash = HASH_SEED;

	for (size_t i = 0; i < job->words.count; i++) {
		const char *word = job->words.items[i];

		hash = hash_string(hash, word);
		if (!strncmp(word, "-fplugin=", 9))
			hash = hash_string(hash,
					   fact_cache_stamp(arena, word + 9));
	}
	hash = hash_string(hash, job->compile->directory);
	hash = hash_string(hash,
			   blobs_get(version->blobs, job->compile->source));
	job->base = fact_cache_place(version->git,
				     arena_printf(arena, "%016" PRIx64, hash));
}

static const char *slot(const struct version *version, const struct job *job,
			int number, const char *kind)
{
	return arena_printf(version->git->arena, "%s-%d.%s", job->base, number,
			    kind);
}

/* Are the files that an object was made from still what they were? */
static bool is_fresh(const struct version *version, const char *path)
{
	char *expected = NULL, *name = NULL;
	size_t room = 0, name_room = 0, count = 0;
	FILE *in = fopen(path, "re");
	bool fresh = in != NULL;

	while (fresh && getdelim(&expected, &room, '\0', in) >= 0) {
		fresh = getdelim(&name, &name_room, '\0', in) >= 0 &&
			!strcmp(content(version, name), expected);
		count++;
	}
	if (in)
		fclose(in);
	free(expected);
	free(name);
	return fresh && count;
}

static bool find_cached(const struct version *version, struct job *job)
{
	for (int i = 0; i < SLOTS; i++) {
		const char *object = slot(version, job, i, "o");

		if (!is_fresh(version, slot(version, job, i, "deps")) ||
		    access(object, R_OK))
			continue;
		utimensat(AT_FDCWD, object, NULL, 0);
		job->object = object;
		return true;
	}
	return false;
}

/* The slot that nobody has used for the longest time. */
static int oldest_slot(const struct version *version, const struct job *job)
{
	struct stat status, oldest;
	int found = 0;

	for (int i = 0; i < SLOTS; i++) {
		if (stat(slot(version, job, i, "o"), &status))
			return i;
		if (!i || status.st_mtim.tv_sec < oldest.st_mtim.tv_sec) {
			oldest = status;
			found = i;
		}
	}
	return found;
}

/* A path below one directory as it is called below another, or NULL. */
static const char *move(struct arena *arena, const char *path, const char *from,
			const char *to)
{
	size_t length = strlen(from);

	if (!length || strncmp(path, from, length))
		return NULL;
	if (!path[length])
		return to;
	if (from[length - 1] == '/')
		return arena_printf(arena, "%s/%s", to, path + length);
	return path[length] == '/'
		       ? arena_printf(arena, "%s%s", to, path + length)
		       : NULL;
}

/* A word of the command, with names in the view for those in the tree. */
static const char *translate(const struct view *view,
			     const struct compile *compile, const char *word,
			     bool is_value)
{
	struct arena *arena = view->git->arena;
	const char *option = "", *moved = NULL;

	if (!strncmp(word, "-I", 2) && word[2]) {
		option = "-I";
		word += 2;
	} else if (*word == '-' && !is_value) {
		return word;
	}
	if (*compile->prefix)
		moved = move(arena, word, compile->prefix, view->root);
	if (!moved && *compile->prefix) {
		/* "-I.." beside "../drivers/x.c" */
		const char *bare = arena_printf(arena, "%s/", word);

		if (!strcmp(bare, compile->prefix))
			moved = view->root;
	}
	if (!moved)
		moved = move(arena, word, view->git->tree, view->root);
	return arena_printf(arena, "%s%s", option, moved ? moved : word);
}

/* "../linux/" is called "../linux" where it is a directory. */
static const char *without_slash(struct arena *arena, const char *prefix)
{
	size_t length = strlen(prefix);

	return arena_printf(arena, "%.*s", (int)(length ? length - 1 : 0),
			    prefix);
}

static void map_names(const struct view *view, struct job *job)
{
	struct arena *arena = view->git->arena;
	const char *prefix = job->compile->prefix;
	const char *to = *prefix ? without_slash(arena, prefix)
				 : view->git->tree;

	vector_push(&job->words,
		    arena_printf(arena, "-fplugin-arg-labyrinth-map-from=%s",
				 view->root));
	vector_push(&job->words,
		    arena_printf(arena, "-fplugin-arg-labyrinth-map-to=%s",
				 to));
}

static void add_words(const struct view *view, struct job *job,
		      const word_list *words, int number)
{
	struct arena *arena = view->git->arena;
	bool is_view = strcmp(view->root, view->git->tree) != 0;
	bool is_value = false;

	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];

		vector_push(&job->words, is_view ? translate(view, job->compile,
							     word, is_value)
						 : word);
		is_value = compiler_takes_next(word);
	}
	if (is_view)
		map_names(view, job);
	job->where = job->compile->directory;
	if (is_view && !*job->compile->prefix)
		job->where =
			move(arena, job->where, view->git->tree, view->root);
	vector_push(&job->words, "-w");
	vector_push(&job->words, "-MD");
	vector_push(&job->words, "-MF");
	vector_push(&job->words, arena_printf(arena, "%s-%d.d.%ld", job->base,
					      number, (long)getpid()));
	vector_push(&job->words, "-o");
	vector_push(&job->words, arena_printf(arena, "%s-%d.o.%ld", job->base,
					      number, (long)getpid()));
	vector_push(&job->words, NULL);
}

/* The next name in a dependency file, unquoted; NULL at the end. */
static char *next_name(struct arena *arena, const char **at)
{
	char *name, *to;

	while (**at && strchr(" \t\n\\", **at) &&
	       (**at != '\\' || (*at)[1] == '\n'))
		++*at;
	if (!**at)
		return NULL;
	name = to = arena_alloc(arena, strlen(*at) + 1);
	for (; **at && !strchr(" \t\n", **at); ++*at) {
		if ((**at == '\\' && (*at)[1] && strchr(" \t#", (*at)[1])) ||
		    (**at == '$' && (*at)[1] == '$'))
			++*at;
		else if (**at == '\\' && (*at)[1] == '\n')
			break;
		*to++ = **at;
	}
	return name;
}

/* The files that a compiler opened, as it called them, absolute. */
static int read_dependencies(const struct version *version,
			     const struct job *job, word_list *files)
{
	struct arena *arena = version->git->arena;
	const char *text =
		text_read(arena, job->words.items[job->words.count - 4]);
	const char *at = text ? strstr(text, ": ") : NULL;
	const char *name;

	if (!at)
		return error("%s: no dependencies were written",
			     job->compile->source);
	at += 2;
	while ((name = next_name(arena, &at))) {
		if (*name != '/')
			name = arena_printf(arena, "%s/%s", job->where, name);
		vector_push(files, name);
	}
	return 0;
}

static int write_dependencies(const struct version *version,
			      const struct view *view, const word_list *files,
			      const char *path)
{
	struct arena *arena = version->git->arena;
	struct output output;
	FILE *out = output_open(&output, path);

	if (!out)
		return -1;
	for (size_t i = 0; i < files->count; i++) {
		const char *file = path_normalise(arena, files->items[i]);
		const char *name = move(arena, file, view->root, "");

		if (!name)
			name = move(arena, file, version->git->tree, "");
		/* Below the tree but unknown to git: generated. */
		if (name && blobs_get(version->blobs, name + 1))
			file = name + 1;
		else if (name)
			file = arena_printf(arena, "%s%s", version->git->tree,
					    name);
		fprintf(out, "%s%c%s%c", content(version, file), 0, file, 0);
	}
	return output_commit(&output);
}

/* What the compiler says, for whoever can mend it. */
static void read_errors(struct job *job, bool quiet)
{
	FILE *in = fdopen(job->errors, "r");
	char *line = NULL;
	size_t room = 0;

	while (in && getline(&line, &room, in) >= 0)
		if (!quiet)
			fputs(line, stderr);
	if (in)
		fclose(in);
	free(line);
}

static int start(const struct version *version, struct job *job)
{
	struct process process = {
		.words = job->words.items,
		.directory = job->where,
	};

	job->pid = process_start(&process, STDERR_FILENO, &job->errors);
	return job->pid < 0 ? -1 : 0;
}

/* Was everything read as the version has it? As view_admit(). */
static int admit(struct view *view, const word_list *files)
{
	int status = 0;

	for (size_t i = 0; i < files->count && status >= 0; i++) {
		int one = view_admit(view, files->items[i]);

		if (one)
			status = one;
	}
	return status;
}

static int keep(const struct version *version, const struct view *view,
		struct job *job, const word_list *files)
{
	int number = oldest_slot(version, job);
	const char *object = slot(version, job, number, "o");
	const char *dependencies = slot(version, job, number, "deps");

	unlink(dependencies);
	if (rename(job->words.items[job->words.count - 2], object))
		return error("%s: %s", object, strerror(errno));
	job->object = object;
	return write_dependencies(version, view, files, dependencies);
}

/* Wait for a compiler; 1: once more, for it read what it should not. */
static int finish(const struct version *version, struct view *view,
		  struct job *job)
{
	word_list files = {0};
	int status;

	read_errors(job, version->quiet);
	status = process_wait(job->pid);
	job->pid = 0;
	if (status) {
		unlink(job->words.items[job->words.count - 4]);
		unlink(job->words.items[job->words.count - 2]);
		return status < 0 ? -1 : 0;
	}
	status = read_dependencies(version, job, &files);
	unlink(job->words.items[job->words.count - 4]);
	if (!status)
		status = admit(view, &files);
	if (!status)
		status = keep(version, view, job, &files);
	if (status)
		unlink(job->words.items[job->words.count - 2]);
	vector_free(&files);
	return status;
}

static int finish_surely(const struct version *version, struct view *view,
			 struct job *job)
{
	int status = 1;

	for (int i = 0; status > 0 && i < MOST_TRIES; i++) {
		status = job->pid ? 0 : start(version, job);
		if (!status)
			status = finish(version, view, job);
	}
	if (status > 0)
		return error("%s: does not find its files as the commit has "
			     "them",
			     job->compile->source);
	return status;
}

static int compile_all(const struct version *version, struct job *jobs,
		       size_t count, unsigned int at_once)
{
	struct view view;
	size_t started = 0;
	int status =
		view_open(&view, version->git, version->parent, version->blobs);

	for (size_t i = 0; i < count && !status; i++) {
		word_list command = jobs[i].words;

		memset(&jobs[i].words, 0, sizeof(jobs[i].words));
		add_words(&view, &jobs[i], &command, 0);
		vector_free(&command);
	}
	for (size_t i = 0; i < count && !status; i++) {
		for (; !status && started < count && started < i + at_once;
		     started++)
			status = start(version, &jobs[started]);
		if (!status)
			status = finish_surely(version, &view, &jobs[i]);
	}
	for (size_t i = 0; i < count; i++)
		if (jobs[i].pid > 0) {
			read_errors(&jobs[i], true);
			process_wait(jobs[i].pid);
		}
	view_close(&view);
	return status;
}

int fact_cache_get(const struct version *version, const compile_list *list,
		   unsigned int jobs, const char **objects)
{
	struct job *all =
		arena_array(version->git->arena, struct job, list->count + 1);
	struct job *wanted =
		arena_array(version->git->arena, struct job, list->count + 1);
	size_t *places =
		arena_array(version->git->arena, size_t, list->count + 1);
	size_t count = 0;
	int status = 0;

	for (size_t i = 0; i < list->count && !status; i++) {
		all[i].compile = &list->items[i];
		if (!blobs_get(version->blobs, list->items[i].source))
			continue;
		status = compiler_for_facts(&all[i].words, version->git->arena,
					    list->items[i].words);
		if (status)
			break;
		set_base(version, &all[i]);
		if (find_cached(version, &all[i]))
			continue;
		places[count] = i;
		wanted[count++] = all[i];
		all[i].words = (word_list){0};
	}
	if (!status && count)
		status = compile_all(version, wanted, count, jobs);
	for (size_t i = 0; i < count; i++) {
		all[places[i]].object = wanted[i].object;
		vector_free(&wanted[i].words);
	}
	for (size_t i = 0; i < list->count; i++) {
		objects[i] = all[i].object;
		vector_free(&all[i].words);
	}
	return status;
}

static bool is_old(const char *path)
{
	struct stat status;

	return !stat(path, &status) &&
	       status.st_mtim.tv_sec < time(NULL) - KEPT_DAYS * 24 * 60 * 60L;
}

void fact_cache_prune(const struct git *git)
{
	const char *place = fact_cache_place(git, "");
	DIR *directory = opendir(place);
	struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		const char *path = fact_cache_place(git, entry->d_name);

		if (*entry->d_name != '.' && is_old(path))
			unlink(path);
	}
	if (directory)
		closedir(directory);
}
