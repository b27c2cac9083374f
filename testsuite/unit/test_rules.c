// SPDX-License-Identifier: GPL-2.0-or-later
/* test_rules.c - what rules files say, and how faults in them are told */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "rules/rules.h"

/* Ten lines, so that what follows starts at line 11. */
#define CONTEXTS                                                             \
	"contexts:\n"                                                        \
	"- {name: raw, kind: lock, allow: {nonrt: CONFIG, rt: SPIN},\n"      \
	"   flags: [preempt_off], text: a raw lock is held, source: s}\n"    \
	"- {name: off, kind: irq, allow: SPIN, text: irqs off, source: s,\n" \
	"   flags: {nonrt: [irqs_off], rt: []}}\n"                           \
	"- {name: handler, kind: entry, allow: CONFIG,\n"                    \
	"   flags: [hardirq, irqs_off],\n"                                   \
	"   text: '%s() is a handler', source: s}\n"                         \
	"- {name: soft, kind: entry, allow: CONFIG, text: '%s() is soft',\n" \
	"   source: s}\n"

/* A text that is loaded with stderr going to a file. */
static struct rules *load(const char *text, size_t size, char *said,
			  size_t room)
{
	FILE *file = tmpfile();
	int old = dup(STDERR_FILENO);
	struct rules *rules;
	size_t length;

	assert_non_null(file);
	fflush(stderr);
	dup2(fileno(file), STDERR_FILENO);
	rules = rules_load_text("r.yaml", text, size);
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(file);
	length = fread(said, 1, room - 1, file);
	said[length] = '\0';
	fclose(file);
	return rules;
}

static void assert_fault(const char *text, const char *expected)
{
	char said[4096];

	assert_null(load(text, strlen(text), said, sizeof(said)));
	if (!strstr(said, expected))
		fail_msg("expected '%s', got '%s' from:\n%s", expected, said,
			 text);
}

static struct rules *good(const char *text)
{
	char said[4096];
	struct rules *rules = load(text, strlen(text), said, sizeof(said));

	if (!rules)
		fail_msg("%s", said);
	assert_string_equal(said, "");
	return rules;
}

static const struct rule *one(struct rules **rules, const char *keys)
{
	struct arena arena = {0};

	*rules = good(arena_printf(&arena, "%s%s%s", CONTEXTS,
				   "rules:\n- functions: [f]\n  source: s\n",
				   keys));
	arena_free(&arena);
	return rules_function(*rules, "f");
}

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
	assert_null(rules_field(rules, "timer", "other"));
	assert_null(rules_function(rules, "timer.function"));
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

#define RULE "rules:\n- functions: [f]\n  source: s\n"

