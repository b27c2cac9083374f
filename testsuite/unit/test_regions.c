// SPDX-License-Identifier: GPL-2.0-or-later
/* test_regions.c - what is open, and what branches teach of values */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "build_unit.h"
#include "solve/state.h"

static const struct context spin = {.name = "spin",
				    .kind = CONTEXT_LOCK,
				    .allow = {WAIT_CONFIG, WAIT_SLEEP},
				    .flags = {CONTEXT_PREEMPT_OFF, 0}};
static const struct context raw = {.name = "raw",
				   .kind = CONTEXT_LOCK,
				   .allow = {WAIT_SPIN, WAIT_SPIN},
				   .flags = {CONTEXT_PREEMPT_OFF,
					     CONTEXT_PREEMPT_OFF}};
static const struct context irqs = {.name = "irqs",
				    .kind = CONTEXT_IRQ,
				    .allow = {WAIT_SPIN, WAIT_SPIN},
				    .flags = {CONTEXT_IRQS_OFF,
					      CONTEXT_IRQS_OFF}};
static const struct context preempt = {.name = "preempt",
				       .kind = CONTEXT_PREEMPT,
				       .allow = {WAIT_CONFIG, WAIT_SPIN},
				       .flags = {CONTEXT_PREEMPT_OFF,
						 CONTEXT_PREEMPT_OFF}};
static const struct context hardirq = {
	.name = "hardirq",
	.kind = CONTEXT_ENTRY,
	.allow = {WAIT_CONFIG, WAIT_SPIN},
	.flags = {CONTEXT_HARDIRQ | CONTEXT_IRQS_OFF, CONTEXT_HARDIRQ}};
static const struct context softirq = {.name = "softirq",
				       .kind = CONTEXT_ENTRY,
				       .allow = {WAIT_CONFIG, WAIT_CONFIG},
				       .flags = {CONTEXT_SOFTIRQ, 0}};

static const struct opening openings[16];

/* A lock by its context, term and field. */
static struct lock lock(const struct context *context, uint32_t term,
			uint32_t field)
{
	return (struct lock){context, term, field};
}

static void open_at(struct state *state, struct lock lock, int opening)
{
	state_open(state, lock, &openings[opening]);
}

static enum wait_type allowed(const struct state *state, enum model model)
{
	const struct region *region;

	return state_allow(state, model, NULL, 0, &region);
}

static void test_open_and_close(void **unused)
{
	struct state state = {0};

	assert_int_equal(allowed(&state, MODEL_NONRT), WAIT_SLEEP);
	open_at(&state, lock(&spin, 1, 5), 0);
	open_at(&state, lock(&spin, 2, 5), 1);
	assert_int_equal(state.n_regions, 2);
	assert_int_equal(allowed(&state, MODEL_NONRT), WAIT_CONFIG);
	assert_int_equal(allowed(&state, MODEL_RT), WAIT_SLEEP);
	/* The very lock goes first, not the latest of its field. */
	state_close(&state, lock(&spin, 1, 5), false);
	assert_int_equal(state.n_regions, 1);
	assert_int_equal(state.regions[0].lock.term, 2);
	/* Then one of the same field. */
	state_close(&state, lock(&spin, 9, 5), false);
	assert_int_equal(state.n_regions, 0);
	assert_int_equal(state.n_releases, 0);
	/* Of an unknown lock its kind has to do; another kind does not. */
	open_at(&state, lock(&raw, 3, 6), 2);
	state_close(&state, lock(&spin, 0, 0), false);
	assert_int_equal(state.n_regions, 1);
	assert_int_equal(state.n_releases, 1);
	state_close(&state, lock(&raw, 0, 0), false);
	assert_int_equal(state.n_regions, 0);
}

