// SPDX-License-Identifier: GPL-2.0-or-later
/* fill.c - the lists of an entry become the arrays of its rule */
#include <string.h>

#include "rules/entry.h"

/* Far more than any function does, and few enough for a count of 8 bits. */
#define MAX_ITEMS 32

#define GFP_DIRECT_RECLAIM 0x400 /* include/linux/gfp_types.h */
#define GFP_NOFAIL	   0x8000

void read_need_word(struct reader *reader, const struct node *node, void *out,
		    const struct word *words)
{
	struct need_form *form = out;

	read_word_per_model(reader, node, form->wait, words);
	form->given = true;
}

void read_class(struct reader *reader, const struct node *node, void *out,
		const struct word *words)
{
	struct need_form *form = out;

	read_word(reader, node, &form->class, words);
	form->has_class = true;
}

static const struct context *lookup_context(struct reader *reader,
					    unsigned int line, const char *name)
{
	const struct loaded_context *loaded =
		table_find(&reader->rules->contexts, name);

	if (loaded)
		return &loaded->context;
	fault(reader, line, "unknown context '%.80s'", name);
	return NULL;
}

static void fill_unless(struct reader *reader, const struct node *list,
			struct rule_need *need)
{
	const struct node *item;

	if (!list || !list_count(reader, list, RULE_MAX_UNLESS))
		return;
	for (item = list_first(list); item; item = list_next(list, item)) {
		const struct context *context = NULL;

		if (item->kind == NODE_STRING)
			context =
				lookup_context(reader, item->line, item->text);
		else
			fault(reader, item->line, "not the name of a context");
		if (context)
			need->unless[need->n_unless++] = context;
	}
}

static void add_need(struct reader *reader, struct rule *rule,
		     const struct need_form *form)
{
	struct rule_need *need = &rule->needs[rule->n_needs++];
	int model;

	for (model = 0; model < MODELS; model++)
		need->wait[model] = (uint8_t)form->wait[model];
	need->class = (enum rule_class)form->class;
	memcpy(need->when, form->when.list, sizeof(need->when));
	need->n_when = form->when.count;
	need->unless_flags = form->unless_flags;
	fill_unless(reader, form->unless, need);
}

static void add_gfp_needs(struct reader *reader, struct entry *entry)
{
	struct need_form config = {.wait = {WAIT_CONFIG, WAIT_CONFIG},
				   .class = CLASS_ALLOC};
	struct need_form sleep = {.wait = {WAIT_SLEEP, WAIT_SLEEP},
				  .class = CLASS_ALLOC};

	if (entry->rule.gfp != RULE_NO_ARGUMENT) {
		sleep.when.list[0] = (struct rule_test){
			TEST_BITS, entry->rule.gfp, GFP_DIRECT_RECLAIM};
		sleep.when.count = 1;
		add_need(reader, &entry->rule, &sleep);
		add_need(reader, &entry->rule, &config);
	} else if (entry->implied_gfp) {
		add_need(reader, &entry->rule,
			 entry->implied_gfp & GFP_DIRECT_RECLAIM ? &sleep
								 : &config);
	}
}

void fill_needs(struct reader *reader, struct entry *entry)
{
	static const struct key keys[] = {
		{"need", read_need_word, 0, wait_words, true},
		{"class", read_class, 0, class_words, false},
		{"when", read_tests, offsetof(struct need_form, when), NULL,
		 false},
		{"unless", read_node, offsetof(struct need_form, unless), NULL,
		 false},
		{"unless-flags", read_flag_list,
		 offsetof(struct need_form, unless_flags), flag_words, false},
		{0},
	};
	const struct node *list = entry->needs;
	const struct node *item;
	unsigned int count = 3; /* "need" and two of a gfp */

	if (list)
		count += list_count(reader, list, MAX_ITEMS);
	entry->rule.needs = arena_array(reader->arena, struct rule_need, count);
	if (entry->need.given)
		add_need(reader, &entry->rule, &entry->need);
	add_gfp_needs(reader, entry);
	entry->rule.allocates = entry->rule.n_needs && !entry->need.given;
	if (!list || count == 3)
		return;
	for (item = list_first(list); item; item = list_next(list, item)) {
		struct need_form form = {0};

		if (read_map(reader, item, "a need", keys, &form))
			add_need(reader, &entry->rule, &form);
	}
}

static const struct context *find_context(struct reader *reader,
					  unsigned int line, const char *name,
					  bool entry)
{
	const struct context *context = lookup_context(reader, line, name);

	if (!context || (context->kind == CONTEXT_ENTRY) == entry)
		return context;
	fault(reader, line,
	      entry ? "context '%s' is not of kind entry"
		    : "context '%s' is of kind entry, no call opens it",
	      name);
	return NULL;
}

struct effect_form {
	const char *context;
	int result;
	bool all;
	bool once;
};

static void read_effect(struct reader *reader, const struct node *node,
			struct rule *rule, struct rule_effect effect)
{
	static const struct word results[] = {
		{"any", RESULT_ANY},
		{"nonzero", RESULT_NONZERO},
		{"zero", RESULT_ZERO},
		{0},
	};
	static const struct key keys[] = {
		{"context", read_string, offsetof(struct effect_form, context),
		 NULL, true},
		{"result", read_word, offsetof(struct effect_form, result),
		 results, false},
		{"all", read_bool, offsetof(struct effect_form, all), NULL,
		 false},
		{"once", read_bool, offsetof(struct effect_form, once), NULL,
		 false},
		{0},
	};
	struct effect_form form = {.context = node->text};

