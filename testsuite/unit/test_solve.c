// SPDX-License-Identifier: GPL-2.0-or-later
/* test_solve.c - small programs, and very deep ones, solved */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <time.h>

#include "build_unit.h"
#include "solve/solve.h"

static struct rules *rules;

static int load_rules(void **state)
{
	static const char text[] =
		"contexts:\n"
		"- {name: raw, kind: lock, allow: SPIN, flags: [preempt_off],\n"
		"   text: a raw lock is held, source: s}\n"
		"rules:\n"
		"- {functions: lock, lock: 0, opens: raw, source: s}\n"
		"- {functions: unlock, lock: 0, closes: raw, source: s}\n"
		"- {functions: trylock, lock: 0, source: s,\n"
		"   opens: {context: raw, result: nonzero}}\n"
		"- {functions: sleep, need: SLEEP, source: s}\n"
		"- {functions: alloc, gfp: 0, source: s}\n"
		"- {functions: panic, noreturn: true, source: s}\n";

	rules = rules_load_text("r.yaml", text, sizeof(text) - 1);
	return !rules;
}

static int free_rules(void **state)
{
	rules_free(rules);
	return 0;
}

/* struct solved - one unit, solved as a program of its own */
struct solved {
	struct build b;
	struct program *program;
	struct solution *solution;
};

static void begin(struct solved *s)
{
	s->program = build_program(rules);
	build_start(&s->b, "a.c", NULL);
}

static void finish(struct solved *s)
{
	build_add(&s->b, s->program);
	build_resolve(s->program);
	s->solution = solve(s->program, rules);
}

static void end(struct solved *s)
{
	solution_free(s->solution);
	program_free(s->program);
}

static const struct summary *summary(const struct solved *s, const char *name)
{
	for (uint32_t f = 0; f < s->program->functions.count; f++)
		if (!strcmp(program_function_name(s->program, f), name))
			return &s->solution->summaries[f];
	fail_msg("no %s()", name);
	return NULL;
}

static uint32_t device(struct build *b)
{
	return build_typed_param(b, 0, BUILD_RECORD_POINTER);
}

/* Call an API on the lock of the first parameter. */
static uint32_t on_lock(struct build *b, const char *api)
{
	return build_call1(b, build_address(b, api),
			   build_member_address(b, device(b), "lock"));
}

static void build_wrapper(struct build *b, const char *name, const char *api)
{
	build_function(b, name, 0, 1);
	on_lock(b, api);
	build_return(b, FACTS_NONE);
}

static void test_violation(void **state)
{
	struct solved s;

	begin(&s);
	build_function(&s.b, "bad", 0, 1);
	on_lock(&s.b, "lock");
	build_call(&s.b, build_address(&s.b, "sleep"));
	on_lock(&s.b, "unlock");
	build_call(&s.b, build_address(&s.b, "sleep"));
	build_return(&s.b, FACTS_NONE);
	finish(&s);
	assert_int_equal(s.solution->violations.count, 1);
	assert_int_equal(s.solution->violations.items[0].need->event, 1);
	assert_int_equal(s.solution->violations.items[0].allow[MODEL_RT],
			 WAIT_SPIN);
	/* The second one is the callers' to judge. */
	assert_int_equal(summary(&s, "bad")->n_needs, 1);
	assert_int_equal(summary(&s, "bad")->needs[0]->event, 3);
	assert_int_equal(summary(&s, "bad")->n_outcomes, 1);
	assert_int_equal(summary(&s, "bad")->outcomes[0].n_opens, 0);
	end(&s);
}

