// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fix_run.c - mend findings one by one, each proved before it is shown
 *
 * A recipe works on copies. What it makes of them is compiled, judged by
 * checkpatch.pl and analysed with the rest of the program. Only if the finding
 * is gone then, and nothing has come in its place, the change is shown, and is
 * what the next finding is looked at with.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/fix.h"
#include "cmd/fix_site.h"
#include "cmd/git.h"
#include "fix/apply.h"
#include "fix/mail.h"
#include "fix/style.h"
#include "fix/verdict.h"

/**
 * struct attempt - a finding, and a recipe for it
 * @fix:     all of it
 * @before:  what was found so far
 * @after:   what is found with the change
 * @finding: to be mended, of @before
 * @recipe:  to mend it with
 * @values:  what the recipe is filled with
 * @files:   what it has changed
 * @reason:  why not
 */
struct attempt {
	struct fix *fix;
	struct findings *before;
	struct findings *after;
	const struct finding *finding;
	const struct recipe *recipe;
	fix_values values;
	fix_files files;
	const char *reason;
};

/* What became of a finding; -1: an error that ends everything. */
enum result {
	RESULT_ERROR = -1,
	RESULT_MENDED,
	RESULT_REFUSED,
};

static int find_all(struct fix *fix, struct findings *findings)
{
	findings_free(findings);
	return workshop_find(&fix->workshop, findings);
}

static const char *author_of(struct fix *fix, const char *tree)
{
	struct git git = {.arena = &fix->arena, .tree = tree};
	const char *name = git_config(&git, "user.name");
	const char *address = git_config(&git, "user.email");

	return name && address
		       ? arena_printf(&fix->arena, "%s <%s>", name, address)
		       : NULL;
}

/* The mail that checkpatch.pl is to see, and perhaps a maintainer. */
static int print_patch(struct attempt *attempt, const char **diff,
		       const char **mail, bool *signed_off)
{
	struct fix *fix = attempt->fix;
	struct mail parts = {
		.recipe = attempt->recipe,
		.values = &attempt->values,
		.finding = attempt->finding,
		.files = &attempt->files,
	};
	const char *name = attempt->files.items[0].name;
	const char *ignored;
	const struct work_file *file =
		workshop_take(&fix->workshop, name, &ignored);

	if (diff_make(&attempt->files, fix->workshop.place, &fix->arena, diff))
		return -1;
	parts.diff = *diff;
	parts.area = mail_area(&fix->arena, name);
	parts.author = author_of(fix, file->root);
	*signed_off = parts.author;
	*mail = mail_make(&fix->arena, &parts);
	return 0;
}

/* Of the tree that the file is of, or of the one that it is built with. */
static const char *find_style(struct attempt *attempt, const char *mail,
			      bool signed_off)
{
	struct fix *fix = attempt->fix;
	const char *ignored;
	const struct work_file *file = workshop_take(
		&fix->workshop, attempt->files.items[0].name, &ignored);
	const char *build = file->units.items[0].compile.directory;
	const char *complaint =
		style_check(file->root, mail, signed_off, &fix->arena);

	if (!complaint)
		complaint = style_check(arena_printf(&fix->arena, "%s/source",
						     build),
					mail, signed_off, &fix->arena);
	return complaint;
}

static enum result refuse(struct attempt *attempt, const char *reason)
{
	attempt->reason = reason;
	workshop_undo(&attempt->fix->workshop);
	return RESULT_REFUSED;
}

/* What has come of it? */
static enum result judge(struct attempt *attempt)
{
	const struct finding *finding = attempt->finding, *new;
	enum tier tier = finding->tier > TIER_EXTRA ? finding->tier
						    : TIER_EXTRA;
	const char *reason;

	if (find_all(attempt->fix, attempt->after))
		return RESULT_ERROR;
	if (!verdict_is_gone(finding, attempt->before, attempt->after))
		return refuse(attempt, "the finding would still be there");
	new = verdict_new(attempt->before, attempt->after, tier);
	if (!new)
		return RESULT_MENDED;
	reason = recipe_brings(attempt->recipe, new->check);
	if (!reason)
		reason = arena_printf(&attempt->fix->arena,
				      "it would bring a finding: %s:%u: %s "
				      "[-W%s]",
				      new->file, new->line, new->message,
				      new->check);
	return refuse(attempt, reason);
}

