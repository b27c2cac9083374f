/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * body.h - the function whose skeleton is being made
 *
 * There is one at a time. Its tables are emptied, not freed, for the next.
 */
#ifndef LABYRINTH_PLUGIN_BODY_H
#define LABYRINTH_PLUGIN_BODY_H

#include "collect.h"

/**
 * struct pending - a PHI whose operands are still to be looked at
 * @phi:   GCC's
 * @index: the value, or memory, that stands for it
 *
 * Operands may be defined later in the walk, so they wait for its end.
 */
struct pending {
	gphi *phi;
	uint32_t index;
};

/**
 * struct body - tables of the function
 * @function:     GCC's
 * @values:       of struct facts_value
 * @value_of:     value of each SSA name by version, plus 1
 * @memory_of:    memory of each virtual SSA name by version, plus 1
 * @block_of:     our number of GCC's block
 * @dereferenced: per value, the last block that records it, plus 1
 * @block:        the block being walked, and GCC's @bb
 * @entry:        memory at the function's start
 * @depth:        of the recursion over definitions
 */
struct body {
	struct function *function;
	struct pool values;
	uint32_t *value_of;
	uint32_t *memory_of;
	uint32_t names;
	uint32_t *block_of;
	VECTOR(uint32_t) dereferenced;
	VECTOR(struct facts_block) blocks;
	VECTOR(struct facts_edge) edges;
	VECTOR(struct facts_event) events;
	VECTOR(uint32_t) arguments;
	VECTOR(struct facts_operand) operands;
	VECTOR(struct facts_memory) memories;
	VECTOR(struct facts_local) locals;
	VECTOR(struct pending) phis;
	VECTOR(struct pending) memory_phis;
	struct pointer_map local_ids;
	uint32_t block;
	basic_block bb;
	uint32_t entry;
	unsigned int depth;
};

extern struct body body;

/** struct place - memory: pointer value @base plus @path */
struct place {
	uint32_t base;
	uint32_t path;
};

/* skeleton.cc */

/** body_start - empty the tables for a function */
void body_start(struct function *function);

/** body_finish - tidy the tables and copy them into @out */
void body_finish(struct facts_function *out);

/** body_event - append an event with a kind and a location, nothing else */
struct facts_event *body_event(enum facts_event_kind kind, uint32_t location);

/* branches.cc */

/** branches_prune - take away what constant conditions never reach */
void branches_prune(void);

/* events.cc */

/** events_drop_idle - drop dereferences that say nothing */
void events_drop_idle(void);

/** event_current - the event that was recorded last */
static inline uint32_t event_current(void)
{
	return body.events.count - 1;
}

/* fold.cc */

/** fold_phis - find the PHIs that join nothing, and forget those of memory */
void fold_phis(void);

/** folded - what a value stands for: itself, unless it is such a PHI */
uint32_t folded(uint32_t value);

/* blocks.cc */

/** blocks_start - look at the blocks of the body */
void blocks_start(void);

/** blocks_note_phi - values or memory meet at this block */
void blocks_note_phi(uint32_t block);

/** blocks_tidy - take out what needs no block, and number the rest anew */
void blocks_tidy(void);

/** blocks_number - the new number of a block */
uint32_t blocks_number(uint32_t block);

/** blocks_pred_number - the new number of where a PHI's operand comes from */
uint32_t blocks_pred_number(uint32_t block);

/* access.cc */

/** access_location - where an access is: the event before, if on its line */
uint32_t access_location(location_t location);

/** access_note - record the dereference in an operand without own event */
void access_note(gimple *stmt, tree operand);

/** access_store_at - record a store; @stmt is NULL on entry */
void access_store_at(gimple *stmt, const struct place *place, uint32_t value);

/** access_store - record the store of a value by an assignment */
void access_store(gimple *stmt, tree target, uint32_t value);

/** access_copy - record the copy of a whole record */
void access_copy(gimple *stmt, tree target, tree source);

/* calls.cc */

/** call_statement - record a call */
void call_statement(gimple *stmt);

/** asm_statement - record inline assembly */
void asm_statement(gasm *stmt);

/* values.cc */

/** value_get - the value of an index; holds until the next is made */
static inline struct facts_value *value_get(uint32_t index)
{
	return pool_at(&body.values, struct facts_value, index);
}

/** value_new - a value of which only these members are set */
uint32_t value_new(enum facts_value_kind kind, uint32_t type, uint32_t a,
		   uint32_t b);

/** value_unknown - a value that equals no other */
uint32_t value_unknown(uint32_t type);

/** value_constant - a constant */
uint32_t value_constant(uint32_t type, int64_t constant);

/** value_address - &(base -> path); the base itself if the path is empty */
uint32_t value_address(const struct place *place, uint32_t type);

/** value_is_operand - is a GIMPLE operand not in memory? */
bool value_is_operand(tree operand);

/** value_of - the value of a GIMPLE operand that is not in memory */
uint32_t value_of(tree operand);

/** value_read - the value of any GIMPLE operand as @stmt sees it */
uint32_t value_read(gimple *stmt, tree operand);

/** value_condition - the value of a comparison */
uint32_t value_condition(tree_code code, tree left, tree right);

/** value_set - say what an SSA name is, before anyone asks */
void value_set(tree name, uint32_t value);

/** values_finish_phis - look at all operands that were put off */
void values_finish_phis(void);

/* places.cc */

/**
 * place_of - where a memory reference points
 * @reference: a GIMPLE lvalue
 * @place:     set
 *
 * Return: false if it is no memory that facts can name.
 */
bool place_of(tree reference, struct place *place);

/**
 * place_of_bits - the bit-field that some bits of a BIT_FIELD_REF are
 * @reference: the BIT_FIELD_REF
 * @first:     first bit, counted from where @reference starts
 * @width:     number of bits
 * @place:     set to the member
 * @type:      set to its type
 *
 * Return: false if they are not exactly one member.
 */
bool place_of_bits(tree reference, unsigned int first, unsigned int width,
		   struct place *place, tree *type);

/** place_from_pointer - the memory a pointer value points to */
void place_from_pointer(uint32_t pointer, struct place *place);

/** local_id - the id of a variable that lives in the function's frame */
uint32_t local_id(tree decl);

/** memory_before - the version of memory that a statement sees */
uint32_t memory_before(gimple *stmt);

/** memory_made - a new version of memory, made by event @event of @stmt */
uint32_t memory_made(gimple *stmt, uint32_t event);

/** memory_after - a version made by event @event after version @before */
uint32_t memory_after(uint32_t before, uint32_t event);

/** memory_is - say which version of memory @stmt leaves behind */
void memory_is(gimple *stmt, uint32_t memory);

#endif
