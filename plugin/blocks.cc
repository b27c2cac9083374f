// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * blocks.cc - fewer blocks that say the same
 *
 * GCC's blocks reflect labels and braces. Blocks without events that only
 * lead on are taken out where no PHI tells them apart, and a block is joined
 * with the only one that leads to it.
 */
#include "gcc-compat.h"

#include "body.h"

/**
 * struct shape - what is known of a block while blocks vanish
 * @target:  the block that stands for it; itself while it lives
 * @before:  of one taken out before a PHI: the block that led to it
 * @pred:    the last block known to lead to it
 * @preds:   how many lead to it
 * @has_phi: values or memory meet there
 * @number:  in the end
 */
struct shape {
	uint32_t target;
	uint32_t before;
	uint32_t pred;
	uint32_t preds;
	bool has_phi;
	uint32_t number;
};

static VECTOR(struct shape) shapes;

static uint32_t live(uint32_t block)
{
	while (shapes.items[block].target != block)
		block = shapes.items[block].target;
	return block;
}

/* The block that a PHI's operand comes from now. */
static uint32_t live_pred(uint32_t block)
{
	for (;;) {
		const struct shape *shape = &shapes.items[block];

		if (shape->before != FACTS_NONE)
			block = shape->before;
		else if (shape->target != block)
			block = shape->target;
		else
			return block;
	}
}

static struct facts_edge *edges_of(uint32_t block)
{
	return body.edges.items + body.blocks.items[block].first_edge;
}

/* Several edges between the same two blocks count once. */
static void count_preds(void)
{
	for (size_t i = 0; i < shapes.count; i++)
		shapes.items[i].preds = 0;
	/* Nobody may take the entry away. */
	shapes.items[0].preds = 2;
	for (uint32_t i = 0; i < body.blocks.count; i++) {
		if (live(i) != i)
			continue;
		for (uint32_t j = 0; j < body.blocks.items[i].edges; j++) {
			uint32_t to = live(edges_of(i)[j].block);
			struct shape *shape = &shapes.items[to];

			if (shape->preds && shape->pred == i)
				continue;
			shape->pred = i;
			shape->preds++;
		}
	}
}

void blocks_start(void)
{
	shapes.count = 0;
	for (uint32_t i = 0; i < body.blocks.count; i++) {
		struct shape shape = {};

		shape.target = i;
		shape.before = FACTS_NONE;
		vector_push(&shapes, shape);
	}
}

void blocks_note_phi(uint32_t block)
{
	shapes.items[block].has_phi = true;
}

static bool leads_to(uint32_t from, uint32_t to)
{
	for (uint32_t i = 0; i < body.blocks.items[from].edges; i++)
		if (live(edges_of(from)[i].block) == to)
			return true;
	return false;
}

/*
 * PHIs behind a block that is taken out name the block before it from then
 * on: there must be just one, with no other way to the PHI.
 */
static void try_forward(uint32_t block)
{
	const struct facts_block *empty = &body.blocks.items[block];
	struct shape *shape = &shapes.items[block];
	uint32_t next;

	if (!block || empty->events || empty->jump != FACTS_JUMP_ALWAYS ||
	    shape->has_phi)
		return;
	next = live(edges_of(block)->block);
	if (next == block)
		return;
	if (shapes.items[next].has_phi) {
		if (shape->preds != 1 || leads_to(live_pred(shape->pred), next))
			return;
		shape->before = live_pred(shape->pred);
	}
	if (shapes.items[next].pred == block)
		shapes.items[next].pred = shape->pred;
	shapes.items[next].preds += shape->preds - 1;
	shape->target = next;
}

/* A branch whose arms are the same is none. */
static void drop_branch(uint32_t at)
{
	struct facts_block *block = &body.blocks.items[at];

	if (block->jump != FACTS_JUMP_IF ||
	    live(edges_of(at)[0].block) != live(edges_of(at)[1].block))
		return;
	block->jump = FACTS_JUMP_ALWAYS;
	block->edges = 1;
	block->condition = FACTS_NONE;
	block->location = 0;
}

/* Events stand in the order of blocks, so only neighbours can be joined. */
static bool may_join(uint32_t at, uint32_t next)
{
	const struct facts_block *block = &body.blocks.items[at];
	const struct facts_block *other = &body.blocks.items[next];

	return block->jump == FACTS_JUMP_ALWAYS && next != at &&
	       shapes.items[next].preds == 1 && !shapes.items[next].has_phi &&
	       (!other->events ||
		other->first_event == block->first_event + block->events);
}

static void join(uint32_t at)
{
	struct facts_block *block = &body.blocks.items[at];

	while (block->jump == FACTS_JUMP_ALWAYS) {
		uint32_t next = live(edges_of(at)->block);
		struct facts_block *other = &body.blocks.items[next];

		if (!may_join(at, next))
			return;
		block->events += other->events;
		block->jump = other->jump;
		block->condition = other->condition;
		block->location = other->location;
		block->first_edge = other->first_edge;
		block->edges = other->edges;
		shapes.items[next].target = at;
	}
}

static void renumber_blocks(void)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < body.blocks.count; i++) {
		if (live(i) != i || !shapes.items[i].preds)
			continue;
		shapes.items[i].number = n;
		body.blocks.items[n++] = body.blocks.items[i];
	}
	body.blocks.count = n;
	for (size_t i = 0; i < body.edges.count; i++) {
		uint32_t *block = &body.edges.items[i].block;

		*block = shapes.items[live(*block)].number;
	}
}

/* The edges of blocks that are left, in their order. */
static void pack_edges(void)
{
	static VECTOR(struct facts_edge) packed;

	packed.count = 0;
	for (size_t i = 0; i < body.blocks.count; i++) {
		struct facts_block *block = &body.blocks.items[i];
		uint32_t first = packed.count;

		for (uint32_t j = 0; j < block->edges; j++)
			vector_push(&packed, edges_of(i)[j]);
		block->first_edge = first;
	}
	body.edges.count = 0;
	for (size_t i = 0; i < packed.count; i++)
		vector_push(&body.edges, packed.items[i]);
}

void blocks_tidy(void)
{
	uint32_t n = body.blocks.count;

	count_preds();
	for (uint32_t i = 0; i < n; i++)
		try_forward(i);
	for (uint32_t i = 0; i < n; i++)
		if (live(i) == i)
			drop_branch(i);
	count_preds();
	for (uint32_t i = 0; i < n; i++)
		if (live(i) == i)
			join(i);
	count_preds();
	renumber_blocks();
	pack_edges();
}

uint32_t blocks_number(uint32_t block)
{
	return shapes.items[live(block)].number;
}

uint32_t blocks_pred_number(uint32_t block)
{
	return shapes.items[live_pred(block)].number;
}