static int write_files(struct attempt *attempt)
{
	int status = 0;

	for (size_t i = 0; i < attempt->files.count && !status; i++) {
		const struct fix_file *file = &attempt->files.items[i];
		const char *ignored;
		const struct work_file *work = workshop_take(
			&attempt->fix->workshop, file->name, &ignored);

		status = text_write(work->source, file->after);
	}
	return status;
}

/* From a change to one that is proved. */
static enum result prove(struct attempt *attempt)
{
	struct fix *fix = attempt->fix;
	const char *diff, *mail, *complaint, *reason;
	enum result result;
	bool signed_off;

	if (workshop_try(&fix->workshop, &attempt->files, &reason))
		return refuse(attempt,
			      arena_printf(&fix->arena, "changed, %s", reason));
	if (print_patch(attempt, &diff, &mail, &signed_off))
		return RESULT_ERROR;
	complaint = find_style(attempt, mail, signed_off);
	if (complaint)
		return refuse(attempt,
			      arena_printf(&fix->arena, "checkpatch.pl: %s",
					   complaint));
	result = judge(attempt);
	if (result != RESULT_MENDED)
		return result;
	if (fix->write && write_files(attempt))
		return RESULT_ERROR;
	workshop_keep(&fix->workshop);
	fputs(fix->mail ? mail : diff, stdout);
	fflush(stdout);
	return RESULT_MENDED;
}

/* Run the recipe on a file; an enum fix_outcome, or -1. */
static int change(struct attempt *attempt, struct work_file *file)
{
	struct fix *fix = attempt->fix;
	struct fix_text text = {.text = file->text};
	int outcome = fix_apply(attempt->recipe, &attempt->values,
				fix->workshop.place, &fix->arena, &text);

	if (outcome == FIX_REFUSED)
		attempt->reason = text.reason;
	if (outcome == FIX_CHANGED)
		vector_push(&attempt->files,
			    ((struct fix_file){file->name, file->text,
					       text.changed}));
	return outcome;
}

/* The name of a file beside another. */
static const char *beside(struct arena *arena, const char *name,
			  const char *other)
{
	const char *slash = strrchr(name, '/');

	return arena_printf(arena, "%.*s%s",
			    slash ? (int)(slash - name) + 1 : 0, name, other);
}

/* The next header that a text includes in quotes, without a directory. */
static const char *next_header(struct arena *arena, const char **text)
{
	while ((*text = strstr(*text, "#include \""))) {
		size_t length;

		*text += strlen("#include \"");
		length = strcspn(*text, "\"\n/");
		if ((*text)[length] == '"')
			return arena_printf(arena, "%.*s", (int)length, *text);
	}
	return NULL;
}

/* Run the recipe on the headers of its file's directory. */
static int change_headers(struct attempt *attempt, const struct work_file *file)
{
	struct fix *fix = attempt->fix;
	const char *text = file->text, *header;
	int outcome = FIX_CHANGED;

	vector_push(&attempt->values, ((struct fix_value){"header", NULL}));
	while ((header = next_header(&fix->arena, &text))) {
		const char *source = beside(&fix->arena, file->source, header);
		struct work_file *work;

		if (access(source, F_OK))
			continue;
		work = workshop_take(&fix->workshop,
				     beside(&fix->arena, file->name, header),
				     &attempt->reason);
		if (!work)
			return FIX_REFUSED;
		outcome = change(attempt, work);
		if (outcome < 0 || outcome == FIX_REFUSED)
			return outcome;
	}
	return FIX_CHANGED;
}

/* With one of the recipe's tries, or NULL. */
static int try_once(struct attempt *attempt, const struct fix_site *site,
		    struct work_file *file, const char *rule,
		    enum result *result)
{
	struct fix *fix = attempt->fix;
	int outcome;

	attempt->values.count = 0;
	attempt->files.count = 0;
	fix_site_values(&attempt->values, &fix->arena, attempt->finding, site,
			fix->workshop.solution->rules);
	if (rule)
		vector_push(&attempt->values, ((struct fix_value){rule, NULL}));
	outcome = change(attempt, file);
	if (outcome == FIX_CHANGED && attempt->recipe->headers)
		outcome = change_headers(attempt, file);
	*result = outcome < 0 ? RESULT_ERROR : RESULT_REFUSED;
	if (outcome == FIX_CHANGED)
		*result = prove(attempt);
	return outcome;
}

