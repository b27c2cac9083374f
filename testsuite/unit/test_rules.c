// SPDX-License-Identifier: GPL-2.0-or-later
/* test_rules.c - what the keys of a rule and of a context say */
#include "rules_text.h"

static void test_needs(void **state)
{
	struct rules *rules;
	const struct rule *rule;

	rule = one(&rules, "  need: {nonrt: FREE, rt: CONFIG}\n"
			   "  class: lock\n  when: arg1 == -1\n");
	assert_int_equal(rule->n_needs, 1);
	assert_int_equal(rule->needs[0].wait[MODEL_NONRT], WAIT_FREE);
	assert_int_equal(rule->needs[0].wait[MODEL_RT], WAIT_CONFIG);
	assert_int_equal(rule->needs[0].class, CLASS_LOCK);
	assert_int_equal(rule->needs[0].when[0].op, TEST_EQ);
	assert_int_equal(rule->needs[0].when[0].argument, 1);
	assert_int_equal(rule->needs[0].when[0].value, -1);
	assert_int_equal(rule->lock, RULE_NO_ARGUMENT);
	assert_false(rule->allocates);
	rules_free(rules);

	rule = one(&rules, "  needs:\n  - {need: SLEEP, when: arg0 & 0x10}\n"
			   "  - {need: CONFIG, class: free}\n");
	assert_int_equal(rule->n_needs, 2);
	assert_int_equal(rule->needs[0].wait[MODEL_RT], WAIT_SLEEP);
	assert_int_equal(rule->needs[0].class, CLASS_CALL);
	assert_int_equal(rule->needs[1].class, CLASS_FREE);
	assert_int_equal(rule->needs[1].n_when, 0);
	rules_free(rules);
}

static void test_unless(void **state)
{
	struct rules *rules;
	const struct rule *rule;

	rule = one(&rules, "  need: SLEEP\n  unless: off\n"
			   "  unless-flags: [hardirq, nmi]\n");
	assert_int_equal(rule->needs[0].n_unless, 1);
	assert_ptr_equal(rule->needs[0].unless[0], rules_context(rules, "off"));
	assert_int_equal(rule->needs[0].unless_flags,
			 CONTEXT_HARDIRQ | CONTEXT_NMI);
	rules_free(rules);

	rule = one(&rules, "  needs:\n"
			   "  - {need: SLEEP, unless: [raw, off, handler]}\n"
			   "  - {need: CONFIG, unless-flags: irqs_off}\n");
	assert_int_equal(rule->n_needs, 2);
	assert_int_equal(rule->needs[0].n_unless, RULE_MAX_UNLESS);
	assert_string_equal(rule->needs[0].unless[2]->name, "handler");
	assert_int_equal(rule->needs[0].unless_flags, 0);
	assert_int_equal(rule->needs[1].n_unless, 0);
	assert_int_equal(rule->needs[1].unless_flags, CONTEXT_IRQS_OFF);
	rules_free(rules);
}

static void test_unless_faults(void **state)
{
	static const char *const texts[][2] = {
		{"need: SLEEP, unless: [raw, off, handler, soft]",
		 "r.yaml:12: error: more than 3 items in 'unless'"},
		{"need: SLEEP, unless: nothing",
		 "r.yaml:12: error: unknown context 'nothing'"},
		{"need: SLEEP, unless: [[raw]]",
		 "r.yaml:12: error: not the name of a context"},
		{"need: SLEEP, unless-flags: [raw]",
		 "'unless-flags' must be hardirq, softirq, nmi, irqs_off, "
		 "preempt_off or atomic"},
		{"safe: s, unless: raw", "'unless' without 'need'"},
		{"safe: s, unless-flags: nmi", "'unless' without 'need'"},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_fault(arena_printf(&arena,
					  "%srules:\n- {functions: f, "
					  "source: s, %s}\n",
					  CONTEXTS, texts[i][0]),
			     texts[i][1]);
	arena_free(&arena);
}

static void test_when(void **state)
{
	static const struct {
		const char *text;
		struct rule_test test;
	} tests[] = {
		{"arg1 & 0x400", {TEST_BITS, 1, 0x400}},
		{"'!(arg12 & 0x400)'", {TEST_NO_BITS, 12, 0x400}},
		{"(arg1 & 6) == 6", {TEST_ALL_BITS, 1, 6}},
		{"arg0 == 0", {TEST_EQ, 0, 0}},
		{"arg254 != 7", {TEST_NE, 254, 7}},
	};
	struct arena arena = {0};
	struct rules *rules;
	const struct rule *rule;
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(*tests); i++) {
		rule = one(&rules,
			   arena_printf(&arena, "  need: SLEEP\n  when: %s\n",
					tests[i].text));
		assert_int_equal(rule->needs[0].n_when, 1);
		assert_memory_equal(&rule->needs[0].when[0].value,
				    &tests[i].test.value, sizeof(int64_t));
		assert_int_equal(rule->needs[0].when[0].op, tests[i].test.op);
		assert_int_equal(rule->needs[0].when[0].argument,
				 tests[i].test.argument);
		rules_free(rules);
	}
	rule = one(&rules, "  need: SLEEP\n  when: [arg0 & 1, arg1 == 0]\n");
	assert_int_equal(rule->needs[0].n_when, 2);
	rules_free(rules);
	arena_free(&arena);
}