	if (node->kind != NODE_STRING &&
	    !read_map(reader, node, "an effect", keys, &form))
		return;
	effect.context = find_context(reader, node->line, form.context, false);
	if (!effect.context)
		return;
	effect.result = (enum rule_result)form.result;
	effect.all = form.all;
	effect.once = form.once;
	if (form.all && (effect.opens || effect.drops))
		fault(reader, node->line, "'all' is for 'closes' only");
	if (form.once && !effect.opens)
		fault(reader, node->line, "'once' is for 'opens' only");
	rule->effects[rule->n_effects++] = effect;
}

/* Closing comes before opening: write_seqcount_end() and the like. */
void fill_effects(struct reader *reader, struct entry *entry)
{
	const struct {
		const struct node *list;
		struct rule_effect effect;
	} lists[] = {
		{entry->drops, {.drops = true}},
		{entry->closes, {.opens = false}},
		{entry->opens, {.opens = true}},
	};
	struct rule *rule = &entry->rule;
	const struct node *item;
	size_t i;

	rule->effects =
		arena_array(reader->arena, struct rule_effect, 3 * MAX_ITEMS);
	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const struct node *list = lists[i].list;

		if (!list || !list_count(reader, list, MAX_ITEMS))
			continue;
		for (item = list_first(list); item;
		     item = list_next(list, item))
			read_effect(reader, item, rule, lists[i].effect);
	}
}

struct callback_form {
	uint8_t argument;
	const char *field;
	const char *context;
	struct tests when;
};

#define CALLBACK(field) offsetof(struct callback_form, field)

static void add_callback(struct reader *reader, const struct node *node,
			 const struct callback_form *form,
			 struct rule_callback *list, uint8_t *count)
{
	struct rule_callback *callback = &list[*count];

	if (form->field && !is_name(form->field, true)) {
		fault(reader, node->line, "not the name of a field");
		return;
	}
	if (form->context) {
		callback->context =
			find_context(reader, node->line, form->context, true);
		if (!callback->context)
			return;
	}
	callback->argument = form->argument;
	callback->field = form->field;
	memcpy(callback->when, form->when.list, sizeof(callback->when));
	callback->n_when = form->when.count;
	(*count)++;
}

static void fill_calls(struct reader *reader, struct entry *entry)
{
	static const struct key keys[] = {
		{"argument", read_argument, CALLBACK(argument), NULL, true},
		{"field", read_string, CALLBACK(field), NULL, false},
		{"context", read_string, CALLBACK(context), NULL, false},
		{"when", read_tests, CALLBACK(when), NULL, false},
		{0},
	};
	struct rule *rule = &entry->rule;
	const struct node *list = entry->calls;
	const struct node *item;
	unsigned int count = list_count(reader, list, MAX_ITEMS);

	if (!count)
		return;
	rule->callbacks =
		arena_array(reader->arena, struct rule_callback, count);
	for (item = list_first(list); item; item = list_next(list, item)) {
		struct callback_form form = {0};

		if (read_map(reader, item, "a callback", keys, &form))
			add_callback(reader, item, &form, rule->callbacks,
				     &rule->n_callbacks);
	}
}

static void fill_entries(struct reader *reader, struct entry *entry)
{
	static const struct key keys[] = {
		{"context", read_string, CALLBACK(context), NULL, true},
		{"when", read_tests, CALLBACK(when), NULL, false},
		{0},
	};
	struct rule *rule = &entry->rule;
	const struct node *list = entry->contexts;
	const struct node *item;
	unsigned int count = list_count(reader, list, MAX_ITEMS);

	if (!count)
		return;
	rule->entries = arena_array(reader->arena, struct rule_callback, count);
	for (item = list_first(list); item; item = list_next(list, item)) {
		struct callback_form form = {.context = item->text};

		if (item->kind != NODE_STRING &&
		    !read_map(reader, item, "a context", keys, &form))
			continue;
		add_callback(reader, item, &form, rule->entries,
			     &rule->n_entries);
		if (form.when.count && !rule->mode_of && !rule->mode_in)
			fault(reader, item->line,
			      "'when' without 'mode-of' or 'mode-in'");
	}
}

void fill_callbacks(struct reader *reader, struct entry *entry)
{
	if (entry->calls)
		fill_calls(reader, entry);
	if (entry->contexts)
		fill_entries(reader, entry);
}

void fill_frees(struct reader *reader, struct entry *entry)
{
	const struct node *list = entry->frees;
	const struct node *item;
	unsigned int count;
	const char **name;

	if (!list)
		return;
	count = list_count(reader, list, MAX_ITEMS);
	name = arena_array(reader->arena, const char *, count + 1);
	entry->rule.frees = name;
	for (item = count ? list_first(list) : NULL; item;
	     item = list_next(list, item))
		if (item->kind == NODE_STRING && is_name(item->text, false))
			*name++ = item->text;
		else
			fault(reader, item->line, "not the name of a function");
}

void fill_never(struct entry *entry)
{
	struct rule *rule = &entry->rule;

	memcpy(rule->never, entry->never.list, sizeof(rule->never));
	rule->n_never = entry->never.count;
	if (rule->gfp != RULE_NO_ARGUMENT)
		rule->nofail =
			(struct rule_test){TEST_BITS, rule->gfp, GFP_NOFAIL};
}
