// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fix_run.c - mend findings one by one
 *
 * What is proved for one finding is what the next one is looked at with.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/fix_attempt.h"
#include "cmd/fix_site.h"
#include "fix/verdict.h"

static void tell(const struct fix_attempt *attempt)
{
	const struct finding *finding = attempt->finding;

	fprintf(stderr, "%s:%u: not fixed: %s [%s]\n", finding->file,
		finding->line, attempt->reason, attempt->recipe->name);
}

/* Take the files of a finding as they are now, and look for it again. */
static enum fix_result look_again(struct fix_attempt *attempt,
				  const char *fingerprint)
{
	struct fix *fix = attempt->fix;
	size_t known = fix->workshop.files.count;
	struct fix_site site;

	for (bool more = fix_site_first(&site, attempt->finding); more;
	     more = fix_site_next(&site))
		workshop_take(&fix->workshop, site.place->file,
			      &attempt->reason);
	if (fix->workshop.files.count == known)
		return FIX_RESULT_MENDED;
	if (workshop_find(&fix->workshop, attempt->before))
		return FIX_RESULT_ERROR;
	attempt->finding = findings_with(attempt->before, fingerprint);
	return FIX_RESULT_MENDED;
}

static bool is_wanted(const struct fix *fix, const struct recipe *recipe,
		      const struct finding *finding)
{
	return recipe_mends(recipe, finding->check) &&
	       (!fix->recipe || !strcmp(fix->recipe, recipe->name));
}

static bool has_recipe(const struct fix *fix, const struct finding *finding)
{
	for (size_t i = 0; i < fix->recipes.list.count; i++)
		if (is_wanted(fix, &fix->recipes.list.items[i], finding))
			return true;
	return false;
}

static enum fix_result mend(struct fix *fix, struct findings *before,
			    const struct finding *asked)
{
	struct findings after = {0};
	struct fix_attempt attempt = {
		.fix = fix,
		.before = before,
		.after = &after,
		.finding = findings_with(before, asked->fingerprint),
	};
	enum fix_result result = FIX_RESULT_REFUSED;
	size_t tried = 0;

	if (attempt.finding && look_again(&attempt, asked->fingerprint))
		return FIX_RESULT_ERROR;
	if (!attempt.finding) {
		fprintf(stderr, "%s:%u: fixed: it is not there any more\n",
			asked->file, asked->line);
		return FIX_RESULT_MENDED;
	}
	for (size_t i = 0;
	     i < fix->recipes.list.count && result == FIX_RESULT_REFUSED; i++) {
		attempt.recipe = &fix->recipes.list.items[i];
		if (!is_wanted(fix, attempt.recipe, attempt.finding))
			continue;
		tried++;
		result = fix_attempt(&attempt);
		if (result == FIX_RESULT_REFUSED)
			tell(&attempt);
	}
	if (!tried)
		fprintf(stderr, "%s:%u: not fixed: no recipe%s%s is for %s\n",
			attempt.finding->file, attempt.finding->line,
			fix->recipe ? " of the name " : "",
			fix->recipe ? fix->recipe : "", attempt.finding->check);
	if (result == FIX_RESULT_MENDED) {
		fprintf(stderr, "%s:%u: fixed: %s [%s]\n",
			attempt.finding->file, attempt.finding->line,
			attempt.finding->message, attempt.recipe->name);
		findings_free(before);
		*before = after;
	} else {
		findings_free(&after);
	}
	vector_free(&attempt.values);
	vector_free(&attempt.files);
	arena_free(&fix->arena);
	return result;
}

static bool is_at(const struct fix *fix, const struct finding *finding)
{
	for (size_t i = 0; i < fix->places.count; i++)
		if (finding->line == fix->places.items[i].line &&
		    !strcmp(finding->file, fix->places.items[i].file))
			return true;
	return false;
}

static bool is_asked_for(const struct fix *fix, const struct finding *finding)
{
	if (word_is_in(&fix->fingerprints, finding->fingerprint) ||
	    is_at(fix, finding))
		return true;
	if (word_is_in(&fix->checks, finding->check))
		return finding->tier <= fix->tier;
	return !fix->fingerprints.count && !fix->places.count &&
	       !fix->checks.count && finding->tier <= fix->tier &&
	       has_recipe(fix, finding);
}

/* What was named has to be there. */
static int find_named(const struct fix *fix, const struct findings *findings)
{
	int status = 0;

	for (size_t i = 0; i < fix->fingerprints.count; i++)
		if (!findings_with(findings, fix->fingerprints.items[i]))
			status = error("there is no finding %s",
				       fix->fingerprints.items[i]);
	for (size_t i = 0; i < fix->places.count; i++) {
		bool found = false;

		for (size_t f = 0; f < findings->list.count; f++)
			found |= findings->list.items[f].line ==
					 fix->places.items[i].line &&
				 !strcmp(findings->list.items[f].file,
					 fix->places.items[i].file);
		if (!found)
			status = error("there is no finding at %s:%lu",
				       fix->places.items[i].file,
				       fix->places.items[i].line);
	}
	return status;
}

/* A finding that outlives the list it is of. */
static struct finding copy(struct arena *arena, const struct finding *finding)
{
	return (struct finding){
		.file = arena_strdup(arena, finding->file),
		.line = finding->line,
		.fingerprint = arena_strdup(arena, finding->fingerprint),
	};
}

static enum exit_status mend_all(struct fix *fix, struct findings *findings)
{
	enum exit_status status = EXIT_DONE;
	VECTOR(struct finding) asked = {0};

	for (size_t i = 0; i < findings->list.count; i++)
		if (is_asked_for(fix, &findings->list.items[i]))
			vector_push(&asked, copy(&fix->workshop.arena,
						 &findings->list.items[i]));
	/* From the last on: where one of its like goes, a finding keeps its
	 * fingerprint if it stands before that. */
	for (size_t i = asked.count; i-- && status != EXIT_ERROR;) {
		enum fix_result result = mend(fix, findings, &asked.items[i]);

		if (result == FIX_RESULT_ERROR)
			status = EXIT_ERROR;
		else if (result == FIX_RESULT_REFUSED)
			status = EXIT_FINDINGS;
	}
	vector_free(&asked);
	return status;
}

enum exit_status fix_run(struct fix *fix)
{
	struct findings findings = {0};
	enum exit_status status = EXIT_ERROR;

	fix->workshop.check = &fix->check;
	fix->workshop.build = fix->build;
	if (!workshop_open(&fix->workshop) &&
	    !workshop_find(&fix->workshop, &findings) &&
	    !find_named(fix, &findings))
		status = mend_all(fix, &findings);
	findings_free(&findings);
	return status;
}