static void test_bad_when(void **state)
{
	static const char *const tests[] = {
		"arg & 4",
		"arg1",
		"arg1 < 4",
		"arg255 == 0",
		"(arg1 & 6) == 4",
		"'!(arg1 & 6'",
		"arg1 == x",
		"arg1 == 0x",
		"arg1 == 0 0",
		"arg1 == 99999999999999999999",
		"arg1 & 0xfffffffffffffffff",
		"[arg0 == 1, [arg1 == 1]]",
		"{a: b}",
		"arg99999999999999999999 == 0",
	};
	struct arena arena = {0};
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		assert_fault(arena_printf(&arena,
					  "rules:\n- functions: f\n"
					  "  source: s\n  need: SLEEP\n"
					  "  when: %s\n",
					  tests[i]),
			     "r.yaml:5: error: 'when' must be");
	assert_fault("rules:\n- functions: f\n  source: s\n  need: SLEEP\n"
		     "  when: [arg0 == 1, arg1 == 1, arg2 == 1]\n",
		     "more than 2 items in 'when'");
	arena_free(&arena);
}

static void test_effects(void **state)
{
	struct rules *rules;
	const struct rule *rule =
		one(&rules, "  lock: 0\n  drops: [raw]\n"
			    "  closes: [{context: off, all: true}]\n"
			    "  opens:\n  - {context: raw, result: nonzero}\n"
			    "  - {context: off, result: zero}\n");

	assert_int_equal(rule->lock, 0);
	assert_int_equal(rule->n_effects, 4);
	assert_true(rule->effects[0].drops);
	assert_ptr_equal(rule->effects[0].context, rules_context(rules, "raw"));
	assert_false(rule->effects[1].opens);
	assert_true(rule->effects[1].all);
	assert_true(rule->effects[2].opens);
	assert_int_equal(rule->effects[2].result, RESULT_NONZERO);
	assert_int_equal(rule->effects[3].result, RESULT_ZERO);
	rules_free(rules);
}

static void test_allocators(void **state)
{
	struct rules *rules;
	const struct rule *rule =
		one(&rules, "  gfp: 2\n  size: 0\n  count: 1\n  fails: null\n"
			    "  free: [kfree, kvfree]\n"
			    "  needs: [{need: SLEEP, when: arg0 == 0}]\n");

	assert_true(rule->allocates);
	assert_int_equal(rule->gfp, 2);
	assert_int_equal(rule->size, 0);
	assert_int_equal(rule->count, 1);
	assert_int_equal(rule->order, RULE_NO_ARGUMENT);
	assert_int_equal(rule->failure, ALLOC_NULL);
	assert_string_equal(rule->frees[1], "kvfree");
	assert_null(rule->frees[2]);
	assert_int_equal(rule->n_needs, 3);
	assert_int_equal(rule->needs[0].when[0].op, TEST_BITS);
	assert_int_equal(rule->needs[0].when[0].argument, 2);
	assert_int_equal(rule->needs[0].when[0].value, 0x400);
	assert_int_equal(rule->needs[1].wait[MODEL_RT], WAIT_CONFIG);
	assert_int_equal(rule->needs[1].class, CLASS_ALLOC);
	rules_free(rules);

	rule = one(&rules, "  implied-gfp: GFP_KERNEL\n  order: 3\n");
	assert_int_equal(rule->needs[0].wait[MODEL_NONRT], WAIT_SLEEP);
	assert_int_equal(rule->implied_gfp, 0xcc0);
	assert_int_equal(rule->order, 3);
	rules_free(rules);
	rule = one(&rules, "  implied-gfp: GFP_ATOMIC\n  fails: err_ptr\n");
	assert_int_equal(rule->needs[0].wait[MODEL_NONRT], WAIT_CONFIG);
	assert_int_equal(rule->failure, ALLOC_ERR_PTR);
	rules_free(rules);
}