static void test_releases(void **unused)
{
	struct state state = {0};

	/* The caller's lock is dropped twice, which is once, and retaken. */
	state_close(&state, lock(&raw, 1, 5), false);
	state_close(&state, lock(&raw, 1, 5), false);
	assert_int_equal(state.n_releases, 1);
	open_at(&state, lock(&raw, 1, 5), 0);
	assert_int_equal(state.n_releases, 0);
	assert_int_equal(state.n_regions, 0);
	/* Another lock is another lock. */
	state_close(&state, lock(&raw, 1, 5), false);
	open_at(&state, lock(&raw, 2, 6), 0);
	assert_int_equal(state.n_releases, 1);
	assert_int_equal(state.n_regions, 1);
	/* What a callee releases does not count for its need. */
	open_at(&state, lock(&irqs, 0, 0), 1);
	{
		struct lock released[] = {lock(&raw, 2, 6), lock(&irqs, 0, 0)};
		const struct region *region;

		assert_int_equal(state_allow(&state, MODEL_RT, released, 1,
					     &region),
				 WAIT_SPIN);
		assert_ptr_equal(region->lock.context, &irqs);
		assert_int_equal(state_allow(&state, MODEL_RT, released, 2,
					     &region),
				 WAIT_SLEEP);
		assert_null(region);
	}
}

static void test_interrupts(void **unused)
{
	struct state state = {0};

	/* Enabled, whoever disabled them; disabled again: off for sure. */
	open_at(&state, lock(&irqs, 0, 0), 0);
	state_close(&state, lock(&irqs, 0, 0), true);
	assert_int_equal(state.n_regions, 0);
	assert_int_equal(state.n_releases, 1);
	open_at(&state, lock(&irqs, 0, 0), 1);
	assert_int_equal(state.n_regions, 1);
	assert_int_equal(state.n_releases, 1);
	state_close(&state, lock(&irqs, 0, 0), false);
	assert_int_equal(state.n_regions, 0);
}

static void test_counts(void **unused)
{
	struct state state = {0};

	for (int i = 0; i < 3; i++)
		open_at(&state, lock(&preempt, 0, 0), i);
	/* In a loop the same call opens no more. */
	open_at(&state, lock(&preempt, 0, 0), 1);
	assert_int_equal(state.n_regions, 3);
	state_close(&state, lock(&preempt, 0, 0), false);
	assert_int_equal(state.n_regions, 2);
	state_close(&state, lock(&preempt, 0, 0), true);
	assert_int_equal(state.n_regions, 0);
	/* More than there is room for: no overflow. */
	for (int i = 0; i < 16; i++)
		open_at(&state, lock(&preempt, 0, 0), i);
	assert_int_equal(state.n_regions, MAX_REGIONS);
	state = (struct state){0};
	for (uint32_t i = 1; i < 16; i++)
		state_close(&state, lock(&raw, i, i), false);
	assert_int_equal(state.n_releases, MAX_RELEASES);
}

static void test_same_regions(void **unused)
{
	struct state a = {0}, b = {0};

	assert_true(state_same_regions(&a, &b));
	open_at(&a, lock(&raw, 1, 0), 0);
	assert_false(state_same_regions(&a, &b));
	open_at(&b, lock(&raw, 2, 0), 0);
	assert_false(state_same_regions(&a, &b));
	state_close(&b, lock(&raw, 2, 0), false);
	open_at(&b, lock(&raw, 1, 0), 3);
	assert_true(state_same_regions(&a, &b));
	state_close(&a, lock(&spin, 7, 0), false);
	assert_false(state_same_regions(&a, &b));
}

/* struct scene - a state, and terms to learn of */
struct scene {
	struct program *program;
	struct body body;
	struct state state;
	uint32_t p, q, flag; /* parameters: int, int, pointer */
};

static int begin(void **state)
{
	static struct scene scene;
	struct terms *terms = &scene.body.terms;
	struct build b;

	scene = (struct scene){.program = build_program(NULL)};
	build_start(&b, "a.c", NULL);
	build_add(&b, scene.program);
	scene.body.program = terms->program = scene.program;
	terms_constant(terms, 0);
	scene.p = terms_intern(terms, (struct term){.kind = TERM_PARAM,
						    .type = BUILD_INT});
	scene.q = terms_intern(terms, (struct term){.kind = TERM_PARAM,
						    .a = 1,
						    .type = BUILD_INT});
	scene.flag = terms_intern(terms, (struct term){.kind = TERM_PARAM,
						       .a = 2,
						       .type = BUILD_POINTER});
	*state = &scene;
	return 0;
}

static int end(void **state)
{
	struct scene *scene = *state;

	terms_free(&scene->body.terms);
	program_free(scene->program);
	return 0;
}

