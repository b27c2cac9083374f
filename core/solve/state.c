// SPDX-License-Identifier: GPL-2.0-or-later
/* state.c - what is known of values at a point of a function */
#include "solve/state.h"

#include <string.h>

#include "solve/joins.h"

#define KNOWN_DEPTH 12

/* The parts of preempt_count(), linux/preempt.h */
#define PREEMPT_ONE	0x1
#define PREEMPT_PART	0xff
#define SOFTIRQ_SERVING 0x100
#define SOFTIRQ_BH	0x200
#define SOFTIRQ_PART	0xff00
#define HARDIRQ_ONE	0x10000
#define HARDIRQ_PART	0xf0000
#define NMI_ONE		0x100000
#define NMI_PART	0xf00000

static struct fact *find_fact(const struct state *state, uint32_t term)
{
	for (uint32_t i = 0; i < state->n_facts; i++)
		if (state->facts[i].term == term)
			return (struct fact *)&state->facts[i];
	return NULL;
}

uint64_t state_count_bits(uint32_t flags)
{
	return (flags & CONTEXT_PREEMPT_OFF ? PREEMPT_PART : 0) |
	       (flags & CONTEXT_SOFTIRQ ? SOFTIRQ_PART : 0) |
	       (flags & CONTEXT_HARDIRQ ? HARDIRQ_PART : 0) |
	       (flags & CONTEXT_NMI ? NMI_PART : 0);
}

/* What the open regions add to the preempt_count() that the caller had. */
static void add_count(const struct state *state, struct known *known)
{
	uint64_t ones = 0, unsure = 0;
	bool atomic = false;

	for (uint32_t i = 0; i < state->n_regions; i++) {
		uint32_t flags =
			state->regions[i].lock.context->flags[state->model];

		/* Which of the parts is not zero differs from call to call. */
		if (flags & CONTEXT_ATOMIC) {
			atomic = true;
			unsure |= UINT64_MAX;
		}
		if (flags & CONTEXT_HARDIRQ)
			ones |= HARDIRQ_ONE;
		if (flags & CONTEXT_NMI)
			ones |= NMI_ONE;
		if (flags & CONTEXT_SOFTIRQ) {
			ones |= state->regions[i].lock.context->kind ==
						CONTEXT_ENTRY
					? SOFTIRQ_SERVING
					: SOFTIRQ_BH;
			unsure |= SOFTIRQ_PART;
		}
		if (flags & CONTEXT_PREEMPT_OFF) {
			ones |= PREEMPT_ONE;
			unsure |= PREEMPT_PART;
		}
	}
	if (!ones && !atomic)
		return;
	*known =
		known_bits(known->ones | ones, known->zeros & ~(ones | unsure));
	known->nonzero |= atomic;
}

static struct known known_irqs_disabled(const struct state *state,
					struct known known)
{
	for (uint32_t i = 0; i < state->n_regions; i++)
		if (state->regions[i].lock.context->flags[state->model] &
		    (CONTEXT_IRQS_OFF | CONTEXT_HARDIRQ))
			return known_nonzero();
	return known;
}

static struct known known_of(const struct state *state, const struct body *body,
			     uint32_t id, int depth);

static struct known known_shape(const struct state *state,
				const struct body *body, uint32_t id, int depth)
{
	const struct term *term = terms_get(&body->terms, id);
	struct known a, b;

	switch (term->kind) {
	case TERM_CONSTANT:
		return known_constant(term->constant);
	case TERM_SYMBOL:
	case TERM_LOCAL:
	case TERM_ADDRESS:
		return known_nonzero();
	case TERM_UNARY:
		a = known_of(state, body, term->a, depth + 1);
		return known_unary(term->op, a, body_type(body, term->type));
	case TERM_BINARY:
		a = known_of(state, body, term->a, depth + 1);
		b = known_of(state, body, term->b, depth + 1);
		return known_binary(term->op, a, b,
				    body_type(body, term->type));
	case TERM_SELECT:
		a = known_of(state, body, term->a, depth + 1);
		b = known_of(state, body, term->b, depth + 1);
		if (known_truth(&a) == TRUTH_YES)
			return b;
		if (known_truth(&a) == TRUTH_NO)
			return known_of(state, body, term->version, depth + 1);
		return known_join(b, known_of(state, body, term->version,
					      depth + 1));
	default:
		return known_anything();
	}
}

