// SPDX-License-Identifier: GPL-2.0-or-later
/* root.c - judge a function as if all of it were one region */
#include "solve/walk.h"

#define DOUBT_ARGUMENT 8 /* a condition on what the handler is given */
#define DOUBT_MORE     2 /* each further one */

/* Decide a need's conditions with only the context known. What stays open
 * is mostly one condition said in several ways. */
static bool decide(const struct body *body, const struct state *state,
		   const struct need *need, uint16_t *doubt)
{
	uint16_t worst = 0;

	for (uint32_t i = 0; i < need->n_atoms; i++) {
		struct known known =
			state_known(state, body, need->atoms[i].term);
		struct known both = known;

		if (!known_meet(&both, need->atoms[i].known))
			return false;
		if (!known_within(known, need->atoms[i].known)) {
			uint16_t one = walk_is_mask(&need->atoms[i].known)
					       ? DOUBT_BITS
					       : DOUBT_ARGUMENT;

			*doubt += DOUBT_MORE;
			worst = one > worst ? one : worst;
		}
	}
	if (worst)
		*doubt += worst - DOUBT_MORE;
	return true;
}

/* That region is the function's own, whoever calls it. */
static void judge_pending(struct solution *solution,
			  struct violation *violation)
{
	const struct need *need = violation->need;

	while (violation->need->callee && violation->need->callee->pending)
		violation->need = violation->need->callee;
	violation->opening = need->pending;
	for (int m = 0; m < MODELS; m++)
		violation->allow[m] = need->pending->context->allow[m];
	vector_push(&solution->violations, *violation);
}

/* What the predicates of the context say differs from model to model. */
static void judge_need(struct solution *solution, const struct body *body,
		       const struct opening *root, const struct need *need)
{
	struct state state = {.n_regions = 1};
	struct violation violation = {
		.need = need,
		.opening = root,
		.owner = NO_ID,
	};
	uint16_t least = UINT16_MAX;

	state.regions[0].lock.context = root->context;
	if (need_is_void(need, root->context))
		return;
	for (int m = 0; m < MODELS; m++) {
		uint16_t doubt = (uint16_t)(need->doubt + root->doubt);

		violation.allow[m] = root->context->allow[m];
		state.model = (uint8_t)m;
		if ((need->wait[m] <= violation.allow[m] && !need->pending) ||
		    !decide(body, &state, need, &doubt))
			continue;
		violation.wait[m] = need->wait[m];
		least = doubt < least ? doubt : least;
	}
	if (least == UINT16_MAX)
		return;
	violation.doubt = least;
	if (!need->pending)
		vector_push(&solution->violations, violation);
	else if (!root->via)
		judge_pending(solution, &violation);
}

void solve_root(struct solution *solution, const struct opening *root)
{
	const struct summary *summary = &solution->summaries[root->handler];
	struct body body = {.program = solution->program,
			    .terms = solution->terms};
	const struct opening *kept =
		arena_copy(&solution->arena, root, sizeof(*root));

	for (uint32_t i = 0; i < summary->n_needs; i++)
		judge_need(solution, &body, kept, summary->needs[i]);
}
