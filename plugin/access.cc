// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * access.cc - events that read and write memory
 */
#include "gcc-compat.h"

#include "body.h"

/* How far back blocks are looked at that always come before this one. */
#define MAX_ANCESTORS 8

static bool comes_before(uint32_t block)
{
	basic_block bb = body.bb;

	/* GCC's entry block, and the first one with code */
	if (block <= 1)
		return true;
	for (int i = 0; i < MAX_ANCESTORS; i++) {
		if (body.block_of[bb->index] == block)
			return true;
		if (!single_pred_p(bb))
			return false;
		bb = single_pred(bb);
	}
	return false;
}

/* Note that a pointer was dereferenced; was it the first time on the way? */
static bool first_dereference(uint32_t pointer)
{
	uint8_t kind = value_get(pointer)->kind;

	if (kind == FACTS_VALUE_SYMBOL || kind == FACTS_VALUE_LOCAL ||
	    kind == FACTS_VALUE_STRING || kind == FACTS_VALUE_CONSTANT)
		return false;
	while (body.dereferenced.count <= pointer)
		vector_push(&body.dereferenced, 0);
	if (body.dereferenced.items[pointer] &&
	    comes_before(body.dereferenced.items[pointer] - 1))
		return false;
	body.dereferenced.items[pointer] = body.block + 1;
	return true;
}

/* The location of the event before, if it is on the same line. */
uint32_t access_location(location_t location)
{
	uint32_t before = 0;

	if (body.events.count)
		before = body.events.items[event_current()].location;
	return location_near(location, before);
}

/* Record the dereference in a memory operand that makes no other event. */
void access_note(gimple *stmt, tree operand)
{
	struct place place;
	struct facts_event *event;
	tree base = operand;

	while (handled_component_p(base))
		base = TREE_OPERAND(base, 0);
	if (TREE_CODE(base) != MEM_REF || !place_of(operand, &place) ||
	    !first_dereference(place.base))
		return;
	event = body_event(FACTS_EVENT_DEREF,
			   access_location(gimple_location(stmt)));
	event->value = place.base;
}

void access_store_at(gimple *stmt, const struct place *place, uint32_t value)
{
	struct facts_event *event;

	first_dereference(place->base);
	event = body_event(FACTS_EVENT_STORE,
			   stmt ? access_location(gimple_location(stmt)) : 0);
	event->value = value;
	event->base = place->base;
	event->path = place->path;
}

void access_store(gimple *stmt, tree target, uint32_t value)
{
	struct place place;

	if (!place_of(target, &place))
		return;
	access_store_at(stmt, &place, value);
	body.events.items[event_current()].memory =
		memory_made(stmt, event_current());
}

void access_copy(gimple *stmt, tree target, tree source)
{
	struct place from, to;
	struct facts_event *event;

	if (!place_of(source, &from)) {
		access_store(stmt, target,
			     value_unknown(type_id(TREE_TYPE(target))));
		return;
	}
	if (!place_of(target, &to))
		return;
	access_note(stmt, source);
	first_dereference(to.base);
	event = body_event(FACTS_EVENT_COPY,
			   access_location(gimple_location(stmt)));
	event->value = from.base;
	event->from_path = from.path;
	event->base = to.base;
	event->path = to.path;
	event->memory = memory_made(stmt, event_current());
}
