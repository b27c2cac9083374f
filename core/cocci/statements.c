// SPDX-License-Identifier: GPL-2.0-or-later
/* statements.c - statements: the ways through a function */
#include <stdio.h>
#include <string.h>

#include "cocci/flow.h"

static void statement(struct flow *flow, const struct node *node);

/* What follows has no way into it, but by a label. */
static void cut(struct flow *flow)
{
	flow->now = flow_block(flow);
	flow_seal(flow, flow->now);
}

static void enter(struct flow *flow, uint32_t block)
{
	flow_seal(flow, block);
	flow->now = block;
}

static bool is_name(const struct flow *flow, const struct node *node,
		    const char *name)
{
	return node && node->kind == NODE_NAME &&
	       !strcmp(strings_get(&flow->tables->unit->strings, node->name),
		       name);
}

/* What GCC sees of guard(name)(lock): a class's constructor and destructor */
static void call_class(struct flow *flow, struct guard guard, const char *what,
		       const struct node *where)
{
	struct strings *strings = &flow->tables->unit->strings;
	char name[128];

	snprintf(name, sizeof(name), "class_%s_%s",
		 strings_get(strings, guard.name), what);
	flow_call(flow, strings_intern(strings, name), &guard.value, 1, where);
}

static void open_guard(struct flow *flow, const struct node *class,
		       const struct node *lock, const struct node *where)
{
	struct guard guard = {.name = class->name};

	guard.value = lock ? flow_evaluate(flow, lock).value
			   : flow_constant(flow, 0);
	call_class(flow, guard, "constructor", where);
	vector_push(&flow->guards, guard);
}

void flow_leave_guards(struct flow *flow, size_t keep)
{
	struct node where = {.line = flow->line, .column = 1};

	for (size_t i = flow->guards.count; i-- > keep;)
		call_class(flow, flow->guards.items[i], "destructor", &where);
}

static bool is_guard(const struct flow *flow, const struct node *node)
{
	return node->kind == NODE_CALL && node->a->kind == NODE_CALL &&
	       is_name(flow, node->a->a, "guard") && node->a->b &&
	       node->a->b->kind == NODE_NAME;
}

static void evaluate(struct flow *flow, const struct node *node)
{
	if (is_guard(flow, node->a))
		open_guard(flow, node->a->a->b, node->a->b, node->a);
	else
		flow_evaluate(flow, node->a);
}

static void declare(struct flow *flow, const struct node *node)
{
	struct node name = {.kind = NODE_NAME, .name = node->name};
	struct node assign = {.kind = NODE_ASSIGN, .a = &name, .b = node->a};
	uint32_t variable;

	if (!node->a || node->a->kind == NODE_LIST) {
		variable = flow_declare(flow, node->name, node->type);
		if (node->a && flow->variables.items[variable].in_memory)
			flow_initialise(flow, flow_place(flow, &name), node->a);
		else if (!flow->variables.items[variable].in_memory)
			flow_write(flow, variable,
				   flow_unknown(flow, node->type));
		return;
	}
	flow_declare(flow, node->name, node->type);
	flow_evaluate(flow, &assign);
}

static void if_statement(struct flow *flow, const struct node *node)
{
	uint32_t yes = flow_block(flow), no = flow_block(flow);
	uint32_t end = node->c ? flow_block(flow) : no;

	flow_branch(flow, node->a, yes, no);
	enter(flow, yes);
	flow_statements(flow, node->b);
	flow_goto(flow, end);
	if (node->c) {
		enter(flow, no);
		flow_statements(flow, node->c);
		flow_goto(flow, end);
	}
	enter(flow, end);
}

/* A loop's body, from which break and continue lead to @end and @next. */
static void body(struct flow *flow, const struct node *node, uint32_t end,
		 uint32_t next)
{
	uint32_t break_to = flow->break_to, continue_to = flow->continue_to;
	size_t break_guards = flow->break_guards;
	size_t continue_guards = flow->continue_guards;

	flow->break_to = end;
	flow->break_guards = flow->guards.count;
	if (next != FACTS_NONE) {
		flow->continue_to = next;
		flow->continue_guards = flow->guards.count;
	}
	flow_statements(flow, node);
	flow->break_to = break_to;
	flow->break_guards = break_guards;
	flow->continue_to = continue_to;
	flow->continue_guards = continue_guards;
}

