// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * extract.cc - a function's blocks and events
 *
 * Blocks are walked in reverse postorder, so that what a statement uses has
 * been seen before it, but for the operands of PHIs.
 */
#include "gcc-compat.h"

#include "body.h"
#include "operators.h"

static uint32_t current_event(void)
{
	return body.events.count - 1;
}

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
static uint32_t nearby(location_t location)
{
	uint32_t before = 0;

	if (body.events.count)
		before = body.events.items[current_event()].location;
	return location_near(location, before);
}

static uint32_t branch_location(location_t location)
{
	if (linemap_location_from_macro_expansion_p(line_table, location))
		return location_id(location);
	return nearby(location);
}

/* Record the dereference in a memory operand that makes no other event. */
static void note_access(gimple *stmt, tree operand)
{
	struct place place;
	struct facts_event *event;
	tree base = operand;

	while (handled_component_p(base))
		base = TREE_OPERAND(base, 0);
	if (TREE_CODE(base) != MEM_REF || !place_of(operand, &place) ||
	    !first_dereference(place.base))
		return;
	event = body_event(FACTS_EVENT_DEREF, 0);
	event->location = nearby(gimple_location(stmt));
	event->value = place.base;
}

static void store_at(gimple *stmt, const struct place *place, uint32_t value)
{
	struct facts_event *event;

	first_dereference(place->base);
	event = body_event(FACTS_EVENT_STORE, 0);
	if (stmt)
		event->location = nearby(gimple_location(stmt));
	event->value = value;
	event->base = place->base;
	event->path = place->path;
}

static void store(gimple *stmt, tree target, uint32_t value)
{
	struct place place;

	if (!place_of(target, &place))
		return;
	store_at(stmt, &place, value);
	body.events.items[current_event()].memory =
		memory_made(stmt, current_event());
}

static void copy_record(gimple *stmt, tree target, tree source)
{
	struct place from, to;
	struct facts_event *event;

	if (!place_of(target, &to) || !place_of(source, &from))
		return;
	note_access(stmt, source);
	first_dereference(to.base);
	event = body_event(FACTS_EVENT_COPY, 0);
	event->location = nearby(gimple_location(stmt));
	event->value = from.base;
	event->from_path = from.path;
	event->base = to.base;
	event->path = to.path;
	event->memory = memory_made(stmt, current_event());
}

static void assign_memory(gimple *stmt, tree target)
{
	tree source = gimple_assign_rhs1(stmt);
	uint32_t type = type_id(TREE_TYPE(target));

	if (!gimple_assign_single_p(stmt))
		store(stmt, target, value_unknown(type));
	else if (TREE_CODE(source) == CONSTRUCTOR)
		store(stmt, target,
		      CONSTRUCTOR_NELTS(source) ? value_unknown(type)
						: value_constant(type, 0));
	else if (is_gimple_val(source))
		store(stmt, target, value_of(source));
	else
		copy_record(stmt, target, source);
}

static void assignment(gimple *stmt)
{
	tree target = gimple_assign_lhs(stmt);

	if (gimple_clobber_p(stmt))
		return;
	if (TREE_CODE(target) != SSA_NAME)
		assign_memory(stmt, target);
	else if (gimple_assign_single_p(stmt))
		note_access(stmt, gimple_assign_rhs1(stmt));
}

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
	store_at(call, &place, value);
	body.events.items[current_event()].memory =
		memory_made(call, current_event());
}

static void call(gimple *stmt)
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
		note_access(stmt, gimple_call_arg(stmt, i));
		vector_push(&values,
			    value_read(stmt, gimple_call_arg(stmt, i)));
	}
	first = body.arguments.count;
	for (uint32_t i = 0; i < arguments; i++)
		vector_push(&body.arguments, values.items[i]);
	vector_free(&values);
	event = body_event(FACTS_EVENT_CALL, gimple_location(stmt));
	event->value = callee;
	event->first = first;
	event->count = arguments;
	id = current_event();
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

