// SPDX-License-Identifier: GPL-2.0-or-later
/* index.c - a solution: of objects, or of an index and what has changed */
#include "cmd/index.h"

#include "base/error.h"
#include "base/heap.h"

/* What was not compiled with the plugin is not seen: say so, once. */
static void warn_of_missing_facts(const struct facts_read_stats *read)
{
	if (!read->units)
		warning("nothing to check: none of %zu objects has facts",
			read->objects);
	else if (read->without)
		warning("%zu of %zu objects were compiled without facts: "
			"nothing is known of their functions",
			read->without, read->objects);
}

static struct solution *solve_paths(const char *const *paths, size_t n_paths,
				    const struct rules *rules,
				    unsigned int jobs)
{
	struct program *program = program_read(paths, n_paths, rules, jobs);

	if (!program)
		return NULL;
	warn_of_missing_facts(&program->read);
	return solve(program, rules);
}

static struct solution *open_index(const char *path, const struct rules *rules,
				   bool to_save)
{
	struct solution *solution = heap_load(path, to_save);

	if (solution && rules_hash(solution->rules) != rules_hash(rules)) {
		error("%s: made with other rules; make the index anew", path);
		return NULL;
	}
	return solution;
}

/* Of the paths one is the index: the others bring it up to date. */
static struct solution *solve_with_index(const char *const *paths,
					 size_t n_paths, size_t index,
					 const struct rules *rules,
					 unsigned int jobs, bool to_save)
{
	VECTOR(const char *) others = {0};
	struct solution *solution;
	int changed = 0;

	for (size_t i = 0; i < n_paths; i++)
		if (i != index)
			vector_push(&others, paths[i]);
	solution = open_index(paths[index], rules, to_save);
	if (solution && others.count) {
		changed = program_update(solution->program, others.items,
					 others.count, jobs);
		if (changed >= 0)
			warn_of_missing_facts(&solution->program->read);
		if (changed > 0)
			solve_again(solution);
	}
	vector_free(&others);
	return changed < 0 ? NULL : solution;
}

struct solution *index_solve(const char *const *paths, size_t n_paths,
			     const struct rules *rules, unsigned int jobs,
			     bool to_save)
{
	for (size_t i = 0; i < n_paths; i++)
		if (heap_is_saved(paths[i]))
			return solve_with_index(paths, n_paths, i, rules, jobs,
						to_save);
	return solve_paths(paths, n_paths, rules, jobs);
}

void index_close(struct solution *solution)
{
	struct program *program = solution ? solution->program : NULL;

	if (heap_keeps(solution)) {
		heap_close();
		return;
	}
	solution_free(solution);
	program_free(program);
}
