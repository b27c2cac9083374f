// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * entry.c - reading the entries of "rules"
 *
 * An entry is read into a struct entry, its lists into the arrays of one
 * struct rule, and each name that the entry is about gets a copy of that.
 */
#include <ctype.h>
#include <string.h>

#include "rules/entry.h"

static const struct word failure_words[] = {
	{"null", ALLOC_NULL},
	{"err_ptr", ALLOC_ERR_PTR},
	{"errno", ALLOC_ERRNO},
	{"never", ALLOC_NEVER},
	{0},
};

static const struct word value_words[] = {
	{"preempt_count", VALUE_PREEMPT_COUNT},
	{"irqs_disabled", VALUE_IRQS_DISABLED},
	{"argument", VALUE_ARGUMENT},
	{"true", VALUE_TRUE},
	{"false", VALUE_FALSE},
	{"last_reference", VALUE_LAST_REFERENCE},
	{0},
};

/* include/linux/gfp_types.h of Linux 6.1 */
static const struct word gfp_words[] = {
	{"GFP_KERNEL", 0xcc0},
	{"GFP_ATOMIC", 0xa20},
	{"GFP_NOWAIT", 0x800},
	{0},
};

#define ENTRY(field) offsetof(struct entry, field)

static const struct key entry_keys[] = {
	{"functions", read_node, ENTRY(names[SUBJECT_FUNCTION])},
	{"macros", read_node, ENTRY(names[SUBJECT_MACRO])},
	{"up-macros", read_node, ENTRY(names[SUBJECT_UP_MACRO])},
	{"fields", read_node, ENTRY(names[SUBJECT_FIELD])},
	{"display", read_string, ENTRY(display)},
	{"need", read_need_word, ENTRY(need), wait_words},
	{"class", read_class, ENTRY(need), class_words},
	{"when", read_tests, ENTRY(need.when)},
	{"unless", read_node, ENTRY(need.unless)},
	{"unless-flags", read_flag_list, ENTRY(need.unless_flags), flag_words},
	{"needs", read_node, ENTRY(needs)},
	{"lock", read_argument, ENTRY(rule.lock)},
	{"opens", read_node, ENTRY(opens)},
	{"closes", read_node, ENTRY(closes)},
	{"drops", read_node, ENTRY(drops)},
	{"spinlock-is", read_string, ENTRY(spinlock_is)},
	{"raw-spinlock-is", read_string, ENTRY(raw_spinlock_is)},
	{"gfp", read_argument, ENTRY(rule.gfp)},
	{"size", read_argument, ENTRY(rule.size)},
	{"count", read_argument, ENTRY(rule.count)},
	{"order", read_argument, ENTRY(rule.order)},
	{"implied-gfp", read_word, ENTRY(implied_gfp), gfp_words},
	{"fails", read_word, ENTRY(failure), failure_words},
	{"never-fails-when", read_tests, ENTRY(never)},
	{"derefs", read_arguments, ENTRY(rule.derefs)},
	{"free", read_node, ENTRY(frees)},
	{"reserve", read_bool, ENTRY(rule.reserve)},
	{"value", read_word, ENTRY(value), value_words},
	{"calls", read_node, ENTRY(calls)},
	{"context", read_node, ENTRY(contexts)},
	{"mode-of", read_string, ENTRY(rule.mode_of)},
	{"mode-in", read_string, ENTRY(rule.mode_in)},
	{"unless-stored", read_string, ENTRY(rule.unless_stored)},
	{"noreturn", read_bool, ENTRY(rule.noreturn)},
	{"safe", read_string, ENTRY(rule.safe)},
	{"source", read_string, ENTRY(rule.source), NULL, true},
	{0},
};

/* Keys that only say what the entry is about, or that go with others. */
static bool says_something(const struct node *node)
{
	static const char *const idle[] = {
		"functions", "macros", "up-macros", "fields",	     "display",
		"lock",	     "source", "mode-of",   "unless-stored",
	};
	const struct node *value;
	size_t i;

	for (value = node->child; value; value = value->next) {
		for (i = 0; i < sizeof(idle) / sizeof(*idle); i++)
			if (!strcmp(value->key, idle[i]))
				break;
		if (i == sizeof(idle) / sizeof(*idle))
			return true;
	}
	return false;
}