static void test_rule_faults(void **state)
{
	static const char *const tests[][2] = {
		{"functions: []\n", ":1: error: unknown key 'functions'"},
		{"- a\n", ":1: error: a rules file must be a mapping"},
		{"rules: x\n", ":1: error: a rule must be a mapping"},
		{RULE "  nede: SLEEP\n", ":4: error: unknown key 'nede'"},
		{"rules:\n- functions: [f]\n  need: SLEEP\n",
		 ":2: error: a rule without 'source'"},
		{"rules:\n- source: s\n  safe: x\n",
		 ":2: error: a rule without"},
		{RULE, ":2: error: the rule says nothing"},
		{"rules:\n- functions: []\n  source: s\n  safe: a\n",
		 ":2: error: 'functions' is empty"},
		{"rules:\n- functions: [f, f]\n  source: s\n  safe: a\n",
		 ":2: error: 'f' is already described at line 2"},
		{"rules:\n- functions: ['1', a-b, '*x', a*b, {}]\n  source: s\n"
		 "  safe: a\n",
		 ":2: error: not the name of a function"},
		{RULE "  need: sleep\n", ":4: error: 'need' must be FREE"},
		{RULE "  need: {rt: SLEEP}\n",
		 ":4: error: need without 'nonrt'"},
		{RULE "  need: {rt: SLEEP, nonrt: FREE, x: FREE}\n",
		 ":4: error: unknown key 'x' in need"},
		{RULE "  need: [SLEEP]\n", ":4: error: 'need' must be"},
		{RULE "  need: SLEEP\n  class: x\n", ":5: error: 'class' must"},
		{RULE "  when: arg0 == 0\n",
		 ":2: error: 'when' without 'need'"},
		{RULE "  class: call\n", ":2: error: 'class' without 'need'"},
		{RULE "  need: SLEEP\n  gfp: 1\n",
		 ":2: error: 'need' goes with"},
		{RULE "  need: SLEEP\n  needs: [{need: SLEEP}]\n",
		 ":2: error: 'need' goes with"},
		{RULE "  gfp: 1\n  implied-gfp: GFP_ATOMIC\n",
		 ":2: error: both 'gfp'"},
		{RULE "  needs: [{class: call}]\n", "a need without 'need'"},
		{RULE "  implied-gfp: GFP_DMA\n",
		 ":4: error: 'implied-gfp' must"},
		{RULE "  lock: -1\n", ":4: error: 'lock' must be the number"},
		{RULE "  lock: 255\n", ":4: error: 'lock' must be the number"},
		{RULE "  size: 99999999999999999999\n", "'size' must be"},
		{RULE "  order: [0]\n",
		 ":4: error: 'order' must be the number"},
		{RULE "  opens: [none]\n", ":4: error: unknown context 'none'"},
		{RULE "  opens: [{result: zero}]\n",
		 "an effect without 'context'"},
		{RULE "  opens: [[a]]\n", "an effect must be a mapping"},
		{RULE "  fails: x\n", ":4: error: 'fails' must be null"},
		{RULE "  value: x\n", ":4: error: 'value' must be"},
		{RULE "  noreturn: yes\n",
		 ":4: error: 'noreturn' must be true"},
		{RULE "  safe: ''\n", ":4: error: 'safe' must be a string"},
		{RULE "  safe: [a]\n", ":4: error: 'safe' must be a string"},
		{RULE "  free: [a b]\n",
		 ":4: error: not the name of a function"},
		{RULE "  calls: [{context: x}]\n",
		 "a callback without 'argument'"},
		{RULE "  calls: [{argument: 0, field: a, context: x}]\n",
		 "not the name of a field"},
		{RULE "  spinlock-is: g\n  safe: a\n",
		 ":2: error: there is no rule of the function 'g'"},
		{RULE "  mode-of: g\n  safe: a\n",
		 "'mode-of' without 'fields'"},
		{RULE "  unless-stored: r.f\n  safe: a\n",
		 "'unless-stored' without 'fields'"},
		{RULE "  context: x\n", "'fields' and 'context' go together"},
		{"rules:\n- fields: [a]\n  context: x\n  source: s\n",
		 "not the name of a field"},
		{"rules:\n- fields: [a.b]\n  safe: x\n  source: s\n",
		 "'fields' and 'context' go together"},
		{"rules:\n- {fields: a.b, functions: f, context: x, source: s}\n",
		 "'fields' goes with no other names"},
	};
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		assert_fault(tests[i][0], tests[i][1]);
	assert_fault(CONTEXTS RULE "  opens: [handler]\n",
		     ":14: error: context 'handler' is of kind entry");
	assert_fault(CONTEXTS RULE "  opens: [{context: raw, all: true}]\n",
		     "'all' is for 'closes' only");
	assert_fault(CONTEXTS RULE "  calls: [{argument: 0, context: raw}]\n",
		     "context 'raw' is not of kind entry");
	assert_fault(CONTEXTS "rules:\n- fields: [a.b]\n  source: s\n"
			      "  context: [{context: soft, when: arg0 == 1}]\n",
		     "'when' without 'mode-of'");
}

static void test_context_faults(void **state)
{
#define CONTEXT "contexts:\n- {name: a, kind: irq, allow: SPIN, source: s"
	assert_fault(CONTEXT "}\n", ":2: error: a context without 'text'");
	assert_fault(CONTEXT ", text: '5%'}\n", "must not have a '%'");
	assert_fault(CONTEXT ", text: t, flags: [x]}\n", "'flags' must be");
	assert_fault(CONTEXT ", text: t, x: y}\n", "unknown key 'x'");
	assert_fault(CONTEXT ", text: t}\n- {name: a, kind: irq, allow: SPIN,"
			     " text: t, source: s}\n",
		     ":3: error: context 'a' is already described at line 2");
	assert_fault("contexts:\n- {name: a b, kind: irq, allow: SPIN, "
		     "text: t, source: s}\n",
		     "'a b' is not a name");
	assert_fault("contexts:\n- {name: a, kind: entry, allow: SPIN, "
		     "text: '%d', source: s}\n",
		     "must have one %s");
	assert_fault("contexts:\n- {name: a, kind: entry, allow: SPIN, "
		     "text: '%s %n', source: s}\n",
		     "must have one %s");
	assert_fault("lock-types:\n- {types: [a b], is: spinlock, source: s}\n",
		     "not the name of a type");
	assert_fault("lock-types:\n- {types: a, is: mutex, source: s}\n",
		     "'is' must be spinlock or raw_spinlock");
}

