// SPDX-License-Identifier: GPL-2.0-or-later
/* lookup.c - from names to rules */
#include <stdio.h>
#include <string.h>

#include "rules/store.h"

/* Longer names than any of C code: they have no rule. */
#define MAX_NAME 512

static const struct rule *find(const struct rules *rules,
			       enum rule_subject subject, const char *name)
{
	const struct loaded_rule *loaded =
		table_find(&rules->subjects[subject], name);

	return loaded ? &loaded->rule : NULL;
}

const struct rule *rules_function(const struct rules *rules, const char *name)
{
	const struct rule *rule = find(rules, SUBJECT_FUNCTION, name);
	char shorter[MAX_NAME];

	for (size_t i = 0; !rule && i < rules->suffixes.count; i++) {
		size_t length = suffix_strip(&rules->suffixes.items[i], name);

		if (!length || length >= sizeof(shorter))
			continue;
		memcpy(shorter, name, length);
		shorter[length] = '\0';
		rule = find(rules, SUBJECT_FUNCTION, shorter);
	}
	return rule;
}

const struct rule *rules_counted(const struct rule *rule, uint32_t count)
{
	const struct rule *other = rule ? rule->counted : NULL;

	while (other && other->arguments != count)
		other = other->counted;
	return other ? other : rule;
}

const struct rule *rules_macro(const struct rules *rules, const char *name)
{
	return find(rules, SUBJECT_MACRO, name);
}

const struct rule *rules_up_macro(const struct rules *rules, const char *name)
{
	const struct rule *rule = find(rules, SUBJECT_UP_MACRO, name);

	return rule ? rule : rules_macro(rules, name);
}

const struct rule *rules_field(const struct rules *rules, const char *record,
			       const char *field)
{
	char name[MAX_NAME];
	int length = snprintf(name, sizeof(name), "%s.%s", record, field);

	if (length < 0 || (size_t)length >= sizeof(name))
		return NULL;
	return find(rules, SUBJECT_FIELD, name);
}

char rules_lock_type(const struct rules *rules, const char *tag)
{
	const struct lock_type *type = table_find(&rules->lock_types, tag);

	return type ? type->is : 0;
}

const struct context *rules_context(const struct rules *rules, const char *name)
{
	const struct loaded_context *loaded =
		table_find(&rules->contexts, name);

	return loaded ? &loaded->context : NULL;
}