static uint32_t typed(struct scene *scene, enum facts_op op, uint32_t a,
		      uint32_t b, uint32_t type)
{
	return terms_intern(&scene->body.terms,
			    (struct term){.kind = TERM_BINARY,
					  .op = (uint8_t)op,
					  .a = a,
					  .b = b,
					  .type = type});
}

static uint32_t op(struct scene *scene, enum facts_op op, uint32_t a,
		   uint32_t b)
{
	return typed(scene, op, a, b, BUILD_INT);
}

static uint32_t number(struct scene *scene, int64_t value)
{
	return terms_constant(&scene->body.terms, value);
}

static bool assume(struct scene *scene, uint32_t term, bool truth)
{
	return state_assume(&scene->state, &scene->body, term, truth);
}

static struct known known(struct scene *scene, uint32_t term)
{
	return state_known(&scene->state, &scene->body, term);
}

static void assert_range(struct scene *scene, uint32_t term, int64_t low,
			 int64_t high)
{
	struct known k = known(scene, term);

	assert_true(k.low == low && k.high == high);
}

static void test_comparisons(void **state)
{
	struct scene *s = *state;

	assert_true(assume(s, op(s, FACTS_OP_GE, s->p, number(s, 3)), true));
	assert_true(assume(s, op(s, FACTS_OP_GT, s->p, number(s, 7)), false));
	assert_range(s, s->p, 3, 7);
	assert_false(assume(s, op(s, FACTS_OP_LT, s->p, number(s, 3)), true));
	assert_false(assume(s, op(s, FACTS_OP_EQ, s->p, number(s, 8)), true));
	assert_true(assume(s, op(s, FACTS_OP_NE, s->p, number(s, 8)), true));
	assert_true(assume(s, op(s, FACTS_OP_EQ, number(s, 5), s->p), true));
	assert_range(s, s->p, 5, 5);
	assert_true(assume(s, op(s, FACTS_OP_NE, s->q, number(s, 0)), true));
	assert_int_equal(known_truth(&(struct known){0}), TRUTH_NO);
	assert_true(known(s, s->q).nonzero);
	assert_false(assume(s, s->q, false));
	/* One condition twice takes the same way. */
	s->state.n_facts = 0;
	assert_true(assume(s, op(s, FACTS_OP_LT, s->p, s->q), true));
	assert_false(assume(s, op(s, FACTS_OP_LT, s->p, s->q), false));
}

static void test_error_pointers(void **state)
{
	struct scene *s = *state;
	uint32_t is_err =
		typed(s, FACTS_OP_GT, s->flag, number(s, -4096), BUILD_POINTER);

	assert_true(assume(s, is_err, true));
	assert_range(s, s->flag, -4095, -1);
	s->state.n_facts = 0;
	/* Not an error: still perhaps NULL. */
	assert_true(assume(s, is_err, false));
	assert_false(known(s, s->flag).nonzero);
	assert_false(assume(s, is_err, true));
	assert_true(known(s, s->flag).no_error);
	assert_true(assume(s, s->flag, false));
	s->state.n_facts = 0;
	assert_true(assume(s, s->flag, false));
	assert_false(assume(s, is_err, true));
}

static void test_masks_and_booleans(void **state)
{
	struct scene *s = *state;
	uint32_t masked = op(s, FACTS_OP_AND, s->p, number(s, 0x400));
	uint32_t two = op(s, FACTS_OP_AND, s->q, number(s, 0x6));
	uint32_t below = op(s, FACTS_OP_LT, s->p, number(s, 0x1000));
	uint32_t not =
		terms_intern(&s->body.terms, (struct term){.kind = TERM_UNARY,
							   .op = FACTS_OP_NOT,
							   .a = below,
							   .type = BUILD_INT});

	assert_true(assume(s, masked, true));
	assert_int_equal(known(s, s->p).ones, 0x400);
	assert_false(assume(s, masked, false));
	/* One bit of two is set, nobody knows which. */
	assert_true(assume(s, two, true));
	assert_int_equal(known(s, s->q).ones, 0);
	assert_true(assume(s, op(s, FACTS_OP_EQ, two, number(s, 4)), true));
	assert_int_equal(known(s, s->q).ones & 6, 4);
	assert_int_equal(known(s, s->q).zeros & 6, 2);
	assert_true(assume(s, not, false));
	assert_int_equal(known(s, s->p).high, 0xfff);
	/* (p < 4096) == 0 is its opposite. */
	assert_false(assume(s, op(s, FACTS_OP_EQ, below, number(s, 0)), true));
	s->state.n_facts = 0;
	assert_true(assume(s, op(s, FACTS_OP_OR, below, s->q), false));
	assert_int_equal(known(s, s->p).low, 0x1000);
	assert_range(s, s->q, 0, 0);
}

