// SPDX-License-Identifier: GPL-2.0-or-later
/* regions.c - opening and closing regions, and what they allow */
#include <string.h>

#include "solve/state.h"

/* How sure is it that two locks are the same one? */
enum likeness {
	UNLIKE,
	SAME_KIND, /* both spinlocks, nothing else known */
	SAME_FIELD,
	SAME_TERM,
};

static enum likeness compare_locks(const struct lock *a, const struct lock *b)
{
	if (a->context->kind != b->context->kind)
		return UNLIKE;
	/* What only counts has no identity. preempt_enable() ends no
	 * local_lock(), but local_irq_restore() does spin_lock_irqsave()'s
	 * part. */
	if (a->context->kind == CONTEXT_PREEMPT)
		return a->context == b->context ? SAME_TERM : UNLIKE;
	if (a->context->kind != CONTEXT_LOCK)
		return a->context == b->context ? SAME_TERM : SAME_FIELD;
	if (a->term && a->term == b->term)
		return SAME_TERM;
	if (a->field && a->field == b->field)
		return SAME_FIELD;
	if (a->context != b->context)
		return UNLIKE;
	return SAME_KIND;
}

static void remove_region(struct state *state, uint32_t index)
{
	state->closed |= state->regions[index].opening->bit;
	memmove(&state->regions[index], &state->regions[index + 1],
		sizeof(*state->regions) * (state->n_regions - index - 1));
	state->n_regions--;
}

static void remove_release(struct state *state, uint32_t index)
{
	memmove(&state->releases[index], &state->releases[index + 1],
		sizeof(*state->releases) * (state->n_releases - index - 1));
	state->n_releases--;
}

/* The open region most like the lock; of equals the latest. */
static int find_region(const struct state *state, const struct lock *lock)
{
	enum likeness best = UNLIKE;
	int found = -1;

	for (int i = state->n_regions - 1; i >= 0; i--) {
		enum likeness like =
			compare_locks(&state->regions[i].lock, lock);

		if (like > best) {
			best = like;
			found = i;
		}
	}
	return found;
}

static int find_release(const struct state *state, const struct lock *lock)
{
	enum likeness best = UNLIKE;
	int found = -1;

	for (int i = state->n_releases - 1; i >= 0; i--) {
		enum likeness like = compare_locks(&state->releases[i], lock);

		if (like > best) {
			best = like;
			found = i;
		}
	}
	return found;
}

/* A lock taken in a loop that is not left opens one region, not many. */
static bool is_open(const struct state *state, const struct lock *lock,
		    const struct opening *opening)
{
	for (uint32_t i = 0; i < state->n_regions; i++)
		if (state->regions[i].opening == opening &&
		    state->regions[i].lock.context == lock->context)
			return true;
	return false;
}

void state_open(struct state *state, struct lock lock,
		const struct opening *opening)
{
	int release = find_release(state, &lock);

	/* Interrupts that were enabled and are disabled again are off for
	 * sure, whatever the caller had: that is news. */
	if (release >= 0 && lock.context->kind != CONTEXT_IRQ &&
	    compare_locks(&state->releases[release], &lock) >= SAME_FIELD) {
		remove_release(state, (uint32_t)release);
		return;
	}
	if (is_open(state, &lock, opening) || state->n_regions == MAX_REGIONS)
		return;
	state->closed &= ~opening->bit;
	state->regions[state->n_regions++] =
		(struct region){.lock = lock, .opening = opening};
}

bool state_has(const struct state *state, const struct context *context)
{
	for (uint32_t i = 0; i < state->n_regions; i++)
		if (state->regions[i].lock.context == context)
			return true;
	return false;
}

static void add_release(struct state *state, const struct lock *lock)
{
	for (uint32_t i = 0; i < state->n_releases; i++)
		if (compare_locks(&state->releases[i], lock) == SAME_TERM)
			return;
	if (state->n_releases < MAX_RELEASES)
		state->releases[state->n_releases++] = *lock;
}

void state_close(struct state *state, struct lock lock, bool all)
{
	int region = find_region(state, &lock);

	if (region < 0 || all)
		add_release(state, &lock);
	while (region >= 0) {
		remove_region(state, (uint32_t)region);
		region = all ? find_region(state, &lock) : -1;
	}
}

enum wait_type state_allow(const struct state *state, enum model model,
			   const struct lock *released, uint32_t n_released,
			   const struct region **region)
{
	enum wait_type allow = WAIT_SLEEP;
	bool closed[MAX_REGIONS] = {false};
	int least = -1;

	for (uint32_t r = 0; r < n_released; r++) {
		enum likeness best = UNLIKE;
		int found = -1;

		for (int i = state->n_regions - 1; i >= 0; i--) {
			enum likeness like = compare_locks(
				&state->regions[i].lock, &released[r]);

			if (!closed[i] && like > best) {
				best = like;
				found = i;
			}
		}
		if (found >= 0)
			closed[found] = true;
	}
	for (int i = 0; i < state->n_regions; i++) {
		enum wait_type one =
			state->regions[i].lock.context->allow[model];

		if (!closed[i] && one < allow) {
			allow = one;
			least = i;
		}
	}
	*region = least < 0 ? NULL : &state->regions[least];
	return allow;
}

static bool same_lock(const struct lock *a, const struct lock *b)
{
	return a->context == b->context && a->term == b->term &&
	       a->field == b->field;
}

bool state_same_regions(const struct state *a, const struct state *b)
{
	if (a->n_regions != b->n_regions || a->n_releases != b->n_releases)
		return false;
	for (uint32_t i = 0; i < a->n_regions; i++)
		if (!same_lock(&a->regions[i].lock, &b->regions[i].lock))
			return false;
	for (uint32_t i = 0; i < a->n_releases; i++)
		if (!same_lock(&a->releases[i], &b->releases[i]))
			return false;
	return true;
}
