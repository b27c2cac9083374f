// SPDX-License-Identifier: GPL-2.0-or-later
/* fuzz_rules.c - no text, however hostile, breaks the reading of rules */
#include <stdint.h>
#include <stdio.h>

#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever loads can also be looked up, checked and listed. */
static void use(const struct rules *rules)
{
	static FILE *null;

	if (!null)
		null = fopen("/dev/null", "w");
	rules_function(rules, "kmalloc");
	rules_macro(rules, "preempt_disable");
	rules_up_macro(rules, "raw_spin_lock");
	rules_field(rules, "irq_chip", "irq_mask");
	rules_lock_type(rules, "spinlock_t");
	rules_context(rules, "hardirq");
	rules_lint(rules);
	rules_list(rules, null);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rules *rules = rules_load_text("fuzz", (const char *)data, size);

	if (rules)
		use(rules);
	rules_free(rules);
	return 0;
}