static void test_preempt_count(void **state)
{
	struct scene *s = *state;
	uint32_t count = terms_intern(
		&s->body.terms, (struct term){.kind = TERM_PREEMPT_COUNT});
	uint32_t off = terms_intern(&s->body.terms,
				    (struct term){.kind = TERM_IRQS_DISABLED});
	uint32_t hard = op(s, FACTS_OP_AND, count, number(s, 0xf0000));
	uint32_t soft = op(s, FACTS_OP_AND, count, number(s, 0xff00));
	uint32_t interrupt = op(s, FACTS_OP_AND, count, number(s, 0xffff00));

	assert_true(known(s, count).low == INT64_MIN);
	open_at(&s->state, lock(&preempt, 0, 0), 0);
	assert_false(assume(s, count, false));
	/* Preemption is off, yet it is a task that did it, for all we know. */
	assert_true(assume(s, interrupt, false));
	assert_false(assume(s, hard, true));
	s->state = (struct state){0};
	open_at(&s->state, lock(&hardirq, 0, 0), 0);
	assert_false(assume(s, hard, false));
	assert_false(assume(s, interrupt, false));
	assert_false(assume(s, off, false));
	s->state = (struct state){0};
	open_at(&s->state, lock(&softirq, 0, 0), 0);
	assert_false(assume(s, soft, false));
	assert_true(assume(s, off, false));
	s->state = (struct state){0};
	open_at(&s->state, lock(&irqs, 0, 0), 0);
	assert_false(assume(s, off, false));
}

static void test_join(void **state)
{
	struct scene *s = *state;
	struct state other;

	assert_true(assume(s, op(s, FACTS_OP_EQ, s->p, number(s, 2)), true));
	assert_true(assume(s, s->q, true));
	other = s->state;
	assert_false(state_join(&s->state, &other));
	state_forget(&other, s->p);
	state_bind(&other, &s->body, s->p, 0, known_constant(5));
	assert_true(state_join(&s->state, &other));
	assert_range(s, s->p, 2, 5);
	assert_true(known(s, s->q).nonzero);
	assert_false(state_join(&s->state, &other));
	state_forget(&other, s->q);
	assert_true(state_join(&s->state, &other));
	assert_false(known(s, s->q).nonzero);
}

static void test_aliases(void **state)
{
	struct scene *s = *state;

	/* p is q on this path: what is learnt of one holds for the other. */
	state_bind(&s->state, &s->body, s->p, s->q, known_anything());
	assert_true(assume(s, op(s, FACTS_OP_EQ, s->p, number(s, 4)), true));
	assert_range(s, s->q, 4, 4);
	state_forget(&s->state, s->q);
	assert_range(s, s->p, INT64_MIN, INT64_MAX);
	/* To itself, or around: no endless search. */
	state_bind(&s->state, &s->body, s->p, s->q, known_anything());
	state_bind(&s->state, &s->body, s->q, s->p, known_anything());
	assert_true(assume(s, s->p, true));
	assert_true(known(s, s->q).nonzero);
}

/* More facts than there is room for: the oldest are forgotten. */
static void test_many_facts(void **state)
{
	struct scene *s = *state;
	uint32_t term = 0;

	for (uint32_t i = 0; i < 3 * MAX_FACTS; i++) {
		term = terms_intern(&s->body.terms,
				    (struct term){.kind = TERM_PARAM,
						  .a = 100 + i,
						  .type = BUILD_INT});
		assert_true(assume(s, term, true));
		assert_true(s->state.n_facts <= MAX_FACTS);
	}
	assert_true(known(s, term).nonzero);
}

#define scene_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_and_close),
		cmocka_unit_test(test_releases),
		cmocka_unit_test(test_interrupts),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_same_regions),
		scene_test(test_comparisons),
		scene_test(test_error_pointers),
		scene_test(test_masks_and_booleans),
		scene_test(test_preempt_count),
		scene_test(test_join),
		scene_test(test_aliases),
		scene_test(test_many_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
