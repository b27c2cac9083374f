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

static void judge_need(struct solution *solution, const struct body *body,
		       const struct opening *root, const struct need *need)
{
	struct state state = {.n_regions = 1};
	struct violation violation = {
		.need = need,
		.opening = root,
		.doubt = (uint16_t)(need->doubt + root->doubt),
		.owner = NO_ID,
	};
	bool forbidden = false;

	state.regions[0].lock.context = root->context;
	if (need_is_void(need, root->context) ||
	    !decide(body, &state, need, &violation.doubt))
		return;
	if (need->pending) {
		/* That region is the function's own, whoever calls it. */
		if (root->via)
			return;
		while (violation.need->callee &&
		       violation.need->callee->pending)
			violation.need = violation.need->callee;
		violation.opening = need->pending;
		for (int m = 0; m < MODELS; m++) {
			violation.wait[m] = need->wait[m];
			violation.allow[m] = need->pending->context->allow[m];
		}
		vector_push(&solution->violations, violation);
		return;
	}
	for (int m = 0; m < MODELS; m++) {
		violation.allow[m] = root->context->allow[m];
		if (need->wait[m] <= violation.allow[m])
			continue;
		violation.wait[m] = need->wait[m];
		forbidden = true;
	}
	if (forbidden)
		vector_push(&solution->violations, violation);
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