/* @condition NULL: for ever; @last NULL: nothing after the body */
static void loop(struct flow *flow, const struct node *condition,
		 const struct node *inside, const struct node *last)
{
	uint32_t head = flow_block(flow), start = flow_block(flow);
	uint32_t next = flow_block(flow), end = flow_block(flow);

	flow_goto(flow, head);
	flow->now = head;
	if (condition)
		flow_branch(flow, condition, start, end);
	else
		flow_goto(flow, start);
	enter(flow, start);
	body(flow, inside, end, next);
	flow_goto(flow, next);
	enter(flow, next);
	if (last)
		flow_evaluate(flow, last);
	flow_goto(flow, head);
	flow_seal(flow, head);
	enter(flow, end);
}

static void for_statement(struct flow *flow, const struct node *node)
{
	size_t outside = flow->variables.count;

	for (const struct node *each = node->a; each; each = each->next)
		statement(flow, each);
	loop(flow, node->b, node->d, node->c);
	for (size_t i = outside; i < flow->variables.count; i++)
		flow->variables.items[i].name = 0;
}

static void do_statement(struct flow *flow, const struct node *node)
{
	uint32_t start = flow_block(flow), next = flow_block(flow);
	uint32_t end = flow_block(flow);

	flow_goto(flow, start);
	flow->now = start;
	body(flow, node->b, end, next);
	flow_goto(flow, next);
	enter(flow, next);
	if (node->a)
		flow_branch(flow, node->a, start, end);
	else
		flow_goto(flow, end);
	flow_seal(flow, start);
	enter(flow, end);
}

/* A macro that loops sets the variables it is given, who knows how often. */
static void each_statement(struct flow *flow, const struct node *node)
{
	struct node unknown = {.kind = NODE_UNKNOWN};
	const struct node *argument = node->a->b;
	uint32_t head = flow_block(flow), start = flow_block(flow);
	uint32_t end = flow_block(flow), variable;
	size_t guards = flow->guards.count;

	if (is_name(flow, node->a->a, "scoped_guard") && argument &&
	    argument->kind == NODE_NAME) {
		open_guard(flow, argument, argument->next, node->a);
		flow_goto(flow, start);
		enter(flow, start);
		body(flow, node->b, end, FACTS_NONE);
		flow_leave_guards(flow, guards);
		flow->guards.count = guards;
		flow_goto(flow, end);
		enter(flow, end);
		return;
	}
	flow_goto(flow, head);
	flow->now = head;
	for (; argument; argument = argument->next) {
		variable = argument->kind == NODE_NAME
				   ? flow_find(flow, argument->name)
				   : 0;
		if (variable && !flow->variables.items[variable].in_memory)
			flow_write(
				flow, variable,
				flow_unknown(
					flow,
					flow->variables.items[variable].type));
	}
	flow_branch(flow, &unknown, start, end);
	enter(flow, start);
	body(flow, node->b, end, head);
	flow_goto(flow, head);
	flow_seal(flow, head);
	enter(flow, end);
}

static void switch_statement(struct flow *flow, const struct node *node)
{
	uint32_t condition = flow_evaluate(flow, node->a).value;
	uint32_t outer = flow->chooser, end = flow_block(flow);
	bool has_default = flow->has_default, vague = flow->vague;
	struct block *block = &flow->blocks.items[flow->now];

	if (block->ended || flow->too_large)
		return;
	block->ended = true;
	block->jump = FACTS_JUMP_SWITCH;
	block->condition = condition;
	block->location = tables_location(flow->tables, flow->line, 1);
	flow->chooser = flow->now;
	flow->has_default = false;
	flow->vague = false;
	cut(flow);
	body(flow, node->b, end, FACTS_NONE);
	flow_goto(flow, end);
	if (!flow->has_default)
		flow_way(flow, flow->chooser,
			 (struct facts_edge){.block = end, .otherwise = true});
	if (flow->vague)
		flow->blocks.items[flow->chooser].jump = FACTS_JUMP_ANY;
	flow->chooser = outer;
	flow->has_default = has_default;
	flow->vague = vague;
	enter(flow, end);
}

