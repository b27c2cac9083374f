// SPDX-License-Identifier: GPL-2.0-or-later
/* evaluate.c - expressions: what they are worth, what they do */
#include <ctype.h>
#include <string.h>

#include "cocci/flow.h"

#define MOST_ARGUMENTS 32

/* PAGE_SIZE, HZ: the kernel's constants are in capitals */
static bool is_capital(const char *name)
{
	for (; *name; name++)
		if (islower((unsigned char)*name))
			return false;
	return true;
}

/* What the language and the kernel's headers have a number for. */
static bool is_constant(const struct flow *flow, const char *name,
			int64_t *value)
{
	*value = !strcmp(name, "true");
	return *value || !strcmp(name, "false") || !strcmp(name, "NULL") ||
	       rules_constant(flow->rules, name, value);
}

static struct operand operand(uint32_t value, struct ctype type)
{
	return (struct operand){value, type};
}

static struct operand function_address(struct flow *flow, uint32_t name)
{
	uint32_t symbol =
		tables_add_symbol(flow->tables, name, FACTS_SYMBOL_FUNCTION);
	struct ctype type = {.pointers = 1};

	return operand(
		flow_value(flow,
			   (struct facts_value){
				   .kind = FACTS_VALUE_SYMBOL,
				   .type = tables_type(flow->tables, type),
				   .a = symbol}),
		type);
}

static bool is_function(const struct flow *flow, uint32_t name)
{
	uint32_t symbol = tables_symbol(flow->tables, name);

	return symbol != FACTS_NONE &&
	       flow->tables->symbols.items[symbol].kind ==
		       FACTS_SYMBOL_FUNCTION;
}

static struct operand global_value(struct flow *flow, uint32_t name)
{
	const char *text = strings_get(&flow->tables->unit->strings, name);
	struct place place = {0};
	int64_t constant;

	if (is_constant(flow, text, &constant))
		return operand(flow_constant(flow, constant),
			       (struct ctype){0});
	if (is_function(flow, name))
		return function_address(flow, name);
	/* the same everywhere, whatever it is */
	place.base = flow_value(
		flow, (struct facts_value){
			      .kind = FACTS_VALUE_SYMBOL,
			      .a = tables_add_symbol(flow->tables, name,
						     FACTS_SYMBOL_VARIABLE)});
	place.type = flow->tables->variables
			     .items[tables_symbol(flow->tables, name)];
	return flow_load(flow, place);
}

static struct operand name_value(struct flow *flow, const struct node *node)
{
	if (flow_find(flow, node->name))
		return flow_load(flow, flow_place(flow, node));
	return global_value(flow, node->name);
}

/*
 * What is handed over or stored by a name that nobody has declared here may
 * be a function of another file.
 */
static struct operand handed(struct flow *flow, const struct node *node)
{
	const char *text =
		strings_get(&flow->tables->unit->strings, node->name);
	int64_t constant;

	while (node->kind == NODE_ADDRESS && node->a->kind == NODE_NAME &&
	       is_function(flow, node->a->name))
		node = node->a;
	if (node->kind == NODE_NAME && !flow_find(flow, node->name) &&
	    tables_symbol(flow->tables, node->name) == FACTS_NONE &&
	    !is_capital(text) && !is_constant(flow, text, &constant))
		return function_address(flow, node->name);
	return flow_evaluate(flow, node);
}

static uint32_t call_event(struct flow *flow, uint32_t callee,
			   const uint32_t *arguments, uint32_t count,
			   const struct node *where)
{
	struct facts_event event = {.kind = FACTS_EVENT_CALL,
				    .value = callee,
				    .first = (uint32_t)flow->arguments.count,
				    .count = count};

	event.location =
		tables_location(flow->tables, where->line, where->column);
	for (uint32_t i = 0; i < count; i++)
		vector_push(&flow->arguments, arguments[i]);
	return flow_event(flow, event, true);
}

struct operand flow_call(struct flow *flow, uint32_t name,
			 const uint32_t *arguments, uint32_t count,
			 const struct node *where)
{
	uint32_t callee = function_address(flow, name).value;
	uint32_t event = call_event(flow, callee, arguments, count, where);

	return operand(flow_value(flow,
				  (struct facts_value){.kind = FACTS_VALUE_CALL,
						       .a = event}),
		       (struct ctype){0});
}

/* likely(x) is x: whether the rules say so. */
static bool is_its_argument(const struct flow *flow, const struct node *node)
{
	const struct rule *rule;

	if (node->kind != NODE_CALL || node->a->kind != NODE_NAME || !node->b)
		return false;
	rule = rules_function(flow->rules,
			      strings_get(&flow->tables->unit->strings,
					  node->a->name));
	return rule && rule->value == VALUE_ARGUMENT;
}

static struct operand call(struct flow *flow, const struct node *node)
{
	uint32_t arguments[MOST_ARGUMENTS], count = 0, callee, event;
	const struct node *each = node->b;