static struct known known_of(const struct state *state, const struct body *body,
			     uint32_t id, int depth)
{
	struct known known = known_anything();
	const struct fact *fact;
	uint8_t kind = terms_get(&body->terms, id)->kind;

	if (depth > KNOWN_DEPTH)
		return known;
	known = known_shape(state, body, id, depth);
	fact = find_fact(state, id);
	if (fact) {
		struct known shape = known;

		if (!known_meet(&known, fact->known))
			known = shape;
		if (fact->alias && fact->alias != id) {
			shape = known;
			if (!known_meet(&known,
					known_of(state, body, fact->alias,
						 depth + 1)))
				known = shape;
		}
	}
	if (kind == TERM_PREEMPT_COUNT)
		add_count(state, &known);
	else if (kind == TERM_IRQS_DISABLED)
		known = known_irqs_disabled(state, known);
	return known;
}

struct known state_known(const struct state *state, const struct body *body,
			 uint32_t term)
{
	return known_of(state, body, term, 0);
}

static void drop_fact(struct state *state, uint32_t index)
{
	memmove(&state->facts[index], &state->facts[index + 1],
		sizeof(*state->facts) * (state->n_facts - index - 1));
	state->n_facts--;
}

/* The oldest goes first: a branch long past matters least. But callers want
 * to know of parameters, and of memory as they left it, and later branches
 * of PHIs. */
static uint32_t least_fact(const struct state *state, const struct body *body)
{
	uint32_t second = state->n_facts;

	for (uint32_t i = 0; i < state->n_facts; i++) {
		const struct term *term =
			terms_get(&body->terms, state->facts[i].term);

		if (term->kind == TERM_LOAD && term->version)
			return i;
		if (term->kind == TERM_PARAM || state->facts[i].alias)
			continue;
		if (term->kind != TERM_LOAD)
			return i;
		if (second == state->n_facts)
			second = i;
	}
	return second < state->n_facts ? second : 0;
}

static struct fact *add_fact(struct state *state, const struct body *body,
			     uint32_t term)
{
	struct fact *fact = find_fact(state, term);

	if (fact)
		return fact;
	if (state->n_facts == MAX_FACTS)
		drop_fact(state, least_fact(state, body));
	fact = &state->facts[state->n_facts++];
	*fact = (struct fact){.term = term, .known = known_anything()};
	return fact;
}

static bool learn(struct state *state, const struct body *body, uint32_t id,
		  struct known known, int depth);

/* What a converted value says of the bits of the value before: (int)flags < 0
 * is how GCC asks for the highest one. */
static struct known before_conversion(const struct facts_type *type,
				      const struct known *known)
{
	uint64_t mask, sign;

	if (!type->bits || type->bits >= 64 || type->kind == FACTS_TYPE_BOOL)
		return known->nonzero ? known_nonzero() : known_anything();
	mask = (1ULL << type->bits) - 1;
	sign = 1ULL << (type->bits - 1);
	if (known_is_constant(known))
		return known_bits((uint64_t)known->low & mask,
				  ~(uint64_t)known->low & mask);
	if (type->is_signed && known->high < 0)
		return known_bits(sign, 0);
	if (type->is_signed && known->low >= 0) {
		struct known positive = known_bits(0, sign);

		positive.nonzero = known->nonzero;
		return positive;
	}
	return known->nonzero ? known_nonzero() : known_anything();
}

/* Hand what is known of a term on to what it is made of. */
static bool learn_parts(struct state *state, const struct body *body,
			uint32_t id, struct known known, int depth)
{
	struct term term = *terms_get(&body->terms, id);
	const struct term *b;

	if (term.kind == TERM_UNARY && term.op == FACTS_OP_CONVERT) {
		known = before_conversion(body_type(body, term.type), &known);
		return known_is_anything(&known) ||
		       learn(state, body, term.a, known, depth + 1);
	}
	if (term.kind != TERM_BINARY || term.op != FACTS_OP_AND)
		return true;
	b = terms_get(&body->terms, term.b);
	if (b->kind != TERM_CONSTANT)
		return true;
	if (known_is_constant(&known))
		return learn(state, body, term.a,
			     known_bits((uint64_t)known.low,
					(uint64_t)b->constant &
						~(uint64_t)known.low),
			     depth + 1);
	if (known.nonzero && !(b->constant & (b->constant - 1)))
		return learn(state, body, term.a,
			     known_bits((uint64_t)b->constant, 0), depth + 1);
	return true;
}

