// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * argument.c - calls: from arguments to parameters, and what fits a call
 *
 * Calls through the same node reach the same functions: their arguments meet
 * in nodes of their own, from where they go to the parameters of each.
 */
#include "link/pointers.h"

static uint32_t params_of(const struct pointers *pointers, uint32_t function)
{
	return pointers->first_param[function + 1] -
	       pointers->first_param[function];
}

void arguments_flow(struct pointers *pointers, struct call_site site,
		    uint32_t callee)
{
	const struct facts_function *facts =
		&pointers->program->functions.items[site.function].facts;
	const struct facts_event *event = &facts->events[site.event];
	const uint32_t *types =
		pointers->param_types + pointers->first_param[callee];
	uint32_t params = params_of(pointers, callee);

	for (uint32_t i = 0; i < event->count && i < params; i++) {
		uint32_t value = facts->arguments[event->first + i];

		if (types[i] &&
		    sources_matter(pointers, site.function, value, types[i]))
			sources_flow(pointers, site.function, value,
				     node_of(pointers, NODE_PARAM, callee, i,
					     0),
				     types[i]);
	}
}

void arguments_collect(struct pointers *pointers, struct call_site site,
		       uint32_t node)
{
	const struct facts_function *facts =
		&pointers->program->functions.items[site.function].facts;
	const struct facts_event *event = &facts->events[site.event];

	for (uint32_t i = 0; i < event->count; i++) {
		uint32_t value = facts->arguments[event->first + i];

		if (sources_matter(pointers, site.function, value, 0))
			sources_flow(pointers, site.function, value,
				     node_of(pointers, NODE_ARGUMENT, node, i,
					     0),
				     0);
	}
}

void arguments_pass(struct pointers *pointers, uint32_t node, uint32_t token)
{
	uint32_t count = pointers->nodes.items[node].called - 1;
	uint32_t type = pointers->nodes.items[node].calls;
	uint32_t result = node_of(pointers, NODE_RESULT, node, 0, 0);
	const uint32_t *types;

	if (token == TOKEN_UNKNOWN)
		flow_token(pointers, result, TOKEN_UNKNOWN);
	if (token >= TOKEN_UNKNOWN ||
	    !target_fits(pointers, type, count, token))
		return;
	types = pointers->param_types + pointers->first_param[token];
	for (uint32_t i = 0; i < count && i < params_of(pointers, token); i++)
		if (pointers->interest[types[i]] && types[i])
			flow_edge(pointers,
				  node_of(pointers, NODE_ARGUMENT, node, i, 0),
				  node_of(pointers, NODE_PARAM, token, i, 0));
	flow_edge(pointers, node_of(pointers, NODE_RETURN, token, 0, 0),
		  result);
}

bool target_fits(const struct pointers *pointers, uint32_t type,
		 uint32_t arguments, uint32_t callee)
{
	const struct program *program = pointers->program;
	const struct facts_function *facts =
		&program->functions.items[callee].facts;
	const struct facts_type *types = program->types.items;
	const struct facts_type *called =
		&types[program->symbols.items[facts->symbol].type];

	if (types[type].kind == FACTS_TYPE_FUNCTION &&
	    called->kind == FACTS_TYPE_FUNCTION)
		return called->layout == types[type].layout;
	return facts->params <= arguments;
}
