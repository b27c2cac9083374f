/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.h - what holds at a point of a function, on some paths
 *
 * The regions that are open, the caller's regions that were closed, and what
 * the branches taken say about values. States that differ in regions stay
 * apart; what their values have in common survives where they join (Das,
 * Lerner and Seigle, "ESP", PLDI 2002, call this property simulation).
 */
#ifndef LABYRINTH_SOLVE_STATE_H
#define LABYRINTH_SOLVE_STATE_H

#include "solve/body.h"
#include "solve/summary.h"

#define MAX_REGIONS 10
#define MAX_FACTS   48

/** struct region - an open region */
struct region {
	struct lock lock;
	const struct opening *opening;
};

/**
 * struct fact - what is known of a term on these paths
 * @term:  the term
 * @alias: of a PHI, the term it has on these paths; 0 if none
 * @known: its values
 */
struct fact {
	uint32_t term;
	uint32_t alias;
	struct known known;
};

/**
 * struct null_state - allocations and pointers on these paths, a bit for each
 * @some:     each of these paths has made an allocation, whichever
 * @ever:     allocations made, failed or not, on some of these paths at least
 * @untested: allocations of which nothing says that they are there
 * @null:     allocations that are known to have failed
 * @stored:   allocations whose address was put where the function had none
 * @tested:   parameters that were tested
 */
struct null_state {
	bool some;
	uint32_t ever;
	uint32_t untested;
	uint32_t null;
	uint32_t stored;
	uint32_t tested;
};

/**
 * struct state - see above
 * @fresh:  not walked yet
 * @model:  the kernel whose flags of the regions' contexts hold; only entries
 *          are judged for each model apart
 * @closed: what was opened on these paths, or some of them, and closed again:
 *          bits of openings
 */
struct state {
	uint8_t n_regions;
	uint8_t n_releases;
	uint8_t n_facts;
	bool fresh;
	uint8_t model;
	uint64_t closed;
	struct null_state nulls;
	struct region regions[MAX_REGIONS];
	struct lock releases[MAX_RELEASES];
	struct fact facts[MAX_FACTS];
};

/**
 * state_count_bits - where preempt_count() shows what
 * @flags: enum context_flags
 *
 * Return: the bits of which one is set where any of the flags is seen.
 */
uint64_t state_count_bits(uint32_t flags);

/**
 * state_known - what is known of a term
 * @state: where
 * @body:  whose term
 * @term:  the term
 */
struct known state_known(const struct state *state, const struct body *body,
			 uint32_t term);

/**
 * state_assume - take a branch
 * @state: where; learns from the condition
 * @body:  the function
 * @term:  the condition
 * @truth: whether it holds
 *
 * Return: false if that cannot be.
 */
bool state_assume(struct state *state, const struct body *body, uint32_t term,
		  bool truth);

/**
 * state_learn - a term is known to have some values only
 *
 * Return: false if that cannot be.
 */
bool state_learn(struct state *state, const struct body *body, uint32_t term,
		 struct known known);

/** state_forget - nothing is known of a term any more, nor of its aliases */
void state_forget(struct state *state, uint32_t term);

/** state_bind - a PHI has the value of another term from here on */
void state_bind(struct state *state, const struct body *body, uint32_t phi,
		uint32_t alias, struct known known);

/** state_open - open a region, or take back a release of the same */
void state_open(struct state *state, struct lock lock,
		const struct opening *opening);

/** state_has - whether a region of that context is open */
bool state_has(const struct state *state, const struct context *context);

/**
 * state_close - close a region, or else one of the caller's
 * @state: where
 * @lock:  which; of other kinds than locks only the context's kind counts
 * @all:   every region of that kind
 */
void state_close(struct state *state, struct lock lock, bool all);

/**
 * state_allow - the least wait type that the open regions allow
 * @state:      where
 * @model:      for which model
 * @released:   regions that do not count, as the function's locks
 * @n_released: how many
 * @region:     set to the region that allows least, NULL if none is open
 */
enum wait_type state_allow(const struct state *state, enum model model,
			   const struct lock *released, uint32_t n_released,
			   const struct region **region);

/** state_same_regions - are the same regions open, the same ones closed? */
bool state_same_regions(const struct state *a, const struct state *b);

/**
 * state_difference - how much two states differ in what the way decided
 * @a:     one
 * @b:     the other
 * @body:  the function
 * @block: the block at whose start they meet
 *
 * Counts the PHIs, and loads behind memory PHIs, that still matter there.
 *
 * Return: 0 if they agree on all, MAX_FACTS and more if a branch would tell
 * them apart.
 */
uint32_t state_difference(const struct state *a, const struct state *b,
			  const struct body *body, uint32_t block);

/**
 * state_are_ways - do two states know different things of the arguments?
 * @a:    one
 * @b:    the other
 * @body: the function
 *
 * Then they are two ways to the same place, and what both have in common is
 * less than either: "if (a || b)".
 */
bool state_are_ways(const struct state *a, const struct state *b,
		    const struct body *body);

/**
 * state_are_answers - do they return different answers on the context?
 *
 * A function that tells its caller whether it may sleep returns true on some
 * ways and false on the others; joined, they would tell nothing.
 */
bool state_are_answers(const struct state *a, const struct state *b,
		       const struct body *body);

/**
 * state_join - keep in @a what holds in both
 *
 * Return: whether @a lost anything.
 */
bool state_join(struct state *a, const struct state *b);

#endif