static bool learn(struct state *state, const struct body *body, uint32_t id,
		  struct known known, int depth)
{
	struct known now = known_of(state, body, id, 0);
	struct fact *fact;

	if (!known_meet(&now, known))
		return false;
	if (terms_get(&body->terms, id)->kind == TERM_CONSTANT ||
	    depth > KNOWN_DEPTH)
		return true;
	fact = add_fact(state, body, id);
	if (!known_meet(&fact->known, known))
		fact->known = known;
	if (fact->alias && fact->alias != id &&
	    !learn(state, body, fact->alias, known, depth + 1))
		return false;
	return learn_parts(state, body, id, known, depth);
}

bool state_learn(struct state *state, const struct body *body, uint32_t term,
		 struct known known)
{
	return learn(state, body, term, known, 0);
}

/*
 * Likewise for LT and GE where x is unsigned and of 64 bits. Counts and times
 * stay far below the half that looks negative, pointers do not.
 */
static struct known wrapping_solution(enum facts_op op, int64_t c, bool pointer)
{
	if (op == FACTS_OP_LT && c <= KNOWN_ERROR)
		return known_no_error();
	if (op == FACTS_OP_LT)
		return c > 0 ? known_range(0, c - 1) : known_anything();
	if (c < 0)
		return known_range(c, -1);
	if (!pointer)
		return known_range(c, INT64_MAX);
	return c ? known_nonzero() : known_anything();
}

/* The values of x for which "x op constant" has this truth. */
static struct known solution_of(enum facts_op op, int64_t c, bool truth,
				const struct facts_type *type, bool pointer)
{
	static const uint8_t opposite[FACTS_OPS] = {
		[FACTS_OP_EQ] = FACTS_OP_NE, [FACTS_OP_NE] = FACTS_OP_EQ,
		[FACTS_OP_LT] = FACTS_OP_GE, [FACTS_OP_GE] = FACTS_OP_LT,
		[FACTS_OP_LE] = FACTS_OP_GT, [FACTS_OP_GT] = FACTS_OP_LE,
	};

	if (!truth)
		op = opposite[op];
	if (op >= FACTS_OP_LT && known_wraps(type)) {
		bool next = op == FACTS_OP_LE || op == FACTS_OP_GT;

		if (next && c == -1)
			return known_anything();
		return wrapping_solution(op == FACTS_OP_LT || op == FACTS_OP_LE
						 ? FACTS_OP_LT
						 : FACTS_OP_GE,
					 c + next, pointer);
	}
	switch (op) {
	case FACTS_OP_EQ:
		return known_constant(c);
	case FACTS_OP_NE:
		return c ? known_anything() : known_nonzero();
	case FACTS_OP_LT:
		return c == INT64_MIN ? known_anything()
				      : known_range(INT64_MIN, c - 1);
	case FACTS_OP_LE:
		return known_range(INT64_MIN, c);
	case FACTS_OP_GT:
		return c == INT64_MAX ? known_anything()
				      : known_range(c + 1, INT64_MAX);
	default:
		return known_range(c, INT64_MAX);
	}
}

static bool is_boolean(const struct known *known)
{
	return known->low >= 0 && known->high <= 1;
}

static bool is_pointer(const struct body *body, uint32_t id)
{
	const struct term *term = terms_get(&body->terms, id);

	return body_type(body, term->type)->kind == FACTS_TYPE_POINTER;
}

static bool assume_comparison(struct state *state, const struct body *body,
			      struct term term, bool truth)
{
	struct known a = state_known(state, body, term.a);
	struct known b = state_known(state, body, term.b);
	const struct facts_type *type = body_type(body, term.type);

