// SPDX-License-Identifier: GPL-2.0-or-later
/* fix_site.c - where in a finding's chain a recipe is to work */
#include "cmd/fix_site.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define CALLS "() calls "

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

/* "f() calls kmalloc(GFP_ATOMIC)": "kmalloc" */
static const char *find_callee(const struct place *place, size_t *length)
{
	const char *calls = strstr(place->what, CALLS);
	const char *name = calls ? calls + strlen(CALLS) : "";

	*length = word_length(name);
	return *length && name[*length] == '(' ? name : NULL;
}

static bool read_callee(struct fix_site *site, const struct place *place)
{
	size_t length;
	const char *name = find_callee(place, &length);

	if (!name || length >= sizeof(site->callee))
		return false;
	site->place = place;
	memcpy(site->callee, name, length);
	site->callee[length] = '\0';
	return true;
}

/*
 * Of a chain through many files, those of the finding and of its operation:
 * code in between, and in headers, is others' as well.
 */
static bool is_near(const struct fix_site *site, const struct place *place)
{
	size_t length = strlen(place->file);

	if (length > 2 && !strcmp(place->file + length - 2, ".h"))
		return false;
	return !strcmp(place->file, site->finding->file) ||
	       !strcmp(place->file, site->operation->file);
}

static bool take_place(struct fix_site *site, const struct place *place)
{
	return read_callee(site, place) && is_near(site, place);
}

/* The place of the operation; it may be followed by what registers. */
static bool find_operation(struct fix_site *site)
{
	const struct finding *finding = site->finding;

	for (size_t i = finding->n_chain; i--;) {
		site->operation = &finding->chain[i];
		if (read_callee(site, site->operation) &&
		    !strcmp(site->callee, finding->operation))
			return true;
	}
	return false;
}

bool fix_site_first(struct fix_site *site, const struct finding *finding)
{
	*site = (struct fix_site){.finding = finding};
	return find_operation(site) &&
	       (is_near(site, site->place) || fix_site_next(site));
}

bool fix_site_next(struct fix_site *site)
{
	const struct place *place = site->place;

	/* The first place of a chain is what opens the context. */
	while (place > site->finding->chain + 1)
		if (take_place(site, --place))
			return true;
	return false;
}

void fix_site_read(struct fix_site *site, const char *text)
{
	size_t length, column = site->place->column;

	for (uint32_t line = 1; text && line < site->place->line; line++) {
		text = strchr(text, '\n');
		text = text ? text + 1 : NULL;
	}
	if (!text || !column || strcspn(text, "\n") < column)
		return;
	text += column - 1;
	length = word_length(text);
	if (!length || length >= sizeof(site->callee) || text[length] != '(')
		return;
	memcpy(site->callee, text, length);
	site->callee[length] = '\0';
}

static void add(fix_values *values, const char *name, const char *value)
{
	vector_push(values, ((struct fix_value){name, value}));
}

static void add_number(fix_values *values, struct arena *arena,
		       const char *name, uint32_t number)
{
	add(values, name, arena_printf(arena, "%u", number));
}

/* A virtual rule cannot have a hyphen in its name. */
static const char *rule_name(struct arena *arena, const char *check)
{
	char *name = arena_strdup(arena, check);

	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	return name;
}

static const char *free_of(const struct rules *rules, const char *function)
{
	const struct rule *rule = rules_function(rules, function);

	return rule && rule->frees && rule->frees[0] ? rule->frees[0] : "";
}

void fix_site_values(fix_values *values, struct arena *arena,
		     const struct finding *finding, const struct fix_site *site,
		     const struct rules *rules)
{
	const struct place *place = site->place;
	const struct place *opening = finding->chain;
	const char *free = free_of(rules, site->callee);
	size_t length;
	const char *opens = find_callee(opening, &length);

	if (place != site->operation || !*free)
		free = free_of(rules, finding->operation);
	add(values, rule_name(arena, finding->check), NULL);
	add(values, "func", place->function);
	add(values, "callee", site->callee);
	add_number(values, arena, "line", place->line);
	add_number(values, arena, "column", place->column);
	add(values, "where",
	    strcmp(place->file, finding->file) ? "elsewhere" : "here");
	add(values, "file", place->file);
	add(values, "operation", finding->operation);
	add(values, "free", free);
	add(values, "holder", finding->function);
	add_number(values, arena, "holder_line", finding->line);
	add(values, "opening", finding->opening);
	add(values, "opens",
	    opens ? arena_printf(arena, "%.*s", (int)length, opens) : "");
	add(values, "opener", opening->function);
	add_number(values, arena, "opening_line", opening->line);
	add(values, "allow", finding->allow);
}
