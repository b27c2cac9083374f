// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_check.c - labyrinth check: link, solve, report; the list of passes */
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/intern.h"
#include "base/output.h"
#include "check/annotations.h"
#include "cmd/check_passes.h"
#include "cmd/commands.h"
#include "cmd/index.h"
#include "cmd/install.h"
#include "finding/baseline.h"
#include "finding/fingerprint.h"
#include "finding/path.h"
#include "finding/select.h"
#include "finding/sort.h"
#include "finding/source.h"
#include "finding/suppress.h"
#include "link/program.h"
#include "report/report.h"
#include "rules/rules.h"
#include "solve/solve.h"

#define TREE_RULES ".labyrinth.yaml"

typedef VECTOR(const char *) name_list;

const char *check_tree_rules(struct paths *paths, const char *path)
{
	const char *root = paths_root(paths, path);
	const char *file;

	if (!root)
		return NULL;
	file = arena_printf(&paths->arena, "%s/%s", root, TREE_RULES);
	return access(file, F_OK) ? NULL : file;
}

/* Each file once. */
static void add_rules(name_list *files, struct strings *seen, const char *file)
{
	char real[PATH_MAX];

	if (!file)
		return;
	if (realpath(file, real)) {
		if (strings_find(seen, real) != UINT32_MAX)
			return;
		strings_intern(seen, real);
	}
	vector_push(files, file);
}

struct rules *check_rules(const struct check_options *options,
			  struct paths *paths)
{
	const char *own = install_rules(&paths->arena);
	struct rules *rules = NULL;
	struct strings seen = {0};
	name_list files = {0};

	if (!own)
		return NULL;
	vector_push(&files, own);
	for (size_t i = 0; i < options->paths.count; i++)
		add_rules(&files, &seen,
			  check_tree_rules(paths, options->paths.items[i]));
	add_rules(&files, &seen, check_tree_rules(paths, "."));
	for (size_t i = 0; i < options->rules.count; i++)
		add_rules(&files, &seen, options->rules.items[i]);
	heap_enter();
	rules = rules_load(files.items, files.count);
	heap_leave();
	vector_free(&files);
	strings_free(&seen);
	return rules;
}

static void print_cost(const char *phase, struct cost cost)
{
	fprintf(stderr, "%s: %.2f s, CPU %.2f s, memory so far %ld MiB\n",
		phase, cost.seconds, cost.cpu, cost.memory);
}

static void print_costs(const struct solution *solution, struct cost checks)
{
	const struct program *program = solution->program;

	print_cost("reading and joining", program->costs.read);
	print_cost("pointers", program->costs.pointers);
	print_cost("solving", solution->stats.cost);
	print_cost("checks", checks);
}

void check_name_directories(const struct program *program, struct paths *paths)
{
	for (size_t i = 0; i < program->units.count; i++) {
		const char *directory = program_string(
			program, program->units.items[i].directory);

		if (*directory)
			paths_add_directory(paths, directory);
	}
}

/* Tell @paths where compilers ran; the main files of the units in @sources. */
static void name_units(const struct program *program, struct paths *paths,
		       name_list *sources)
{
	check_name_directories(program, paths);
	for (size_t i = 0; i < program->units.count; i++) {
		const char *source =
			program_string(program, program->units.items[i].source);

		if (*source)
			vector_push(sources, source);
	}
}

static char *read_source(const char *file, size_t *size, void *data)
{
	struct paths *paths = data;

	return source_read(paths_source(paths, paths_relative(paths, file)),
			   size);
}

/* It reads every source: only for those who ask. */
static void analyse_annotations(const struct check_options *options,
				struct paths *paths,
				const struct solution *solution,
				struct findings *findings)
{
	name_list unused = {0};

	if (!selection_has_check(&options->selection, "annotation-mismatch",
				 TIER_EXTRA))
		return;
	name_units(solution->program, paths, &unused);
	check_annotations(solution, read_source, paths, findings);
	vector_free(&unused);
}

/* From facts to all that the checks have to say. */
static void analyse(const struct check_options *options, struct paths *paths,
		    struct solution *solution, struct findings *findings)
{
	struct cost clock = cost_now(), checks;

	if (options->whole_program)
		solve_reach(solution);
	check_run(solution, findings);
	analyse_annotations(options, paths, solution, findings);
	checks = cost_lap(&clock);
	if (!options->stats)
		return;
	program_print_stats(solution->program, stderr);
	solution_print_stats(solution, stderr);
	print_costs(solution, checks);
}

/* --only may name a file as an editor does: absolute. */
static void name_selection(const struct selection *selection,
			   struct paths *paths)
{
	for (size_t i = 0; i < selection->only.count; i++) {
		const char **file = &selection->only.items[i];

		if (**file == '/')
			*file = paths_relative(paths, *file);
	}
}