static void test_callbacks(void **state)
{
	struct rules *rules;
	const struct rule *rule =
		one(&rules, "  calls:\n  - {argument: 1, context: handler,"
			    " when: arg2 & 4}\n  - {argument: 3}\n"
			    "  - {argument: 0, field: a.b, context: soft}\n");

	assert_int_equal(rule->n_callbacks, 3);
	assert_ptr_equal(rule->callbacks[0].context,
			 rules_context(rules, "handler"));
	assert_int_equal(rule->callbacks[0].n_when, 1);
	assert_null(rule->callbacks[0].field);
	assert_null(rule->callbacks[1].context);
	assert_int_equal(rule->callbacks[1].argument, 3);
	assert_string_equal(rule->callbacks[2].field, "a.b");
	rules_free(rules);
}

static void test_fields(void **state)
{
	struct rules *rules = good(CONTEXTS
				   "rules:\n- fields: [timer.function]\n"
				   "  mode-of: timer_init\n  source: s\n"
				   "  context:\n"
				   "  - {context: soft, when: arg2 & 4}\n"
				   "  - handler\n");
	const struct rule *rule = rules_field(rules, "timer", "function");

	assert_non_null(rule);
	assert_int_equal(rule->n_entries, 2);
	assert_string_equal(rule->entries[0].context->name, "soft");
	assert_int_equal(rule->entries[0].n_when, 1);
	assert_string_equal(rule->entries[1].context->name, "handler");
	assert_string_equal(rule->mode_of, "timer_init");
	assert_null(rule->mode_in);
	assert_null(rules_field(rules, "timer", "other"));
	assert_null(rules_function(rules, "timer.function"));
	rules_free(rules);
}

static void test_mode_in(void **state)
{
	struct rules *rules = good(CONTEXTS
				   "rules:\n- fields: [work.func]\n"
				   "  mode-in: node.flags\n  source: s\n"
				   "  context:\n"
				   "  - {context: soft, when: arg0 & 8}\n"
				   "  - handler\n");
	const struct rule *rule = rules_field(rules, "work", "func");

	assert_string_equal(rule->mode_in, "node.flags");
	assert_null(rule->mode_of);
	assert_int_equal(rule->entries[0].n_when, 1);
	rules_free(rules);
}

static void test_small_keys(void **state)
{
	struct rules *rules;
	const struct rule *rule =
		one(&rules, "  display: shown\n  noreturn: true\n"
			    "  value: irqs_disabled\n  safe: because\n");

	assert_string_equal(rule->name, "f");
	assert_string_equal(rule->display, "shown");
	assert_true(rule->noreturn);
	assert_int_equal(rule->value, VALUE_IRQS_DISABLED);
	assert_string_equal(rule->safe, "because");
	assert_string_equal(rule->source, "s");
	assert_string_equal(rule->file, "r.yaml");
	assert_int_equal(rule->line, 12);
	rules_free(rules);
}

static void test_contexts(void **state)
{
	struct rules *rules = good(CONTEXTS);
	const struct context *context = rules_context(rules, "off");

	assert_int_equal(context->kind, CONTEXT_IRQ);
	assert_int_equal(context->allow[MODEL_NONRT], WAIT_SPIN);
	assert_int_equal(context->flags[MODEL_NONRT], CONTEXT_IRQS_OFF);
	assert_int_equal(context->flags[MODEL_RT], 0);
	context = rules_context(rules, "raw");
	assert_int_equal(context->allow[MODEL_NONRT], WAIT_CONFIG);
	assert_int_equal(context->allow[MODEL_RT], WAIT_SPIN);
	assert_int_equal(context->flags[MODEL_RT], CONTEXT_PREEMPT_OFF);
	assert_string_equal(context->text, "a raw lock is held");
	assert_null(rules_context(rules, "none"));
	rules_free(rules);
}