static void check_entry(struct reader *reader, const struct node *node,
			const struct entry *entry)
{
	const struct node *fields = entry->names[SUBJECT_FIELD];
	bool calls = entry->names[SUBJECT_FUNCTION] ||
		     entry->names[SUBJECT_MACRO] ||
		     entry->names[SUBJECT_UP_MACRO];
	bool gfp = entry->rule.gfp != RULE_NO_ARGUMENT || entry->implied_gfp;

	if (!fields && !calls)
		fault(reader, node->line,
		      "a rule without 'functions', 'macros' or 'fields'");
	if (fields && calls)
		fault(reader, node->line, "'fields' goes with no other names");
	if (!fields != !entry->contexts)
		fault(reader, node->line, "'fields' and 'context' go together");
	if (entry->rule.mode_of && !fields)
		fault(reader, node->line, "'mode-of' without 'fields'");
	if (entry->rule.mode_in && !fields)
		fault(reader, node->line, "'mode-in' without 'fields'");
	if (entry->rule.unless_stored && !fields)
		fault(reader, node->line, "'unless-stored' without 'fields'");
	if (entry->rule.gfp != RULE_NO_ARGUMENT && entry->implied_gfp)
		fault(reader, node->line, "both 'gfp' and 'implied-gfp'");
	if (entry->need.given && (entry->needs || gfp))
		fault(reader, node->line,
		      "'need' goes with neither 'needs' nor a gfp");
	if (!entry->need.given && entry->need.when.count)
		fault(reader, node->line, "'when' without 'need'");
	if (!entry->need.given &&
	    (entry->need.unless || entry->need.unless_flags))
		fault(reader, node->line, "'unless' without 'need'");
	if (!entry->need.given && entry->need.has_class && !gfp)
		fault(reader, node->line, "'class' without 'need'");
	if (!says_something(node))
		fault(reader, node->line,
		      "the rule says nothing; 'safe' says that a call needs "
		      "nothing, and why");
}

/* "f/4" is of those calls of f that have four arguments. */
static const char *without_count(struct reader *reader, const char *name,
				 enum rule_subject subject)
{
	size_t length = strcspn(name, "/");

	if (subject != SUBJECT_FUNCTION || !name[length] ||
	    !isdigit((unsigned char)name[length + 1]) || name[length + 2])
		return name;
	return arena_printf(reader->arena, "%.*s", (int)length, name);
}

static void keep(struct reader *reader, const struct node *name,
		 const char *plain, const struct entry *entry,
		 enum rule_subject subject, unsigned int set)
{
	struct rules *rules = reader->rules;
	struct loaded_rule *loaded, *old;

	loaded = arena_new(reader->arena, struct loaded_rule);
	loaded->rule = entry->rule;
	loaded->rule.name = name->text;
	loaded->rule.display = entry->display ? entry->display : plain;
	loaded->rule.file = reader->file;
	loaded->subject = subject;
	loaded->set = set;
	loaded->spinlock_is = entry->spinlock_is;
	loaded->raw_spinlock_is = entry->raw_spinlock_is;
	loaded->counted = plain != name->text ? plain : NULL;
	old = table_put(&rules->subjects[subject], name->text, loaded);
	vector_push(&rules->order, loaded);
	if (!old)
		return;
	if (old->rule.file == reader->file)
		fault(reader, name->line,
		      "'%s' is already described at line %u", name->text,
		      old->rule.line);
	else if (old->set == set)
		vector_push(&rules->clashes,
			    ((struct clash){&old->rule, &loaded->rule}));
}

static void keep_names(struct reader *reader, const struct entry *entry,
		       enum rule_subject subject, unsigned int set)
{
	const struct node *list = entry->names[subject];
	const struct node *item;
	bool field = subject == SUBJECT_FIELD;

	if (!list)
		return;
	if (!list_first(list))
		fault(reader, list->line, "'%s' is empty", list->key);
	for (item = list_first(list); item; item = list_next(list, item)) {
		const char *plain =
			item->kind == NODE_STRING
				? without_count(reader, item->text, subject)
				: "";

		if (is_name(plain, field))
			keep(reader, item, plain, entry, subject, set);
		else
			fault(reader, item->line, "not the name of a %s",
			      field ? "field, such as irq_chip.irq_mask"
				    : "function or macro");
	}
}

static void read_rule(struct reader *reader, const struct node *node,
		      unsigned int set)
{
	struct entry entry = {
		.rule = {.lock = RULE_NO_ARGUMENT,
			 .gfp = RULE_NO_ARGUMENT,
			 .size = RULE_NO_ARGUMENT,
			 .count = RULE_NO_ARGUMENT,
			 .order = RULE_NO_ARGUMENT,
			 .line = node->line},
	};
	int subject;

	if (!read_map(reader, node, "a rule", entry_keys, &entry))
		return;
	check_entry(reader, node, &entry);
	entry.rule.implied_gfp = entry.implied_gfp;
	entry.rule.failure = (enum alloc_failure)entry.failure;
	entry.rule.value = (enum rule_value)entry.value;
	fill_needs(reader, &entry);
	fill_effects(reader, &entry);
	fill_callbacks(reader, &entry);
	fill_frees(reader, &entry);
	fill_never(&entry);
	for (subject = 0; subject < SUBJECTS; subject++)
		keep_names(reader, &entry, (enum rule_subject)subject, set);
}

void read_rules(struct reader *reader, const struct node *list,
		unsigned int set)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item))
		read_rule(reader, item, set);
}