/* From all findings to those that are to be seen. */
static int sift(const struct check_options *options,
		struct solution *const *solutions, size_t n,
		struct paths *paths, struct findings *findings)
{
	size_t all = findings->list.count, allowed, unasked;
	name_list sources = {0};
	int status = 0;

	for (size_t i = 0; i < n; i++)
		name_units(solutions[i]->program, paths, &sources);
	name_selection(&options->selection, paths);
	findings_relative(findings, paths);
	if (n > 1)
		all -= findings_drop_twins(findings);
	findings_sort(findings);
	findings_fingerprint(findings);
	allowed = findings_suppress(findings, paths, sources.items,
				    sources.count, &options->selection);
	unasked = findings_select(findings, &options->selection);
	if (options->write_baseline)
		status = baseline_write(findings, options->write_baseline);
	if (!status && options->baseline)
		status = baseline_apply(findings, options->baseline);
	if (!status && options->stats)
		fprintf(stderr,
			"findings %zu: without confidence %zu, allowed by "
			"comments %zu, not asked for %zu, in the baseline %zu, "
			"reported %zu\n",
			all + findings->doubted, findings->doubted, allowed,
			unasked, all - allowed - unasked - findings->list.count,
			findings->list.count);
	if (options->top)
		findings_keep_best(findings, options->top);
	vector_free(&sources);
	return status;
}

/* Read one of the inputs and find what is in it. */
static int find_in(const struct check_options *options, struct paths *paths,
		   const struct check_input *input, const struct rules *rules,
		   struct solution **solution, struct findings *findings)
{
	size_t before = findings->list.count;

	*solution = input->solve(options, rules, input->data);
	if (!*solution)
		return -1;
	analyse(options, paths, *solution, findings);
	for (size_t i = before; i < findings->list.count; i++)
		findings->list.items[i].from_source = input->is_source;
	return 0;
}

/* Everything but the report. */
static int find(const struct check_options *options, struct paths *paths,
		const struct check_input *inputs, size_t n,
		const struct rules *rules, struct findings *findings)
{
	struct solution *solutions[CHECK_MOST_INPUTS] = {NULL};
	int status = 0;

	for (size_t i = 0; !status && i < n; i++)
		status = find_in(options, paths, &inputs[i], rules,
				 &solutions[i], findings);
	if (!status)
		status = sift(options, solutions, n, paths, findings);
	findings_own(findings);
	for (size_t i = 0; i < n; i++)
		index_close(solutions[i]);
	return status;
}

int check_find_in(const struct check_options *options, struct paths *paths,
		  const struct check_input *inputs, size_t n,
		  struct findings *findings)
{
	struct rules *rules = check_rules(options, paths);
	int status = rules ? find(options, paths, inputs, n, rules, findings)
			   : -1;

	rules_free(rules);
	return status;
}

struct solution *check_solve_objects(const struct check_options *options,
				     const struct rules *rules, void *data)
{
	const struct check_paths *given = data;

	return index_solve(given->items, given->count, rules, options->jobs,
			   false);
}

int check_find_all(const struct check_options *options, struct paths *paths,
		   struct findings *findings)
{
	struct check_paths given = {options->paths.items, options->paths.count};
	struct check_input input = {check_solve_objects, &given, false};

	return check_find_in(options, paths, &input, 1, findings);
}

static enum exit_status report(const struct check_options *options,
			       check_find_fn *fn, void *data, FILE *out)
{
	struct findings findings = {0};
	struct paths paths = {0};
	enum exit_status status = EXIT_ERROR;

	if (!paths_init(&paths, options->tree) &&
	    !fn(options, &paths, &findings, data) &&
	    !report_print(options->format, &findings, &paths, out))
		status = options->fail && findings.list.count ? EXIT_FINDINGS
							      : EXIT_DONE;
	findings_free(&findings);
	paths_free(&paths);
	return status;
}

/* The file is opened first: better no report at once than after minutes. */
enum exit_status check_report(const struct check_options *options,
			      check_find_fn *fn, void *data)
{
	struct output output;
	enum exit_status status;

	/* A reader who has seen enough is a write error like any other. */
	signal(SIGPIPE, SIG_IGN);
	if (!options->output)
		return report(options, fn, data, stdout);
	if (!output_open(&output, options->output))
		return EXIT_ERROR;
	status = report(options, fn, data, output.stream);
	if (status == EXIT_ERROR)
		output_abandon(&output);
	else if (output_commit(&output))
		status = EXIT_ERROR;
	return status;
}

static int find_all(const struct check_options *options, struct paths *paths,
		    struct findings *findings, void *data)
{
	return check_find_all(options, paths, findings);
}

int cmd_check(int argc, char **argv)
{
	struct check_options options;
	enum exit_status status;

	check_options_parse(&options, argc, argv);
	status = check_report(&options, find_all, NULL);
	check_options_free(&options);
	return status;
}