static void test_lock_in_callee(void **state)
{
	struct solved s;

	begin(&s);
	build_wrapper(&s.b, "my_lock", "lock");
	build_wrapper(&s.b, "my_unlock", "unlock");
	build_function(&s.b, "bad", 0, 1);
	build_call1(&s.b, build_address(&s.b, "my_lock"), device(&s.b));
	build_call(&s.b, build_address(&s.b, "sleep"));
	build_call1(&s.b, build_address(&s.b, "my_unlock"), device(&s.b));
	build_call(&s.b, build_address(&s.b, "sleep"));
	build_return(&s.b, FACTS_NONE);
	/* Enters with the lock held and drops it to sleep. */
	build_function(&s.b, "drops", 0, 1);
	on_lock(&s.b, "unlock");
	build_call(&s.b, build_address(&s.b, "sleep"));
	on_lock(&s.b, "lock");
	build_return(&s.b, FACTS_NONE);
	build_function(&s.b, "good", 0, 1);
	on_lock(&s.b, "lock");
	build_call1(&s.b, build_address(&s.b, "drops"), device(&s.b));
	on_lock(&s.b, "unlock");
	build_return(&s.b, FACTS_NONE);
	finish(&s);
	assert_int_equal(summary(&s, "my_lock")->outcomes[0].n_opens, 1);
	assert_int_equal(summary(&s, "my_unlock")->outcomes[0].n_releases, 1);
	assert_int_equal(summary(&s, "drops")->needs[0]->n_releases, 1);
	assert_int_equal(summary(&s, "drops")->outcomes[0].n_releases, 0);
	assert_int_equal(s.solution->violations.count, 1);
	assert_int_equal(s.solution->violations.items[0].need->event, 1);
	assert_non_null(s.solution->violations.items[0].opening->inner);
	end(&s);
}

static void test_trylock(void **state)
{
	struct solved s;

	begin(&s);
	build_function(&s.b, "tries", 0, 1);
	build_if(&s.b, on_lock(&s.b, "trylock"), 1, 2);
	build_block(&s.b);
	build_call(&s.b, build_address(&s.b, "sleep"));
	on_lock(&s.b, "unlock");
	build_return(&s.b, FACTS_NONE);
	build_block(&s.b);
	build_call(&s.b, build_address(&s.b, "sleep"));
	build_return(&s.b, FACTS_NONE);
	finish(&s);
	assert_int_equal(s.solution->violations.count, 1);
	assert_int_equal(s.solution->violations.items[0].need->event, 1);
	end(&s);
}

/* The caller's argument decides what an allocation below the lock may do. */
static void test_pending(void **state)
{
	static const int64_t flags[] = {0xcc0, 0xa20};
	struct solved s;

	begin(&s);
	build_function(&s.b, "under_lock", 0, 2);
	on_lock(&s.b, "lock");
	build_call1(&s.b, build_address(&s.b, "alloc"),
		    build_typed_param(&s.b, 1, BUILD_GFP));
	on_lock(&s.b, "unlock");
	build_return(&s.b, FACTS_NONE);
	for (int i = 0; i < 2; i++) {
		build_function(&s.b, i ? "atomic" : "kernel", 0, 1);
		build_call2(&s.b, build_address(&s.b, "under_lock"), 2,
			    device(&s.b), build_constant(&s.b, flags[i]));
		build_return(&s.b, FACTS_NONE);
	}
	finish(&s);
	assert_true(summary(&s, "under_lock")->n_needs > 0);
	assert_non_null(summary(&s, "under_lock")->needs[0]->pending);
	assert_int_equal(summary(&s, "kernel")->n_needs, 0);
	/* GFP_KERNEL sleeps; that a raw lock forbids both, whoever calls. */
	for (size_t i = 0; i < s.solution->violations.count; i++)
		assert_string_equal(
			program_function_name(
				s.program,
				s.solution->violations.items[i].need->function),
			"under_lock");
	assert_int_equal(s.solution->violations.count, 2);
	end(&s);
}