static void case_statement(struct flow *flow, const struct node *node)
{
	struct facts_edge edge = {.block = flow_block(flow)};
	const struct facts_value *low, *high;
	uint32_t from = flow->now;

	if (flow->chooser == FACTS_NONE || flow->too_large)
		return;
	if (!node->a) {
		edge.otherwise = true;
		flow->has_default = true;
	} else {
		uint32_t a = flow_evaluate(flow, node->a).value;
		uint32_t b = node->b ? flow_evaluate(flow, node->b).value : a;

		low = &flow->values.items[a];
		high = &flow->values.items[b];
		edge.low = low->constant;
		edge.high = high->constant;
		if (low->kind != FACTS_VALUE_CONSTANT ||
		    high->kind != FACTS_VALUE_CONSTANT)
			flow->vague = true;
	}
	flow_way(flow, flow->chooser, edge);
	flow->now = from;
	flow_goto(flow, edge.block);
	enter(flow, edge.block);
}

static uint32_t find_label(struct flow *flow, uint32_t name)
{
	struct target target = {.name = name};

	for (size_t i = 0; i < flow->labels.count; i++)
		if (flow->labels.items[i].name == name)
			return flow->labels.items[i].block;
	target.block = flow_block(flow);
	vector_push(&flow->labels, target);
	return target.block;
}

static void label(struct flow *flow, const struct node *node)
{
	uint32_t block = find_label(flow, node->name);

	flow_goto(flow, block);
	flow->now = block;
}

static void return_statement(struct flow *flow, const struct node *node)
{
	struct facts_event event = {.kind = FACTS_EVENT_RETURN,
				    .value = FACTS_NONE};
	struct block *block;

	if (node->a)
		event.value = flow_evaluate(flow, node->a).value;
	flow_leave_guards(flow, 0);
	event.location = tables_location(flow->tables, flow->line, 1);
	block = &flow->blocks.items[flow->now];
	if (!block->ended) {
		flow_event(flow, event, false);
		flow->blocks.items[flow->now].ended = true;
		flow->blocks.items[flow->now].jump = FACTS_JUMP_END;
	}
	cut(flow);
}

static void jump(struct flow *flow, uint32_t to, size_t guards)
{
	if (to == FACTS_NONE)
		return;
	flow_leave_guards(flow, guards);
	flow_goto(flow, to);
	cut(flow);
}

static void statement(struct flow *flow, const struct node *node)
{
	if (flow->too_large)
		return;
	flow->line = node->line;
	switch (node->kind) {
	case NODE_EVALUATE:
		evaluate(flow, node);
		return;
	case NODE_DECLARE:
		declare(flow, node);
		return;
	case NODE_COMPOUND:
		flow_statements(flow, node->a);
		return;
	case NODE_IF:
		if_statement(flow, node);
		return;
	case NODE_WHILE:
		loop(flow, node->a, node->b, NULL);
		return;
	case NODE_DO:
		do_statement(flow, node);
		return;
	case NODE_FOR:
		for_statement(flow, node);
		return;
	case NODE_EACH:
		each_statement(flow, node);
		return;
	case NODE_SWITCH:
		switch_statement(flow, node);
		return;
	case NODE_CASE:
		case_statement(flow, node);
		return;
	case NODE_LABEL:
		label(flow, node);
		return;
	case NODE_GOTO:
		jump(flow, find_label(flow, node->name), flow->guards.count);
		return;
	case NODE_RETURN:
		return_statement(flow, node);
		return;
	case NODE_BREAK:
		jump(flow, flow->break_to, flow->break_guards);
		return;
	case NODE_CONTINUE:
		jump(flow, flow->continue_to, flow->continue_guards);
		return;
	default:
		return;
	}
}

static void leave(struct flow *flow, size_t variables, size_t guards)
{
	flow_leave_guards(flow, guards);
	flow->guards.count = guards;
	for (size_t i = variables; i < flow->variables.count; i++)
		flow->variables.items[i].name = 0;
}

void flow_statements(struct flow *flow, const struct node *list)
{
	size_t variables = flow->variables.count;
	size_t guards = flow->guards.count;

	for (; list; list = list->next)
		statement(flow, list);
	leave(flow, variables, guards);
}

struct operand flow_block_value(struct flow *flow, const struct node *list)
{
	size_t variables = flow->variables.count;
	size_t guards = flow->guards.count;
	struct operand result = {.value =
					 flow_unknown(flow, (struct ctype){0})};

	for (; list; list = list->next) {
		if (!list->next && list->kind == NODE_EVALUATE)
			result = flow_evaluate(flow, list->a);
		else
			statement(flow, list);
	}
	leave(flow, variables, guards);
	return result;
}