static void test_names(void **state)
{
	struct rules *rules = good(
		"lock-types:\n"
		"- {types: [spinlock, spinlock_t], is: spinlock, source: s}\n"
		"- {types: raw_spinlock, is: raw_spinlock, source: s}\n"
		"rules:\n"
		"- {functions: [devm_*, spin], source: long, safe: a}\n"
		"- {functions: [devm_regulator_*], source: longer, safe: a}\n"
		"- {functions: [devm_exact], source: exact, safe: a,\n"
		"   spinlock-is: spin, raw-spinlock-is: devm_x}\n"
		"- {macros: m, up-macros: [u, m], source: macro, safe: a}\n");

	assert_string_equal(rules_function(rules, "devm_")->source, "long");
	assert_string_equal(rules_function(rules, "devm_a")->source, "long");
	assert_string_equal(rules_function(rules, "devm_regulator_x")->source,
			    "longer");
	assert_string_equal(rules_function(rules, "devm_exact")->source,
			    "exact");
	assert_null(rules_function(rules, "dev"));
	assert_null(rules_function(rules, ""));
	assert_null(rules_macro(rules, "devm_a"));
	assert_null(rules_macro(rules, "u"));
	assert_non_null(rules_macro(rules, "m"));
	assert_non_null(rules_up_macro(rules, "u"));
	assert_non_null(rules_up_macro(rules, "m"));
	assert_null(rules_up_macro(rules, "x"));
	assert_ptr_equal(rules_function(rules, "devm_exact")->as_spinlock,
			 rules_function(rules, "spin"));
	assert_string_equal(
		rules_function(rules, "devm_exact")->as_raw_spinlock->source,
		"long");
	assert_int_equal(rules_lock_type(rules, "spinlock_t"), 's');
	assert_int_equal(rules_lock_type(rules, "raw_spinlock"), 'r');
	assert_int_equal(rules_lock_type(rules, "mutex"), 0);
	rules_free(rules);
}

static void test_suffixes(void **state)
{
	struct rules *rules =
		good("suffixes:\n"
		     "- {suffix: _noprof, source: s}\n"
		     "- {suffix: _x, source: s}\n"
		     "rules:\n"
		     "- {functions: [f, _noprof], source: f, safe: a}\n"
		     "- {functions: [f_x, g*], source: own, safe: a}\n");

	assert_string_equal(rules_function(rules, "f_noprof")->display, "f");
	assert_string_equal(rules_function(rules, "f_x")->source, "own");
	assert_string_equal(rules_function(rules, "f_x_noprof")->source, "own");
	assert_string_equal(rules_function(rules, "g_noprof")->name, "g*");
	assert_string_equal(rules_function(rules, "_noprof")->source, "f");
	assert_null(rules_function(rules, "f_noprof_x"));
	assert_null(rules_function(rules, "f_noprof2"));
	assert_null(rules_function(rules, "e_noprof"));
	assert_null(rules_function(rules, "_x"));
	rules_free(rules);
	assert_fault("suffixes:\n- {suffix: _x}\n",
		     "r.yaml:2: error: a suffix without 'source'");
	assert_fault("suffixes:\n- {suffix: _*, source: s}\n",
		     "r.yaml:2: error: '_*' ends no name");
	assert_fault("suffixes:\n- {suffix: '', source: s}\n",
		     "r.yaml:2: error: 'suffix' must be a string");
}

static void test_counted(void **state)
{
	struct rules *rules =
		good("rules:\n"
		     "- {functions: [f/4, f/5], source: s, gfp: 2}\n"
		     "- {functions: [f, g], source: s, gfp: 1}\n");
	const struct rule *f = rules_function(rules, "f");

	assert_int_equal(rules_counted(f, 3)->gfp, 1);
	assert_int_equal(rules_counted(f, 4)->gfp, 2);
	assert_int_equal(rules_counted(f, 5)->gfp, 2);
	assert_int_equal(rules_counted(f, 0)->gfp, 1);
	assert_string_equal(rules_counted(f, 4)->display, "f");
	assert_int_equal(rules_counted(rules_function(rules, "g"), 4)->gfp, 1);
	assert_null(rules_counted(NULL, 4));
	rules_free(rules);
	assert_fault("rules:\n- {functions: [f/4], source: s, safe: a}\n",
		     "r.yaml:2: error: there is no rule of the function 'f'");
	assert_fault("rules:\n- {functions: [f/], source: s, safe: a}\n",
		     "r.yaml:2: error: not the name of a function");
	assert_fault("rules:\n- {functions: [f/12], source: s, safe: a}\n",
		     "r.yaml:2: error: not the name of a function");
	assert_fault("rules:\n- {macros: [f/4], source: s, safe: a}\n",
		     "r.yaml:2: error: not the name of a function");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_unless),
		cmocka_unit_test(test_unless_faults),
		cmocka_unit_test(test_when),
		cmocka_unit_test(test_bad_when),
		cmocka_unit_test(test_effects),
		cmocka_unit_test(test_allocators),
		cmocka_unit_test(test_callbacks),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_mode_in),
		cmocka_unit_test(test_small_keys),
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_suffixes),
		cmocka_unit_test(test_counted),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