/* At one call of the chain; FIX_NOTHING: the recipe does not fit there. */
static int try_site(struct attempt *attempt, const struct fix_site *site,
		    enum result *result)
{
	struct fix *fix = attempt->fix;
	const word_list *tries = &attempt->recipe->tries;
	struct work_file *file = workshop_take(
		&fix->workshop, site->place->file, &attempt->reason);
	int outcome;

	if (!file) {
		attempt->reason = arena_printf(&fix->arena, "%s: %s",
					       site->place->file,
					       attempt->reason);
		*result = RESULT_REFUSED;
		return FIX_REFUSED;
	}
	if (!tries->count)
		return try_once(attempt, site, file, NULL, result);
	*result = RESULT_REFUSED;
	outcome = FIX_NOTHING;
	for (size_t i = 0; i < tries->count && *result == RESULT_REFUSED; i++)
		outcome =
			try_once(attempt, site, file, tries->items[i], result);
	return outcome;
}

static enum result try_recipe(struct attempt *attempt)
{
	struct fix_site site;
	enum result result = RESULT_REFUSED;

	attempt->reason = "the code is of no form that the recipe knows";
	for (bool more = fix_site_first(&site, attempt->finding); more;
	     more = attempt->recipe->climbs && fix_site_next(&site))
		if (try_site(attempt, &site, &result) != FIX_NOTHING)
			break;
	return result;
}

static void tell(const struct attempt *attempt)
{
	const struct finding *finding = attempt->finding;

	fprintf(stderr, "%s:%u: not fixed: %s [%s]\n", finding->file,
		finding->line, attempt->reason, attempt->recipe->name);
}

/* Take the files of a finding as they are now, and look for it again. */
static enum result look_again(struct attempt *attempt, const char *fingerprint)
{
	struct fix *fix = attempt->fix;
	size_t known = fix->workshop.files.count;
	struct fix_site site;

	for (bool more = fix_site_first(&site, attempt->finding); more;
	     more = fix_site_next(&site))
		workshop_take(&fix->workshop, site.place->file,
			      &attempt->reason);
	if (fix->workshop.files.count == known)
		return RESULT_MENDED;
	if (find_all(fix, attempt->before))
		return RESULT_ERROR;
	attempt->finding = findings_with(attempt->before, fingerprint);
	return RESULT_MENDED;
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

static enum result mend(struct fix *fix, struct findings *before,
			const struct finding *asked)
{
	struct findings after = {0};
	struct attempt attempt = {
		.fix = fix,
		.before = before,
		.after = &after,
		.finding = findings_with(before, asked->fingerprint),
	};
	enum result result = RESULT_REFUSED;
	size_t tried = 0;

	if (attempt.finding && look_again(&attempt, asked->fingerprint))
		return RESULT_ERROR;
	if (!attempt.finding) {
		fprintf(stderr, "%s:%u: fixed: it is not there any more\n",
			asked->file, asked->line);
		return RESULT_MENDED;
	}
	for (size_t i = 0;
	     i < fix->recipes.list.count && result == RESULT_REFUSED; i++) {
		attempt.recipe = &fix->recipes.list.items[i];
		if (!is_wanted(fix, attempt.recipe, attempt.finding))
			continue;
		tried++;
		result = try_recipe(&attempt);
		if (result == RESULT_REFUSED)
			tell(&attempt);
	}
	if (!tried)
		fprintf(stderr, "%s:%u: not fixed: no recipe%s%s is for %s\n",
			attempt.finding->file, attempt.finding->line,
			fix->recipe ? " of the name " : "",
			fix->recipe ? fix->recipe : "", attempt.finding->check);
	if (result == RESULT_MENDED) {
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
		enum result result = mend(fix, findings, &asked.items[i]);

		if (result == RESULT_ERROR)
			status = EXIT_ERROR;
		else if (result == RESULT_REFUSED)
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
	if (!workshop_open(&fix->workshop) && !find_all(fix, &findings) &&
	    !find_named(fix, &findings))
		status = mend_all(fix, &findings);
	findings_free(&findings);
	return status;
}