static void assembly(gasm *stmt)
{
	uint32_t inputs = gimple_asm_ninputs(stmt);
	uint32_t first;
	VECTOR(uint32_t) values = {};
	struct facts_event *event;

	if (hides_value(stmt))
		return;
	for (uint32_t i = 0; i < inputs; i++) {
		tree input = TREE_VALUE(gimple_asm_input_op(stmt, i));

		note_access(stmt, input);
		vector_push(&values, value_read(stmt, input));
	}
	for (unsigned int i = 0; i < gimple_asm_noutputs(stmt); i++)
		note_access(stmt, TREE_VALUE(gimple_asm_output_op(stmt, i)));
	first = body.arguments.count;
	for (uint32_t i = 0; i < inputs; i++)
		vector_push(&body.arguments, values.items[i]);
	vector_free(&values);
	event = body_event(FACTS_EVENT_ASM, gimple_location(stmt));
	event->first = first;
	event->count = inputs;
	event->string = strings_intern(&collector.unit.strings,
				       gimple_asm_string(stmt));
	event->memory = memory_made(stmt, current_event());
	asm_outputs(stmt, current_event());
}

static void function_return(greturn *stmt)
{
	tree retval = gimple_return_retval(stmt);
	struct facts_event *event;
	uint32_t value = FACTS_NONE;

	if (retval)
		value = value_read(stmt, retval);
	event = body_event(FACTS_EVENT_RETURN, gimple_location(stmt));
	event->value = value;
}

static void statement(gimple *stmt)
{
	switch (gimple_code(stmt)) {
	case GIMPLE_ASSIGN:
		assignment(stmt);
		break;
	case GIMPLE_CALL:
		call(stmt);
		break;
	case GIMPLE_ASM:
		assembly(as_a<gasm *>(stmt));
		break;
	case GIMPLE_RETURN:
		function_return(as_a<greturn *>(stmt));
		break;
	default:
		break;
	}
}

static struct facts_edge *add_edge(struct facts_block *block, basic_block to)
{
	struct facts_edge edge = {};

	edge.block = body.block_of[to->index];
	vector_push(&body.edges, edge);
	block->edges++;
	return &body.edges.items[body.edges.count - 1];
}

static void jump_if(struct facts_block *block, basic_block bb, gcond *stmt)
{
	edge yes, no;

	extract_true_false_edges_from_block(bb, &yes, &no);
	block->jump = FACTS_JUMP_IF;
	block->condition = value_condition(gimple_cond_code(stmt),
					   gimple_cond_lhs(stmt),
					   gimple_cond_rhs(stmt));
	block->location = branch_location(gimple_location(stmt));
	add_edge(block, yes->dest);
	add_edge(block, no->dest);
}

static int64_t case_bound(tree bound)
{
	return (int64_t)TREE_INT_CST_LOW(bound);
}

static void jump_switch(struct facts_block *block, gswitch *stmt)
{
	struct facts_edge *edge;

	block->jump = FACTS_JUMP_SWITCH;
	block->condition = value_exact(gimple_switch_index(stmt));
	block->location = branch_location(gimple_location(stmt));
	for (unsigned int i = 0; i < gimple_switch_num_labels(stmt); i++) {
		tree label = gimple_switch_label(stmt, i);

		edge = add_edge(block, label_to_block(body.function,
						      CASE_LABEL(label)));
		edge->otherwise = !CASE_LOW(label);
		if (edge->otherwise)
			continue;
		edge->low = case_bound(CASE_LOW(label));
		edge->high = CASE_HIGH(label) ? case_bound(CASE_HIGH(label))
					      : edge->low;
	}
}

static void jump_plain(struct facts_block *block, basic_block bb)
{
	edge_iterator i;
	edge e;

	FOR_EACH_EDGE(e, i, bb->succs)
	if (e->dest != EXIT_BLOCK_PTR_FOR_FN(body.function))
		add_edge(block, e->dest);
	if (!block->edges)
		block->jump = FACTS_JUMP_END;
	else if (block->edges == 1)
		block->jump = FACTS_JUMP_ALWAYS;
	else
		block->jump = FACTS_JUMP_ANY;
}

