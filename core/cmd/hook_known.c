// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hook_known.c - what is found in a commit below, found once
 *
 * A commit is judged again for each attempt at the next one. What was found is
 * kept beside the facts, named for all that it depends on: the facts, the
 * index, the rules, the program, and what is asked for.
 */
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "cmd/check_passes.h"
#include "cmd/fact_cache.h"
#include "cmd/hook.h"
#include "cmd/install.h"
#include "finding/baseline.h"

static uint64_t hash_string(uint64_t hash, const char *string)
{
	return hash_bytes(hash, string, strlen(string) + 1);
}

static uint64_t hash_selection(uint64_t hash, const struct selection *selection)
{
	hash = hash_word(hash, selection->tier);
	hash = hash_word(hash, selection->models);
	for (size_t i = 0; i < selection->checks.count; i++) {
		hash = hash_string(hash, selection->checks.items[i].check);
		hash = hash_word(hash, selection->checks.items[i].shown);
	}
	for (size_t i = 0; i < selection->only.count; i++)
		hash = hash_string(hash, selection->only.items[i]);
	return hash;
}

/* An object of the cache is what it was made from. */
static uint64_t hash_object(uint64_t hash, struct arena *arena,
			    const char *object)
{
	const char *sources = arena_printf(arena, "%.*sdeps",
					   (int)strlen(object) - 1, object);
	struct stat status;
	char *text;

	hash = hash_string(hash, object);
	text = text_read(arena, sources);
	if (!text || stat(sources, &status))
		return hash;
	return hash_bytes(hash, text, (size_t)status.st_size);
}

static int name_findings(const struct hook *hook, struct paths *paths,
			 const char *const *objects, size_t count,
			 const char **name)
{
	struct arena *arena = hook->git.arena;
	struct rules *rules = check_rules(&hook->check, paths);
	const char *binary = install_binary(arena);
	uint64_t hash = HASH_SEED;

	if (!rules || !binary) {
		rules_free(rules);
		return -1;
	}
	hash = hash_word(hash, rules_hash(rules));
	rules_free(rules);
	hash = hash_string(hash, fact_cache_stamp(arena, binary));
	if (hook->index) {
		hash = hash_string(hash, hook->index);
		hash = hash_string(hash, fact_cache_stamp(arena, hook->index));
	}
	hash = hash_selection(hash, &hook->check.selection);
	hash = hash_word(hash, hook->check.whole_program);
	for (size_t i = 0; i < count; i++)
		if (objects[i])
			hash = hash_object(hash, arena, objects[i]);
	*name = fact_cache_place(
		&hook->git, arena_printf(arena, "%016" PRIx64 ".found", hash));
	return 0;
}

void hook_add_program(struct check_options *check, const struct hook *hook,
		      const char *const *objects, size_t count)
{
	if (hook->index)
		vector_push(&check->paths, hook->index);
	for (size_t i = 0; i < count; i++)
		if (objects[i])
			vector_push(&check->paths, objects[i]);
}

static int find(const struct hook *hook, struct check_options *check,
		struct paths *paths)
{
	struct findings findings = {0};
	int status;

	if (check->paths.count)
		status = check_find_all(check, paths, &findings);
	else
		status = baseline_write(&findings, check->write_baseline);
	findings_free(&findings);
	return status;
}

int hook_known(const struct hook *hook, const char *const *objects,
	       size_t count, const char **baseline)
{
	struct check_options check = hook->check;
	struct paths paths = {0};
	int status = paths_init(&paths, hook->git.tree);

	check.baseline = NULL;
	memset(&check.paths, 0, sizeof(check.paths));
	if (!status)
		status = name_findings(hook, &paths, objects, count, baseline);
	/* What is used is kept for longer. */
	if (!status && utimensat(AT_FDCWD, *baseline, NULL, 0)) {
		check.write_baseline = *baseline;
		hook_add_program(&check, hook, objects, count);
		status = find(hook, &check, &paths);
	}
	vector_free(&check.paths);
	paths_free(&paths);
	return status;
}
