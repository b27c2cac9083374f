// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fix_attempt.c - try a recipe on a finding, and prove what comes of it
 *
 * A recipe works on copies. What it makes of them is compiled, judged by
 * checkpatch.pl and analysed with the rest of the program. Only if the finding
 * is gone then, and nothing has come in its place, the change is shown.
 */
#include "cmd/fix_attempt.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/fix_site.h"
#include "cmd/git.h"
#include "fix/apply.h"
#include "fix/mail.h"
#include "fix/style.h"
#include "fix/verdict.h"

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
static int print_patch(struct fix_attempt *attempt, const char **diff,
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
static const char *find_style(struct fix_attempt *attempt, const char *mail,
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

static enum fix_result refuse(struct fix_attempt *attempt, const char *reason)
{
	attempt->reason = reason;
	workshop_undo(&attempt->fix->workshop);
	return FIX_RESULT_REFUSED;
}

/* What has come of it? */
static enum fix_result judge(struct fix_attempt *attempt)
{
	const struct finding *finding = attempt->finding, *new;
	enum tier tier = finding->tier > TIER_EXTRA ? finding->tier
						    : TIER_EXTRA;
	const char *reason;

	if (workshop_find(&attempt->fix->workshop, attempt->after))
		return FIX_RESULT_ERROR;
	if (!verdict_is_gone(finding, attempt->before, attempt->after))
		return refuse(attempt, "the finding would still be there");
	new = verdict_new(attempt->before, attempt->after, tier);
	if (!new)
		return FIX_RESULT_MENDED;
	reason = recipe_brings(attempt->recipe, new->check);
	if (!reason)
		reason = arena_printf(&attempt->fix->arena,
				      "it would bring a finding: %s:%u: %s "
				      "[-W%s]",
				      new->file, new->line, new->message,
				      new->check);
	return refuse(attempt, reason);
}

static int write_files(struct fix_attempt *attempt)
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
static enum fix_result prove(struct fix_attempt *attempt)
{
	struct fix *fix = attempt->fix;
	const char *diff, *mail, *complaint, *reason;
	enum fix_result result;
	bool signed_off;

	if (workshop_try(&fix->workshop, &attempt->files, &reason))
		return refuse(attempt,
			      arena_printf(&fix->arena, "changed, %s", reason));
	if (print_patch(attempt, &diff, &mail, &signed_off))
		return FIX_RESULT_ERROR;
	complaint = find_style(attempt, mail, signed_off);
	if (complaint)
		return refuse(attempt,
			      arena_printf(&fix->arena, "checkpatch.pl: %s",
					   complaint));
	result = judge(attempt);
	if (result != FIX_RESULT_MENDED)
		return result;
	if (fix->write && write_files(attempt))
		return FIX_RESULT_ERROR;
	workshop_keep(&fix->workshop);
	fputs(fix->mail ? mail : diff, stdout);
	if (!fflush(stdout))
		return FIX_RESULT_MENDED;
	error("cannot write: %s", strerror(errno));
	clearerr(stdout); /* which is told herewith */
	return FIX_RESULT_ERROR;
}

/* Run the recipe on a file; an enum fix_outcome, or -1. */
static int change(struct fix_attempt *attempt, struct work_file *file)
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
static int change_headers(struct fix_attempt *attempt,
			  const struct work_file *file)
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
static int try_once(struct fix_attempt *attempt, const struct fix_site *site,
		    struct work_file *file, const char *rule,
		    enum fix_result *result)
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
	*result = outcome < 0 ? FIX_RESULT_ERROR : FIX_RESULT_REFUSED;
	if (outcome == FIX_CHANGED)
		*result = prove(attempt);
	return outcome;
}

/* At one call of the chain; FIX_NOTHING: the recipe does not fit there. */
static int try_site(struct fix_attempt *attempt, struct fix_site *site,
		    enum fix_result *result)
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
		*result = FIX_RESULT_REFUSED;
		return FIX_REFUSED;
	}
	fix_site_read(site, file->text);
	if (!tries->count)
		return try_once(attempt, site, file, NULL, result);
	*result = FIX_RESULT_REFUSED;
	outcome = FIX_NOTHING;
	for (size_t i = 0; i < tries->count && *result == FIX_RESULT_REFUSED;
	     i++)
		outcome =
			try_once(attempt, site, file, tries->items[i], result);
	return outcome;
}

enum fix_result fix_attempt(struct fix_attempt *attempt)
{
	struct fix_site site;
	enum fix_result result = FIX_RESULT_REFUSED;

	attempt->reason = "the code is of no form that the recipe knows";
	for (bool more = fix_site_first(&site, attempt->finding); more;
	     more = attempt->recipe->climbs && fix_site_next(&site))
		if (try_site(attempt, &site, &result) != FIX_NOTHING)
			break;
	return result;
}