static void leave_block(struct facts_block *block, basic_block bb)
{
	gimple *last = compat_last_stmt(bb);

	block->condition = FACTS_NONE;
	block->first_edge = body.edges.count;
	if (last && gimple_code(last) == GIMPLE_COND)
		jump_if(block, bb, as_a<gcond *>(last));
	else if (last && gimple_code(last) == GIMPLE_SWITCH)
		jump_switch(block, as_a<gswitch *>(last));
	else
		jump_plain(block, bb);
}

/* Parameters that live in memory are stored there on entry. */
static void spill_params(void)
{
	tree param = DECL_ARGUMENTS(body.function->decl);
	uint32_t index = 0;

	for (; param; param = DECL_CHAIN(param), index++) {
		uint32_t type = type_id(TREE_TYPE(param));
		struct place place;
		uint32_t value;

		if (is_gimple_reg(param) || !place_of(param, &place))
			continue;
		value = value_new(FACTS_VALUE_PARAM, type, index, 0);
		store_at(NULL, &place, value);
		body.entry = memory_after(body.entry, current_event());
		body.events.items[current_event()].memory = body.entry;
	}
}

static void walk_block(basic_block bb)
{
	struct facts_block block = {};

	body.bb = bb;
	body.block = body.blocks.count;
	block.first_event = body.events.count;
	for (gimple_stmt_iterator i = gsi_start_bb(bb); !gsi_end_p(i);
	     gsi_next(&i))
		statement(gsi_stmt(i));
	leave_block(&block, bb);
	block.events = body.events.count - block.first_event;
	vector_push(&body.blocks, block);
}

/*
 * Nothing leads to block 0: it is GCC's empty one, since the first that holds
 * code may head a loop. It is joined with that one where it does not.
 */
static void walk_entry(struct function *function)
{
	basic_block bb = ENTRY_BLOCK_PTR_FOR_FN(function);
	struct facts_block block = {};

	body.bb = bb;
	body.block = 0;
	spill_params();
	block.events = body.events.count;
	block.condition = FACTS_NONE;
	jump_plain(&block, bb);
	vector_push(&body.blocks, block);
}

static void walk_function(struct function *function)
{
	int *order = XNEWVEC(int, n_basic_blocks_for_fn(function));
	int n = pre_and_rev_post_order_compute_fn(function, NULL, order, false);

	body.block_of = XRESIZEVEC(uint32_t, body.block_of,
				   last_basic_block_for_fn(function));
	memset(body.block_of, 0xff,
	       last_basic_block_for_fn(function) * sizeof(*body.block_of));
	for (int i = 0; i < n; i++)
		body.block_of[order[i]] = i + 1;
	body.block_of[ENTRY_BLOCK] = 0;
	walk_entry(function);
	for (int i = 0; i < n; i++)
		walk_block(BASIC_BLOCK_FOR_FN(function, order[i]));
	free(order);
	values_finish_phis();
}

static uint32_t source_flags(tree decl, int last_line)
{
	expanded_location start = expand_location(DECL_SOURCE_LOCATION(decl));
	uint32_t flags = 0;

	if (!start.file)
		return 0;
	if (strcmp(start.file, main_input_filename))
		flags |= FACTS_FUNCTION_IN_HEADER;
	if (source_mentions_rt(start.file, start.line, last_line))
		flags |= FACTS_FUNCTION_RT_CONDITIONAL;
	return flags;
}

void extract_function(struct cgraph_node *node)
{
	struct function *function = DECL_STRUCT_FUNCTION(node->decl);
	struct facts_function out = {};

	body_start(function);
	walk_function(function);
	out.symbol = symbol_id(node->decl);
	out.location = location_id(DECL_SOURCE_LOCATION(node->decl));
	out.end_line = expand_location(function->function_end_locus).line;
	out.flags = source_flags(node->decl, out.end_line);
	for (tree p = DECL_ARGUMENTS(node->decl); p; p = DECL_CHAIN(p))
		out.params++;
	body_finish(&out);
	vector_push(&collector.functions, out);
}