	flow->line = node->line;
	if (is_its_argument(flow, node))
		return flow_evaluate(flow, node->b);
	for (; each && count < MOST_ARGUMENTS; each = each->next)
		arguments[count++] = handed(flow, each).value;
	if (node->a->kind == NODE_NAME && !flow_find(flow, node->a->name))
		return flow_call(flow, node->a->name, arguments, count, node);
	callee = flow_evaluate(flow, node->a).value;
	event = call_event(flow, callee, arguments, count, node);
	return operand(flow_value(flow,
				  (struct facts_value){.kind = FACTS_VALUE_CALL,
						       .a = event}),
		       (struct ctype){0});
}

/* As C has it: -1 beside an unsigned int is 0xffffffff. */
static uint32_t constant_as(struct flow *flow, uint32_t constant,
			    uint32_t value)
{
	struct facts_value as = flow->values.items[constant];
	const struct facts_type *type;

	as.type = flow->values.items[value].type;
	type = &flow->tables->types.items[as.type];
	if (!as.type || type->kind != FACTS_TYPE_INTEGER)
		return constant;
	if (type->bits == 32)
		as.constant = type->is_signed ? (int64_t)(int32_t)as.constant
					      : (int64_t)(uint32_t)as.constant;
	return flow_value(flow, as);
}

static struct operand compute(struct flow *flow, uint8_t op, struct operand a,
			      struct operand b)
{
	bool compares = op >= FACTS_OP_EQ && op <= FACTS_OP_GE;
	const struct facts_value *left;
	struct facts_value value = {.kind = FACTS_VALUE_BINARY,
				    .op = op,
				    .a = a.value,
				    .b = b.value};

	if (compares &&
	    flow->values.items[b.value].kind == FACTS_VALUE_CONSTANT)
		value.b = constant_as(flow, b.value, a.value);
	left = &flow->values.items[a.value];
	value.type = left->type;
	if (left->kind == FACTS_VALUE_CONSTANT)
		value.type = flow->values.items[b.value].type;
	if (compares)
		return operand(flow_value(flow, value), (struct ctype){0});
	return operand(flow_value(flow, value),
		       a.type.pointers ? a.type : b.type);
}

static bool is_number(const struct flow *flow, struct operand operand,
		      int64_t *number)
{
	const struct facts_value *value = &flow->values.items[operand.value];

	*number = value->constant;
	return value->kind == FACTS_VALUE_CONSTANT;
}

/* Flags are put together from constants: GFP_KERNEL | __GFP_NOWARN */
static struct operand binary(struct flow *flow, const struct node *node)
{
	struct operand a = flow_evaluate(flow, node->a);
	struct operand b = flow_evaluate(flow, node->b);
	int64_t x, y;

	if (is_number(flow, a, &x) && is_number(flow, b, &y)) {
		switch (node->op) {
		case FACTS_OP_OR:
			return operand(flow_constant(flow, x | y), a.type);
		case FACTS_OP_AND:
			return operand(flow_constant(flow, x & y), a.type);
		case FACTS_OP_SHL:
			if (x >= 0 && y >= 0 && y < 32 && x <= INT32_MAX)
				return operand(flow_constant(flow, x << y),
					       a.type);
			break;
		case FACTS_OP_EQ:
			return operand(flow_constant(flow, x == y), a.type);
		case FACTS_OP_NE:
			return operand(flow_constant(flow, x != y), a.type);
		default:
			break;
		}
	}
	return compute(flow, node->op, a, b);
}

static struct operand unary(struct flow *flow, const struct node *node)
{
	struct operand a = flow_evaluate(flow, node->a);
	int64_t x;

	if (node->op == FACTS_OP_NOT)
		return compute(flow, FACTS_OP_EQ, a,
			       operand(flow_constant(flow, 0), a.type));
	if (is_number(flow, a, &x) && x != INT64_MIN)
		return operand(
			flow_constant(flow, node->op == FACTS_OP_NEG ? -x : ~x),
			a.type);
	return operand(
		flow_value(flow,
			   (struct facts_value){
				   .kind = FACTS_VALUE_UNARY,
				   .op = node->op,
				   .type = flow->values.items[a.value].type,
				   .a = a.value}),
		a.type);
}

static struct operand assign(struct flow *flow, const struct node *node)
{
	struct operand value;
	struct place place;

	if (node->op == FACTS_OP_NONE) {
		value = handed(flow, node->b);
		place = flow_place(flow, node->a);
	} else {
		place = flow_place(flow, node->a);
		value = compute(flow, node->op, flow_load(flow, place),
				flow_evaluate(flow, node->b));
	}
	flow_store(flow, place, value.value);
	value.type = place.type;
	return value;
}

static struct operand step(struct flow *flow, const struct node *node)
{
	struct place place = flow_place(flow, node->a);
	struct operand old = flow_load(flow, place), new;