static void test_no_return(void **state)
{
	struct solved s;

	begin(&s);
	build_function(&s.b, "dies", 0, 1);
	on_lock(&s.b, "lock");
	build_call(&s.b, build_address(&s.b, "panic"));
	build_call(&s.b, build_address(&s.b, "sleep"));
	build_return(&s.b, FACTS_NONE);
	build_function(&s.b, "calls", 0, 1);
	on_lock(&s.b, "lock");
	build_call1(&s.b, build_address(&s.b, "dies"), device(&s.b));
	build_call(&s.b, build_address(&s.b, "sleep"));
	build_return(&s.b, FACTS_NONE);
	finish(&s);
	assert_int_equal(summary(&s, "dies")->n_outcomes, 0);
	assert_int_equal(s.solution->violations.count, 0);
	end(&s);
}

/* even() and odd() call each other; one of them sleeps in the end. */
static void test_mutual_recursion(void **state)
{
	struct solved s;

	begin(&s);
	for (int i = 0; i < 2; i++) {
		build_function(&s.b, i ? "odd" : "even", 0, 1);
		build_if(&s.b, build_typed_param(&s.b, 0, BUILD_INT), 1, 2);
		build_block(&s.b);
		build_call1(&s.b, build_address(&s.b, i ? "even" : "odd"),
			    build_binary(&s.b, FACTS_OP_SUB,
					 build_typed_param(&s.b, 0, BUILD_INT),
					 build_constant(&s.b, 1)));
		build_return(&s.b, FACTS_NONE);
		build_block(&s.b);
		if (i)
			build_call(&s.b, build_address(&s.b, "sleep"));
		build_return(&s.b, FACTS_NONE);
	}
	build_function(&s.b, "bad", 0, 1);
	on_lock(&s.b, "lock");
	build_call1(&s.b, build_address(&s.b, "even"), build_constant(&s.b, 1));
	on_lock(&s.b, "unlock");
	build_return(&s.b, FACTS_NONE);
	finish(&s);
	assert_int_equal(s.solution->stats.largest_component, 2);
	assert_int_equal(summary(&s, "even")->outcomes[0].n_opens, 0);
	assert_true(s.solution->violations.count >= 1);
	end(&s);
}

#define DEEP 100000

/* Each function calls the next one, the last one sleeps. */
static void build_chain(struct build *b, bool circle)
{
	char name[32], next[32];

	for (int i = 0; i < DEEP; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		snprintf(next, sizeof(next), "f%d", (i + 1) % DEEP);
		build_function(b, name, 0, 0);
		build_call(b,
			   build_address(b, i + 1 < DEEP || circle ? next
								   : "sleep"));
		if (circle && i + 1 == DEEP)
			build_call(b, build_address(b, "sleep"));
		build_return(b, FACTS_NONE);
	}
	build_function(b, "bad", 0, 1);
	on_lock(b, "lock");
	build_call(b, build_address(b, "f0"));
	on_lock(b, "unlock");
	build_return(b, FACTS_NONE);
}

static void test_deep_chain(void **state)
{
	clock_t start = clock();
	const struct violation *violation;
	const struct need *need;
	struct solved s;
	int depth = 0;

	begin(&s);
	build_chain(&s.b, false);
	finish(&s);
	assert_int_equal(s.solution->violations.count, 1);
	violation = &s.solution->violations.items[0];
	for (need = violation->need; need->callee; need = need->callee)
		depth++;
	assert_int_equal(depth, DEEP);
	/* So long a chain is no certain one. */
	assert_true(violation->doubt >= 1000);
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
	end(&s);
}

static void test_deep_circle(void **state)
{
	clock_t start = clock();
	struct solved s;

	begin(&s);
	build_chain(&s.b, true);
	finish(&s);
	assert_int_equal(s.solution->stats.largest_component, DEEP);
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_violation),
		cmocka_unit_test(test_lock_in_callee),
		cmocka_unit_test(test_trylock),
		cmocka_unit_test(test_pending),
		cmocka_unit_test(test_no_return),
		cmocka_unit_test(test_mutual_recursion),
		cmocka_unit_test(test_deep_chain),
		cmocka_unit_test(test_deep_circle),
	};

	return cmocka_run_group_tests(tests, load_rules, free_rules);
}