	if (!known_is_constant(&b)) {
		if (known_is_constant(&a) && term.op <= FACTS_OP_NE)
			return state_learn(state, body, term.b,
					   solution_of(term.op, a.low, truth,
						       type, true));
		return true;
	}
	/* A comparison of a boolean is the boolean, or its opposite. */
	if (is_boolean(&a) && term.op <= FACTS_OP_NE && b.low >= 0 &&
	    b.low <= 1)
		return state_assume(state, body, term.a,
				    (term.op == FACTS_OP_EQ) ==
					    (truth == (b.low == 1)));
	return state_learn(state, body, term.a,
			   solution_of(term.op, b.low, truth, type,
				       is_pointer(body, term.a)));
}

/* Is all that the condition teaches said by what its operand is? */
static bool says_it_all(const struct state *state, const struct body *body,
			const struct term *term)
{
	struct known b;

	if (term->kind == TERM_UNARY)
		return term->op == FACTS_OP_NOT;
	if (term->kind != TERM_BINARY || term->op < FACTS_OP_EQ ||
	    term->op > FACTS_OP_GE)
		return false;
	b = state_known(state, body, term->b);
	if (!known_is_constant(&b))
		return false;
	/* What is not an error pointer is no interval. */
	if (term->op > FACTS_OP_NE)
		return !known_wraps(body_type(body, term->type));
	return b.low == 0;
}

bool state_assume(struct state *state, const struct body *body, uint32_t id,
		  bool truth)
{
	struct known known = state_known(state, body, id);
	enum truth now = known_truth(&known);
	struct term term = *terms_get(&body->terms, id);

	if (now != TRUTH_UNKNOWN)
		return (now == TRUTH_YES) == truth;
	if (!says_it_all(state, body, &term) &&
	    !state_learn(state, body, id,
			 truth ? known_nonzero() : known_constant(0)))
		return false;
	if (term.kind == TERM_UNARY && term.op == FACTS_OP_NOT)
		return state_assume(state, body, term.a, !truth);
	if (term.kind == TERM_UNARY && term.op == FACTS_OP_CONVERT &&
	    body_type(body, term.type)->kind == FACTS_TYPE_BOOL)
		return state_assume(state, body, term.a, truth);
	if (term.kind != TERM_BINARY)
		return true;
	if (term.op >= FACTS_OP_EQ && term.op <= FACTS_OP_GE)
		return assume_comparison(state, body, term, truth);
	if (term.op == FACTS_OP_OR && !truth)
		return state_assume(state, body, term.a, false) &&
		       state_assume(state, body, term.b, false);
	/* Of a mask the bits are known already. */
	if (term.op == FACTS_OP_AND && truth &&
	    terms_get(&body->terms, term.b)->kind != TERM_CONSTANT)
		return state_assume(state, body, term.a, true) &&
		       state_assume(state, body, term.b, true);
	return true;
}

void state_forget(struct state *state, uint32_t term)
{
	for (uint32_t i = 0; i < state->n_facts;) {
		if (state->facts[i].term == term ||
		    state->facts[i].alias == term)
			drop_fact(state, i);
		else
			i++;
	}
}

void state_bind(struct state *state, const struct body *body, uint32_t phi,
		uint32_t alias, struct known known)
{
	struct fact *fact;

	if (!alias && known_is_anything(&known))
		return;
	fact = add_fact(state, body, phi);
	fact->alias = alias;
	fact->known = known;
}

/* Does a value that depends on the way taken still matter? */
static bool is_live_join(const struct body *body, uint32_t block, uint32_t id,
			 const struct term *term)
{
	if (term->kind == TERM_LOAD)
		return term->version && joins_is_live(body, block, id);
	return term->kind == TERM_LEAF &&
	       body->facts->values[term->a].kind == FACTS_VALUE_PHI &&
	       body_is_live(body, block, term->a);
}

/* Do they disagree on whether it is zero, so that branches will, too? */
static bool contradicts(const struct fact *a, const struct fact *b)
{
	enum truth x = known_truth(&a->known), y = known_truth(&b->known);

	return x != TRUTH_UNKNOWN && y != TRUTH_UNKNOWN && x != y;
}