static void test_hostile_texts(void **state)
{
	static const char bomb[] = "rules:\n- &a [x, x]\n- [*a, *a]\n";
	static const char nul[] = "rules:\n- \"a\\0b\"\n";
	static const char raw_nul[] = "rules:\n\0\n";
	char said[1024];
	char *deep = malloc(100001);

	assert_fault(bomb, ":2: error: anchors are not supported");
	assert_fault("rules: *a\n", ":1: error: aliases are not supported");
	assert_fault("rules: !!str x\n", ":1: error: tags are not supported");
	assert_fault(nul, ":2: error: a NUL character");
	assert_fault("rules:\n- \xff\xfe\n", ":2: error:");
	assert_fault("rules: [\n", ":2: error:");
	assert_fault("rules: []\nrules: []\n", "key 'rules' is given twice");
	assert_fault("rules: []\n---\nrules: []\n", "more than one document");
	assert_fault("? [a]\n: b\n", "a key must be a string");
	assert_null(load(raw_nul, sizeof(raw_nul) - 1, said, sizeof(said)));
	assert_non_null(strstr(said, "r.yaml:2: error:"));
	memset(deep, '[', 100000);
	deep[100000] = '\0';
	assert_fault(deep, "nested too deeply");
	free(deep);
}

static void test_absent(void **state)
{
	static const char text[] =
		"absent:\n"
		"- {files: [drivers/gpu/a/, mm/b.c], functions: [f],\n"
		"   model: rt, source: s}\n";
	char said[4096];
	struct rules *rules = load(text, strlen(text), said, sizeof(said));
	static const struct {
		const char *file, *function;
		enum model model;
		bool absent;
	} rows[] = {
		{"drivers/gpu/a/x.c", "g", MODEL_RT, true},
		{"/src/linux/drivers/gpu/a/x.c", "g", MODEL_RT, true},
		{"drivers/gpu/a/x.c", "g", MODEL_NONRT, false},
		{"drivers/gpu/ab/x.c", "g", MODEL_RT, false},
		{"xdrivers/gpu/a/x.c", "g", MODEL_RT, false},
		{"mm/b.c", "g", MODEL_RT, true},
		{"mm/b.c/x.h", "g", MODEL_RT, false},
		{"mm/c.c", "f", MODEL_RT, true},
		{"mm/c.c", "ff", MODEL_RT, false},
	};

	assert_non_null(rules);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(rules_is_absent(rules, rows[i].file,
						 rows[i].function,
						 rows[i].model),
				 rows[i].absent);
	rules_free(rules);
	assert_fault("absent:\n- {model: rt, source: s}\n",
		     "r.yaml:2: error: an absence without 'files' or "
		     "'functions'");
	assert_fault("absent:\n- {functions: [a b], model: rt, source: s}\n",
		     "r.yaml:2: error: not the name of a function");
	assert_fault("absent:\n- {files: [a.c], model: x, source: s}\n",
		     "r.yaml:2: error: 'model' must be");
}

static void test_every_fault_is_told(void **state)
{
	char said[1024];
	const char text[] = "rules:\n- functions: f\n  need: x\n  y: z\n"
			    "- {}\n- 7\n";

	assert_null(load(text, sizeof(text) - 1, said, sizeof(said)));
	assert_non_null(strstr(said, "r.yaml:3: error: 'need'"));
	assert_non_null(strstr(said, "r.yaml:4: error: unknown key 'y'"));
	assert_non_null(strstr(said, "r.yaml:2: error: a rule without"));
	assert_non_null(strstr(said, "r.yaml:5: error: a rule without"));
	assert_non_null(strstr(said, "r.yaml:6: error: a rule must be"));
}

static void test_empty(void **state)
{
	struct rules *rules = good("");

	assert_null(rules_function(rules, "f"));
	rules_free(rules);
	rules_free(good("# nothing\n"));
	rules_free(NULL);
}

