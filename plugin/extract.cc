// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * extract.cc - a function's blocks and statements
 *
 * Blocks are walked in reverse postorder, so that what a statement uses has
 * been seen before it, but for the operands of PHIs.
 */
#include "gcc-compat.h"

#include "body.h"
#include "operators.h"

static void assign_memory(gimple *stmt, tree target)
{
	tree source = gimple_assign_rhs1(stmt);
	uint32_t type = type_id(TREE_TYPE(target));

	if (!gimple_assign_single_p(stmt))
		access_store(stmt, target, value_unknown(type));
	else if (TREE_CODE(source) == CONSTRUCTOR)
		access_store(stmt, target,
			     CONSTRUCTOR_NELTS(source)
				     ? value_unknown(type)
				     : value_constant(type, 0));
	else if (value_is_operand(source))
		access_store(stmt, target, value_of(source));
	else
		access_copy(stmt, target, source);
}

static void assignment(gimple *stmt)
{
	tree target = gimple_assign_lhs(stmt);

	if (gimple_clobber_p(stmt))
		return;
	if (TREE_CODE(target) != SSA_NAME)
		assign_memory(stmt, target);
	else if (gimple_assign_single_p(stmt))
		access_note(stmt, gimple_assign_rhs1(stmt));
}

static void function_return(greturn *stmt)
{
	tree retval = gimple_return_retval(stmt);
	struct facts_event *event;
	uint32_t value = FACTS_NONE;

	if (retval)
		value = value_read(stmt, retval);
	event = body_event(FACTS_EVENT_RETURN,
			   location_id(gimple_location(stmt)));
	event->value = value;
}

static void statement(gimple *stmt)
{
	switch (gimple_code(stmt)) {
	case GIMPLE_ASSIGN:
		assignment(stmt);
		break;
	case GIMPLE_CALL:
		call_statement(stmt);
		break;
	case GIMPLE_ASM:
		asm_statement(as_a<gasm *>(stmt));
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

static uint32_t branch_location(location_t location)
{
	if (linemap_location_from_macro_expansion_p(line_table, location))
		return location_id(location);
	return access_location(location);
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
		access_store_at(NULL, &place, value);
		body.entry = memory_after(body.entry, event_current());
		body.events.items[event_current()].memory = body.entry;
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