uint32_t state_difference(const struct state *a, const struct state *b,
			  const struct body *body, uint32_t block)
{
	const struct state *states[2] = {a, b};
	uint32_t difference = 0;

	for (int side = 0; side < 2; side++) {
		const struct state *one = states[side];
		const struct state *other = states[!side];

		for (uint32_t i = 0; i < one->n_facts; i++) {
			const struct fact *fact = &one->facts[i], *twin;
			const struct term *term =
				terms_get(&body->terms, fact->term);

			if (!is_live_join(body, block, fact->term, term))
				continue;
			twin = find_fact(other, fact->term);
			if (twin && contradicts(fact, twin))
				difference += MAX_FACTS;
			else if (!twin || twin->alias != fact->alias ||
				 /* What is known of an alias goes without
				  * saying. */
				 (!fact->alias &&
				  !known_equal(&twin->known, &fact->known)))
				difference++;
		}
	}
	return difference;
}

/* Is a term a flag that a caller may know: an argument, memory, or what it
 * runs in? */
static bool is_flag(const struct body *body, uint32_t id)
{
	const struct term *term = terms_get(&body->terms, id);
	uint8_t kind;

	if (term->kind == TERM_PREEMPT_COUNT ||
	    term->kind == TERM_IRQS_DISABLED)
		return true;
	kind = body_type(body, term->type)->kind;
	return (term->kind == TERM_PARAM || term->kind == TERM_LOAD) &&
	       (kind == FACTS_TYPE_INTEGER || kind == FACTS_TYPE_BOOL ||
		kind == FACTS_TYPE_ENUM);
}

/* Does all that @a knows of flags hold in @b? */
static bool is_weaker(const struct state *a, const struct state *b,
		      const struct body *body)
{
	for (uint32_t i = 0; i < a->n_facts; i++) {
		const struct fact *fact = &a->facts[i], *twin;

		if (!is_flag(body, fact->term))
			continue;
		twin = find_fact(b, fact->term);
		if (!twin || !known_within(twin->known, fact->known))
			return false;
	}
	return true;
}

bool state_are_ways(const struct state *a, const struct state *b,
		    const struct body *body)
{
	return !is_weaker(a, b, body) && !is_weaker(b, a, body);
}

static bool asks_context(const struct state *state, const struct body *body)
{
	for (uint32_t i = 0; i < state->n_facts; i++) {
		uint8_t kind =
			terms_get(&body->terms, state->facts[i].term)->kind;

		if (kind == TERM_PREEMPT_COUNT || kind == TERM_IRQS_DISABLED)
			return true;
	}
	return false;
}

bool state_are_answers(const struct state *a, const struct state *b,
		       const struct body *body)
{
	if (!asks_context(a, body) && !asks_context(b, body))
		return false;
	for (uint32_t i = 0; i < a->n_facts; i++) {
		uint32_t id = a->facts[i].term;
		const struct term *term = terms_get(&body->terms, id);
		struct known x, y;

		if (term->kind != TERM_LEAF || !body->returned[term->a])
			continue;
		x = state_known(a, body, id);
		y = state_known(b, body, id);
		if (known_truth(&x) != TRUTH_UNKNOWN &&
		    known_truth(&y) != TRUTH_UNKNOWN &&
		    known_truth(&x) != known_truth(&y))
			return true;
	}
	return false;
}

bool state_join(struct state *a, const struct state *b)
{
	bool lost = false;

	for (uint32_t i = 0; i < a->n_facts;) {
		struct fact *fact = &a->facts[i];
		const struct fact *twin = find_fact(b, fact->term);
		struct known join;
		uint32_t alias;

		if (!twin) {
			drop_fact(a, i);
			lost = true;
			continue;
		}
		join = known_join(fact->known, twin->known);
		alias = twin->alias == fact->alias ? fact->alias : 0;
		lost |= alias != fact->alias ||
			!known_equal(&join, &fact->known);
		fact->alias = alias;
		fact->known = join;
		if (!alias && known_is_anything(&join))
			drop_fact(a, i);
		else
			i++;
	}
	lost |= (b->closed & ~a->closed) != 0;
	a->closed |= b->closed;
	lost |= a->nulls.some > b->nulls.some ||
		(b->nulls.ever & ~a->nulls.ever);
	a->nulls.some &= b->nulls.some;
	a->nulls.ever |= b->nulls.ever;
	a->nulls.untested &= b->nulls.untested;
	a->nulls.null &= b->nulls.null;
	a->nulls.stored &= b->nulls.stored;
	a->nulls.tested |= b->nulls.tested;
	return lost;
}