	new = compute(flow, node->op, old,
		      operand(flow_constant(flow, 1), old.type));
	flow_store(flow, place, new.value);
	return node->late ? old : new;
}

/* The arms may do something, and so are ways of their own that meet again. */
static struct operand select_value(struct flow *flow, const struct node *node)
{
	uint32_t yes = flow_block(flow), no = flow_block(flow);
	uint32_t end = flow_block(flow), result;
	struct operand value;

	result = flow_declare(flow, 0, (struct ctype){0});
	flow_branch(flow, node->a, yes, no);
	flow_seal(flow, yes);
	flow_seal(flow, no);
	flow->now = yes;
	value = flow_evaluate(flow, node->b);
	flow_write(flow, result, value.value);
	flow_goto(flow, end);
	flow->now = no;
	value = flow_evaluate(flow, node->c);
	flow_write(flow, result, value.value);
	flow_goto(flow, end);
	flow_seal(flow, end);
	flow->now = end;
	return operand(flow_read(flow, result), value.type);
}

static struct operand truth(struct flow *flow, const struct node *node)
{
	struct node one = {.kind = NODE_NUMBER, .constant = 1};
	struct node zero = {.kind = NODE_NUMBER};
	struct node select = {.kind = NODE_SELECT,
			      .a = (struct node *)node,
			      .b = &one,
			      .c = &zero};

	return select_value(flow, &select);
}

static struct operand list_value(struct flow *flow, const struct node *node)
{
	for (const struct node *each = node->a; each; each = each->next)
		flow_evaluate(flow, each->a);
	return operand(flow_unknown(flow, (struct ctype){0}),
		       (struct ctype){0});
}

static struct operand address(struct flow *flow, const struct node *node)
{
	if (node->a->kind == NODE_NAME && !flow_find(flow, node->a->name) &&
	    is_function(flow, node->a->name))
		return function_address(flow, node->a->name);
	return flow_address(flow, flow_place(flow, node->a));
}

struct operand flow_evaluate(struct flow *flow, const struct node *node)
{
	switch (node->kind) {
	case NODE_NAME:
		return name_value(flow, node);
	case NODE_NUMBER:
		return operand(flow_constant(flow, node->constant),
			       (struct ctype){0});
	case NODE_STRING:
		return operand(flow_value(flow,
					  (struct facts_value){
						  .kind = FACTS_VALUE_STRING}),
			       (struct ctype){.pointers = 1});
	case NODE_CALL:
		return call(flow, node);
	case NODE_MEMBER:
	case NODE_POINTER:
	case NODE_INDEX:
	case NODE_DEREF:
		return flow_load(flow, flow_place(flow, node));
	case NODE_ADDRESS:
		return address(flow, node);
	case NODE_UNARY:
		return unary(flow, node);
	case NODE_BINARY:
		return binary(flow, node);
	case NODE_AND:
	case NODE_OR:
		return truth(flow, node);
	case NODE_SELECT:
		return select_value(flow, node);
	case NODE_ASSIGN:
		return assign(flow, node);
	case NODE_STEP:
		return step(flow, node);
	case NODE_COMMA:
		flow_evaluate(flow, node->a);
		return flow_evaluate(flow, node->b);
	case NODE_BLOCK_VALUE:
		return flow_block_value(flow, node->a);
	case NODE_LIST:
		return list_value(flow, node);
	default:
		return operand(flow_unknown(flow, (struct ctype){0}),
			       (struct ctype){0});
	}
}

static void test(struct flow *flow, const struct node *node, uint32_t yes,
		 uint32_t no)
{
	struct operand value = flow_evaluate(flow, node);
	struct block *block = &flow->blocks.items[flow->now];
	int64_t number;

	if (is_number(flow, value, &number)) {
		flow_goto(flow, number ? yes : no);
		return;
	}
	if (block->ended || flow->too_large)
		return;
	block->ended = true;
	block->jump = FACTS_JUMP_IF;
	block->condition = value.value;
	block->location = tables_location(flow->tables, flow->line, 1);
	flow_way(flow, flow->now, (struct facts_edge){.block = yes});
	flow_way(flow, flow->now, (struct facts_edge){.block = no});
}

void flow_branch(struct flow *flow, const struct node *node, uint32_t yes,
		 uint32_t no)
{
	uint32_t between;

	while (is_its_argument(flow, node))
		node = node->b;
	switch (node->kind) {
	case NODE_AND:
	case NODE_OR:
		between = flow_block(flow);
		if (node->kind == NODE_AND)
			flow_branch(flow, node->a, between, no);
		else
			flow_branch(flow, node->a, yes, between);
		flow_seal(flow, between);
		flow->now = between;
		flow_branch(flow, node->b, yes, no);
		return;
	case NODE_UNARY:
		if (node->op != FACTS_OP_NOT)
			break;
		flow_branch(flow, node->a, no, yes);
		return;
	default:
		break;
	}
	test(flow, node, yes, no);
}