static const char *in_directory(struct arena *arena, const char *directory,
				const char *name, const char *text)
{
	char *path = arena_printf(arena, "%s/%s", directory, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

static void quiet_stderr(int *old)
{
	fflush(stderr);
	*old = dup(STDERR_FILENO);
	assert_non_null(freopen("/dev/null", "w", stderr));
}

static void loud_stderr(int old)
{
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
}

/* Two files of a directory clash, a file given besides overrides. */
static void test_files(void **state)
{
	char directory[] = "/tmp/rules-XXXXXX";
	struct arena arena = {0};
	const char *paths[3] = {directory};
	struct rules *rules;
	const char *names[3];
	int old, i;

	assert_non_null(mkdtemp(directory));
	names[0] =
		in_directory(&arena, directory, "a.yaml",
			     "rules: [{functions: [f, g], source: a,\n"
			     "         opens: later}]\n"
			     "gfp-names: [{name: A, value: 0x1, source: a}]\n");
	names[1] =
		in_directory(&arena, directory, "b.yaml",
			     "contexts: [{name: later, kind: irq,\n"
			     "  allow: SPIN, text: t, source: b}]\n"
			     "rules: [{functions: f, source: b, safe: x}]\n"
			     "gfp-names: [{name: B, value: 0x1, source: b}]\n");
	names[2] =
		in_directory(&arena, directory, "c.txt",
			     "rules: [{functions: g, source: c, safe: x}]\n"
			     "gfp-names: [{name: C, value: 0x1, source: c}]\n");
	paths[1] = names[2];
	rules = rules_load(paths, 2);
	assert_non_null(rules);
	assert_string_equal(rules_function(rules, "f")->source, "b");
	assert_string_equal(rules_function(rules, "g")->source, "c");
	quiet_stderr(&old);
	assert_string_equal(rules_gfp_text(rules, 1, &arena), "C");
	assert_int_equal(rules_lint(rules), 2);
	rules_free(rules);
	paths[2] = "/nonexistent";
	assert_null(rules_load(paths, 3));
	loud_stderr(old);
	for (i = 0; i < 3; i++)
		unlink(names[i]);
	rmdir(directory);
	arena_free(&arena);
}

static void test_own_rules(void **state)
{
	const char *const path = "rules";
	struct rules *rules = rules_load(&path, 1);
	FILE *null = fopen("/dev/null", "w");

	assert_non_null(rules);
	assert_int_equal(rules_lint(rules), 0);
	rules_list(rules, null);
	assert_string_equal(rules_function(rules, "kmalloc")->file,
			    "rules/slab.yaml");
	assert_string_equal(
		rules_function(rules, "_raw_spin_lock")->as_spinlock->display,
		"spin_lock");
	fclose(null);
	rules_free(rules);
}

static void test_gfp_names(void **state)
{
	static const char names[] =
		"gfp-names:\n"
		"- {name: A, value: 0x1, source: s}\n"
		"- {name: AB, value: 0x3, source: s}\n"
		"- {name: C, value: 0x80000000, since: '6.3', source: s}\n"
		"- {name: BCD, value: 0x8000000a, source: s}\n"
		"- {name: C, value: 0x40, source: s}\n";
	static const struct {
		int64_t gfp;
		const char *text;
	} texts[] = {
		{0, "0x0"},
		{0x1, "A"},
		{0x2, "0x2"},
		{0x3, "AB"},
		{0x40, "C"},
		{0x80000000, "C"},
		{0x80000001, "A|C"},
		{0x8000000b, "BCD|A"},
		{0x80000013, "AB|C|0x10"},
		{0x1000000010, "0x1000000010"},
	};
	struct arena arena = {0};
	struct rules *rules = good(names);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_string_equal(rules_gfp_text(rules, texts[i].gfp, &arena),
				    texts[i].text);
	rules_free(rules);

	rules = good("gfp-names: []\n");
	assert_string_equal(rules_gfp_text(rules, 0xcc0, &arena), "0xcc0");
	rules_free(rules);
	arena_free(&arena);
}

static void test_gfp_faults(void **state)
{
#define GFP_A "gfp-names:\n- {name: A, value: 0x1, source: s}\n"
	assert_fault(GFP_A "- {name: B, value: 0x1, source: s}\n",
		     "r.yaml:3: error: 0x1 has a name already, at line 2");
	assert_fault(GFP_A "- {name: B, value: 2, source: s}\n",
		     "r.yaml:3: error: 'value' must be flags in hexadecimal");
	assert_fault(GFP_A "- {name: B, value: 0x, source: s}\n",
		     "r.yaml:3: error: 'value' must be");
	assert_fault(GFP_A "- {name: B, value: 0x100000000, source: s}\n",
		     "r.yaml:3: error: 'value' must be");
	assert_fault(GFP_A "- {name: B, value: [0x2], source: s}\n",
		     "r.yaml:3: error: 'value' must be");
	assert_fault(GFP_A "- {name: B*, value: 0x2, source: s}\n",
		     "r.yaml:3: error: 'B*' is not a name");
	assert_fault(GFP_A "- {name: B, value: 0x2}\n",
		     "r.yaml:3: error: a gfp name without 'source'");
	assert_fault("gfp-names: all\n",
		     "r.yaml:1: error: a gfp name must be a mapping");
#undef GFP_A
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
		cmocka_unit_test(test_small_keys),
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_suffixes),
		cmocka_unit_test(test_counted),
		cmocka_unit_test(test_rule_faults),
		cmocka_unit_test(test_context_faults),
		cmocka_unit_test(test_gfp_names),
		cmocka_unit_test(test_gfp_faults),
		cmocka_unit_test(test_hostile_texts),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_every_fault_is_told),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_own_rules),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
