// SPDX-License-Identifier: GPL-2.0-or-later
/* calls.cc - calls and inline assembly as events */
#include "gcc-compat.h"

#include "body.h"

/* Built-ins that neither do anything nor tell anything. */
static bool is_noise(gimple *call)
{
	if (!gimple_call_builtin_p(call, BUILT_IN_NORMAL))
		return false;
	switch (DECL_FUNCTION_CODE(gimple_call_fndecl(call))) {
	case BUILT_IN_EXPECT:
	case BUILT_IN_EXPECT_WITH_PROBABILITY:
	case BUILT_IN_ASSUME_ALIGNED:
	case BUILT_IN_CONSTANT_P:
	case BUILT_IN_OBJECT_SIZE:
	case BUILT_IN_RETURN_ADDRESS:
	case BUILT_IN_FRAME_ADDRESS:
	case BUILT_IN_EXTRACT_RETURN_ADDR:
	case BUILT_IN_UNREACHABLE:
	case BUILT_IN_PREFETCH:
	case BUILT_IN_STACK_SAVE:
	case BUILT_IN_STACK_RESTORE:
	case BUILT_IN_VA_START:
	case BUILT_IN_VA_END:
	case BUILT_IN_VA_COPY:
		CASE_INT_FN(BUILT_IN_FFS)
		    : CASE_INT_FN(BUILT_IN_CLZ)
		    : CASE_INT_FN(BUILT_IN_CTZ)
		    : CASE_INT_FN(BUILT_IN_CLRSB)
		    : CASE_INT_FN(BUILT_IN_POPCOUNT)
		    : CASE_INT_FN(BUILT_IN_PARITY)
		    : case BUILT_IN_BSWAP16 : case BUILT_IN_BSWAP32
		    : case BUILT_IN_BSWAP64 : return true;
	default:
		return false;
	}
}

static void call_result(gimple *call, uint32_t event)
{
	tree result = gimple_call_lhs(call);
	struct place place;
	uint32_t value;

	if (!result)
		return;
	value = value_new(FACTS_VALUE_CALL, type_id(TREE_TYPE(result)), event,
			  0);
	if (TREE_CODE(result) == SSA_NAME) {
		value_set(result, value);
		return;
	}
	/* A record by value: the call, and then a store of its result. */
	if (!place_of(result, &place))
		return;
	access_store_at(call, &place, value);
	body.events.items[event_current()].memory =
		memory_made(call, event_current());
}

void call_statement(gimple *stmt)
{
	uint32_t arguments = gimple_call_num_args(stmt);
	uint32_t callee, id, first;
	VECTOR(uint32_t) values = {};
	struct facts_event *event;
	tree result = gimple_call_lhs(stmt);

	if (gimple_call_internal_p(stmt) || is_noise(stmt))
		return;
	callee = value_of(gimple_call_fn(stmt));
	for (uint32_t i = 0; i < arguments; i++) {
		access_note(stmt, gimple_call_arg(stmt, i));
		vector_push(&values,
			    value_read(stmt, gimple_call_arg(stmt, i)));
	}
	first = body.arguments.count;
	for (uint32_t i = 0; i < arguments; i++)
		vector_push(&body.arguments, values.items[i]);
	vector_free(&values);
	event = body_event(FACTS_EVENT_CALL,
			   location_id(gimple_location(stmt)));
	event->value = callee;
	event->first = first;
	event->count = arguments;
	id = event_current();
	if (gimple_vdef(stmt))
		event->memory = memory_after(memory_before(stmt), id);
	if (!result || TREE_CODE(result) == SSA_NAME)
		memory_is(stmt, body.events.items[id].memory);
	call_result(stmt, id);
}

/*
 * asm("" : "=r" (x) : "0" (y)) hides where x comes from, from the optimiser,
 * not from us: RELOC_HIDE() of per_cpu_ptr(), OPTIMIZER_HIDE_VAR().
 */
static bool hides_value(gasm *stmt)
{
	tree output, input;

	if (*gimple_asm_string(stmt) || gimple_asm_nclobbers(stmt) ||
	    gimple_asm_noutputs(stmt) != 1 || gimple_asm_ninputs(stmt) != 1)
		return false;
	output = TREE_VALUE(gimple_asm_output_op(stmt, 0));
	input = gimple_asm_input_op(stmt, 0);
	if (TREE_CODE(output) != SSA_NAME ||
	    strcmp(TREE_STRING_POINTER(TREE_VALUE(TREE_PURPOSE(input))), "0"))
		return false;
	value_set(output, value_of(TREE_VALUE(input)));
	return true;
}

static void asm_outputs(gasm *stmt, uint32_t event)
{
	for (unsigned int i = 0; i < gimple_asm_noutputs(stmt); i++) {
		tree output = TREE_VALUE(gimple_asm_output_op(stmt, i));

		if (TREE_CODE(output) == SSA_NAME)
			value_set(output, value_new(FACTS_VALUE_ASM,
						    type_id(TREE_TYPE(output)),
						    event, i));
	}
}

void asm_statement(gasm *stmt)
{
	uint32_t inputs = gimple_asm_ninputs(stmt);
	uint32_t first;
	VECTOR(uint32_t) values = {};
	struct facts_event *event;

	if (hides_value(stmt))
		return;
	for (uint32_t i = 0; i < inputs; i++) {
		tree input = TREE_VALUE(gimple_asm_input_op(stmt, i));

		access_note(stmt, input);
		vector_push(&values, value_read(stmt, input));
	}
	for (unsigned int i = 0; i < gimple_asm_noutputs(stmt); i++)
		access_note(stmt, TREE_VALUE(gimple_asm_output_op(stmt, i)));
	first = body.arguments.count;
	for (uint32_t i = 0; i < inputs; i++)
		vector_push(&body.arguments, values.items[i]);
	vector_free(&values);
	event = body_event(FACTS_EVENT_ASM, location_id(gimple_location(stmt)));
	event->first = first;
	event->count = inputs;
	event->string = strings_intern(&collector.unit.strings,
				       gimple_asm_string(stmt));
	event->memory = memory_made(stmt, event_current());
	asm_outputs(stmt, event_current());
}
