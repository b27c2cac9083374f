// SPDX-License-Identifier: GPL-2.0-or-later
/* test_link.c - which body a name means, and which a pointer */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <time.h>

#include "build_unit.h"
#include "rules/rules.h"

static struct rules *rules;

static int load_rules(void **state)
{
	static const char text[] =
		"rules:\n- {functions: [ruled], need: SLEEP, source: s}\n";

	rules = rules_load_text("r.yaml", text, sizeof(text) - 1);
	return !rules;
}

static int free_rules(void **state)
{
	rules_free(rules);
	return 0;
}

static void test_id_map(void **state)
{
	struct id_map map = {0};
	uint32_t *slot;

	assert_int_equal(id_map_find(&map, (uint64_t[4]){1}), NO_ID);
	for (uint64_t i = 0; i < 50000; i++) {
		uint64_t key[4] = {i % 7, i << 32, 0, i};

		slot = id_map_slot(&map, key);
		assert_int_equal(*slot, 0);
		*slot = (uint32_t)i + 1;
	}
	assert_int_equal(map.count, 50000);
	for (uint64_t i = 0; i < 50000; i++) {
		uint64_t key[4] = {i % 7, i << 32, 0, i};

		assert_int_equal(id_map_find(&map, key), i);
		key[2] = 1;
		assert_int_equal(id_map_find(&map, key), NO_ID);
	}
	id_map_free(&map);
}

/* A function by its unit and name. */
static uint32_t find(const struct program *program, const char *source,
		     const char *name)
{
	for (uint32_t f = 0; f < program->functions.count; f++) {
		const struct unit *unit =
			&program->units.items[program->functions.items[f].unit];

		if (!strcmp(program_function_name(program, f), name) &&
		    !strcmp(program_string(program, unit->source), source))
			return f;
	}
	fail_msg("no %s() of %s", name, source);
	return NO_ID;
}

/* The functions that the last call of a function may reach. */
static struct id_list targets(const struct program *program, const char *source,
			      const char *name)
{
	uint32_t function = find(program, source, name);
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	struct id_list list = {0};
	bool direct;

	for (uint32_t e = 0; e < facts->n_events; e++)
		if (facts->events[e].kind == FACTS_EVENT_CALL)
			list = program_targets(program, function, e, &direct);
	return list;
}

static void assert_calls(const struct program *program, const char *source,
			 const char *name, const char *to_source,
			 const char *to)
{
	struct id_list list = targets(program, source, name);

	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0], find(program, to_source, to));
}

static void test_statics(void **state)
{
	struct program *program = build_program(rules);
	struct build b;

	for (int i = 0; i < 2; i++) {
		build_start(&b, i ? "b.c" : "a.c", NULL);
		build_empty(&b, "helper", FACTS_SYMBOL_STATIC);
		build_caller(&b, i ? "caller_b" : "caller_a", "helper");
		build_add(&b, program);
	}
	build_start(&b, "c.c", NULL);
	build_caller(&b, "caller_c", "helper");
	build_add(&b, program);
	build_resolve(program);
	assert_calls(program, "a.c", "caller_a", "a.c", "helper");
	assert_calls(program, "b.c", "caller_b", "b.c", "helper");
	assert_int_equal(targets(program, "c.c", "caller_c").count, 0);
	program_free(program);
}

static void test_weak_and_strong(void **state)
{
	for (int first = 0; first < 2; first++) {
		struct program *program = build_program(rules);
		struct build b;

		build_start(&b, "user.c", NULL);
		build_caller(&b, "caller", "f");
		build_add(&b, program);
		for (int i = 0; i < 2; i++) {
			bool weak = i == first;

			build_start(&b, weak ? "weak.c" : "strong.c", NULL);
			build_empty(&b, "f", weak ? FACTS_SYMBOL_WEAK : 0);
			build_caller(&b, weak ? "beside_weak" : "beside_strong",
				     "f");
			build_add(&b, program);
		}
		build_resolve(program);
		assert_calls(program, "user.c", "caller", "strong.c", "f");
		assert_calls(program, "weak.c", "beside_weak", "strong.c", "f");
		program_free(program);
	}
}

static void test_modules(void **state)
{
	static const char *const modules[] = {NULL, "m1", "m2"};
	static const char *const sources[] = {"k.c", "m1.c", "m2.c"};
	struct program *program = build_program(rules);
	struct build b;

	for (int i = 0; i < 3; i++) {
		build_start(&b, sources[i], modules[i]);
		build_empty(&b, "setup", 0);
		build_caller(&b, "calls_setup", "setup");
		build_caller(&b, "calls_core", "core");
		build_caller(&b, "calls_export", "export");
		if (i == 0)
			build_empty(&b, "core", 0);
		if (i == 1)
			build_empty(&b, "export", 0);
		build_add(&b, program);
	}
	build_resolve(program);
	for (int i = 0; i < 3; i++) {
		assert_calls(program, sources[i], "calls_setup", sources[i],
			     "setup");
		assert_calls(program, sources[i], "calls_core", "k.c", "core");
	}
	assert_calls(program, "m2.c", "calls_export", "m1.c", "export");
	program_free(program);
}

/* A name keeps its rule, and that it does not return, whoever defines it. */
static void test_definition_after_use(void **state)
{
	struct program *program = build_program(rules);
	const struct symbol *symbol = NULL;
	struct build b;

	build_start(&b, "user.c", NULL);
	build_symbol(&b, "ruled", FACTS_SYMBOL_FUNCTION, FACTS_SYMBOL_NORETURN);
	build_caller(&b, "caller", "ruled");
	build_add(&b, program);
	build_start(&b, "owner.c", NULL);
	build_empty(&b, "ruled", 0);
	build_add(&b, program);
	build_resolve(program);
	for (size_t i = 0; i < program->symbols.count; i++)
		if (!strcmp(program_string(program,
					   program->symbols.items[i].name),
			    "ruled"))
			symbol = program_definition(program, (uint32_t)i);
	assert_non_null(symbol);
	assert_non_null(symbol->rule);
	assert_true(symbol->flags & FACTS_SYMBOL_NORETURN);
	assert_true(symbol->flags & FACTS_SYMBOL_DEFINED);
	assert_int_equal(symbol->function, find(program, "owner.c", "ruled"));
	program_free(program);
}

static void test_aliases(void **state)
{
	struct program *program = build_program(rules);
	struct build b;

	/* Names that the next unit defines, so that its symbols are spread. */
	build_start(&b, "user.c", NULL);
	build_caller(&b, "calls_first", "first");
	build_caller(&b, "calls_middle", "middle");
	build_caller(&b, "calls_around", "around");
	build_add(&b, program);
	build_start(&b, "alias.c", NULL);
	build_alias(&b, "first", "second", 0);
	build_alias(&b, "second", "third", FACTS_SYMBOL_STATIC);
	build_symbol(&b, "middle", FACTS_SYMBOL_FUNCTION, 0);
	build_alias(&b, "third", "body", 0);
	build_alias(&b, "around", "about", 0);
	build_alias(&b, "about", "around", 0);
	build_alias(&b, "self", "self", 0);
	build_alias(&b, "nothing", "unknown", 0);
	build_empty(&b, "body", FACTS_SYMBOL_STATIC);
	build_add(&b, program);
	build_start(&b, "middle.c", NULL);
	build_empty(&b, "middle", 0);
	build_empty(&b, "body", FACTS_SYMBOL_STATIC);
	build_add(&b, program);
	build_resolve(program);
	assert_calls(program, "user.c", "calls_first", "alias.c", "body");
	assert_calls(program, "user.c", "calls_middle", "middle.c", "middle");
	assert_int_equal(targets(program, "user.c", "calls_around").count, 0);
	program_free(program);
}

static void test_long_alias_cycle(void **state)
{
	struct program *program = build_program(rules);
	struct build b;
	char name[2][32];

	build_start(&b, "a.c", NULL);
	for (int i = 0; i < 300; i++) {
		snprintf(name[0], sizeof(name[0]), "alias%d", i);
		snprintf(name[1], sizeof(name[1]), "alias%d", (i + 1) % 300);
		build_alias(&b, name[0], name[1], i & 1);
	}
	build_caller(&b, "caller", "alias7");
	build_add(&b, program);
	build_resolve(program);
	assert_int_equal(targets(program, "a.c", "caller").count, 0);
	program_free(program);
}

static void test_inline_merging(void **state)
{
	struct program *program = build_program(rules);
	struct build b;

	for (int i = 0; i < 3; i++) {
		build_start(&b, i == 0 ? "a.c" : i == 1 ? "b.c" : "c.c", NULL);
		build_empty(&b, "inlined", FACTS_SYMBOL_STATIC);
		b.function.flags = FACTS_FUNCTION_IN_HEADER;
		b.function.content = i < 2 ? 1 : 2;
		build_caller(&b, "caller", "inlined");
		build_add(&b, program);
	}
	build_resolve(program);
	assert_int_equal(program->merged, 1);
	assert_calls(program, "a.c", "caller", "a.c", "inlined");
	/* The second "caller" is the first one's, for it is global. */
	assert_int_equal(program->functions.count, 3);
	assert_int_not_equal(find(program, "a.c", "inlined"),
			     find(program, "c.c", "inlined"));
	program_free(program);
}

/* Calls through a field, parameter, result, local, PHI, SELECT, table. */
static void build_flows(struct build *b)
{
	uint32_t local, x, phi;

	build_empty(b, "one", 0);
	build_empty(b, "two", 0);
	build_function(b, "set_field", 0, 1);
	build_store(b, build_typed_param(b, 0, BUILD_RECORD_POINTER), "open",
		    build_address(b, "one"));
	build_return(b, FACTS_NONE);
	build_function(b, "call_field", 0, 1);
	build_call(b, build_member(
			      b, build_typed_param(b, 0, BUILD_RECORD_POINTER),
			      "open"));
	build_return(b, FACTS_NONE);
	build_function(b, "call_param", 0, 2);
	build_call(b, build_param(b, 1));
	build_return(b, FACTS_NONE);
	build_function(b, "pass", 0, 0);
	build_call2(b, build_address(b, "call_param"), 2, build_constant(b, 0),
		    build_address(b, "two"));
	build_return(b, FACTS_NONE);
	build_function(b, "give", 0, 0);
	build_return(b, build_address(b, "two"));
	build_function(b, "call_result", 0, 0);
	build_call(b, build_call(b, build_address(b, "give")));
	build_return(b, FACTS_NONE);
	build_function(b, "call_local", 0, 0);
	local = build_value(b, (struct facts_value){.kind = FACTS_VALUE_LOCAL,
						    .type = BUILD_CELL,
						    .a = 1});
	build_store(b, local, NULL, build_address(b, "one"));
	build_call(b,
		   build_value(b, (struct facts_value){.kind = FACTS_VALUE_LOAD,
						       .type = BUILD_POINTER,
						       .a = local}));
	build_return(b, FACTS_NONE);
	build_function(b, "call_phi", 0, 1);
	x = build_param(b, 0);
	build_if(b, x, 1, 2);
	build_block(b);
	build_goto(b, 3);
	build_block(b);
	build_goto(b, 3);
	build_block(b);
	vector_push(&b->operands,
		    ((struct facts_operand){1, build_address(b, "one")}));
	vector_push(&b->operands,
		    ((struct facts_operand){2, build_address(b, "two")}));
	phi = build_value(b, (struct facts_value){.kind = FACTS_VALUE_PHI,
						  .type = BUILD_POINTER,
						  .a = 3,
						  .count = 2});
	build_call(b, build_value(b, (struct facts_value){
					     .kind = FACTS_VALUE_SELECT,
					     .type = BUILD_POINTER,
					     .a = x,
					     .b = phi,
					     .c = build_address(b, "give")}));
	build_return(b, FACTS_NONE);
	build_initialiser(b, "operations", "close", "two");
	build_function(b, "call_table", 0, 1);
	build_call(b, build_member(
			      b, build_typed_param(b, 0, BUILD_RECORD_POINTER),
			      "close"));
	build_return(b, FACTS_NONE);
	build_initialiser(b, "__SCK__tick", "func", "one");
	build_caller(b, "call_static", "__SCT__tick");
	build_function(b, "call_unknown", 0, 1);
	build_call(b, build_member(
			      b, build_typed_param(b, 0, BUILD_RECORD_POINTER),
			      "never_set"));
	build_return(b, FACTS_NONE);
	/* More parameters than arguments, and the other way round. */
	build_function(b, "call_missing", 0, 3);
	build_call(b, build_param(b, 2));
	build_return(b, FACTS_NONE);
	build_function(b, "pass_few", 0, 0);
	build_call1(b, build_address(b, "call_missing"),
		    build_address(b, "one"));
	build_call2(b, build_address(b, "one"), 2, build_address(b, "one"),
		    build_address(b, "two"));
	build_return(b, FACTS_NONE);
}

static void test_flows(void **state)
{
	struct program *program = build_program(rules);
	struct pointers_stats stats = {0};
	struct id_list list;
	struct build b;

	build_start(&b, "a.c", NULL);
	build_flows(&b);
	build_add(&b, program);
	build_resolve(program);
	assert_calls(program, "a.c", "call_field", "a.c", "one");
	assert_calls(program, "a.c", "call_param", "a.c", "two");
	assert_calls(program, "a.c", "call_result", "a.c", "two");
	assert_calls(program, "a.c", "call_local", "a.c", "one");
	assert_calls(program, "a.c", "call_table", "a.c", "two");
	assert_calls(program, "a.c", "call_static", "a.c", "one");
	list = targets(program, "a.c", "call_phi");
	assert_int_equal(list.count, 3);
	for (uint32_t i = 1; i < list.count; i++)
		assert_true(list.items[i] > list.items[i - 1]);
	assert_int_equal(targets(program, "a.c", "call_unknown").count, 0);
	assert_int_equal(targets(program, "a.c", "call_missing").count, 0);
	pointers_stats(program, &stats);
	assert_int_equal(stats.sites, 8);
	/* never_set, and the third parameter that no call has. */
	assert_int_equal(stats.unset, 2);
	assert_int_equal(stats.lost, 0);
	assert_int_equal(stats.narrowings[0].resolved, 6);
	assert_int_equal(stats.narrowings[POINTERS_NARROWINGS - 1].resolved, 6);
	assert_int_equal(stats.narrowings[POINTERS_NARROWINGS - 1].largest, 3);
	program_free(program);
}

/* A function that is handed so many tables, of one more that there are. */
static uint32_t count_tables(int handed)
{
	struct program *program = build_program(rules);
	uint32_t count;
	struct build b;
	char names[2][32];

	build_start(&b, "a.c", NULL);
	for (int i = 0; i <= handed; i++) {
		snprintf(names[0], sizeof(names[0]), "table%d", i);
		snprintf(names[1], sizeof(names[1]), "open%d", i);
		build_empty(&b, names[1], 0);
		build_initialiser(&b, names[0], "open", names[1]);
	}
	build_function(&b, "hand", 0, 0);
	for (int i = 0; i < handed; i++) {
		snprintf(names[0], sizeof(names[0]), "table%d", i);
		build_call1(&b, build_address(&b, "call_open"),
			    build_value(&b,
					(struct facts_value){
						.kind = FACTS_VALUE_SYMBOL,
						.type = BUILD_RECORD_POINTER,
						.a = build_symbol(
							&b, names[0],
							FACTS_SYMBOL_VARIABLE,
							0)}));
	}
	build_return(&b, FACTS_NONE);
	build_function(&b, "call_open", 0, 1);
	build_call(&b,
		   build_member(&b,
				build_typed_param(&b, 0, BUILD_RECORD_POINTER),
				"open"));
	build_return(&b, FACTS_NONE);
	build_add(&b, program);
	build_resolve(program);
	count = targets(program, "a.c", "call_open").count;
	program_free(program);
	return count;
}

/* Of a few tables each is followed; a crowd of them is known by its type. */
static void test_tables(void **state)
{
	assert_int_equal(count_tables(1), 1);
	assert_int_equal(count_tables(5), 5);
	assert_int_equal(count_tables(200), 201);
	/* Nobody hands over anything: it may be any of them. */
	assert_int_equal(count_tables(0), 1);
}

#define CROWD 10000

/* Each of a crowd calls on what it is given, and is given the crowd. */
static void test_crowd(void **state)
{
	struct program *program = build_program(rules);
	clock_t start = clock();
	struct build b;
	char name[32];

	build_start(&b, "a.c", NULL);
	build_empty(&b, "one", 0);
	for (int i = 0; i < CROWD; i++) {
		snprintf(name, sizeof(name), "crowd%d", i);
		build_function(&b, name, 0, 1);
		build_call(&b, build_param(&b, 0));
		build_store(&b, build_param(&b, 0), "open",
			    build_address(&b, name));
		build_return(&b, FACTS_NONE);
	}
	for (int i = 0; i < 10; i++) {
		snprintf(name, sizeof(name), "caller%d", i);
		build_function(&b, name, 0, 1);
		build_call1(&b, build_member(&b, build_param(&b, 0), "open"),
			    build_address(&b, "one"));
		build_return(&b, FACTS_NONE);
	}
	build_add(&b, program);
	build_resolve(program);
	assert_int_equal(targets(program, "a.c", "caller3").count, CROWD);
	assert_calls(program, "a.c", "crowd77", "a.c", "one");
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
	program_free(program);
}

static uint32_t local_value(struct build *b, uint32_t number)
{
	return build_value(b, (struct facts_value){.kind = FACTS_VALUE_LOCAL,
						   .type = BUILD_CELL,
						   .a = number});
}

static uint32_t deref(struct build *b, uint32_t pointer)
{
	return build_value(b, (struct facts_value){.kind = FACTS_VALUE_LOAD,
						   .type = BUILD_POINTER,
						   .a = pointer});
}

/* A local's address goes down, what is stored through it comes up. */
static void build_handed_down(struct build *b)
{
	uint32_t local;

	build_function(b, "set", 0, 1);
	build_store(b, build_typed_param(b, 0, BUILD_CELL), NULL,
		    build_address(b, "one"));
	build_return(b, FACTS_NONE);
	build_function(b, "call_set", 0, 0);
	local = local_value(b, 0);
	build_call1(b, build_address(b, "set"), local);
	build_call(b, deref(b, local));
	build_return(b, FACTS_NONE);
	build_function(b, "call_given", 0, 1);
	build_call(b, deref(b, build_typed_param(b, 0, BUILD_CELL)));
	build_return(b, FACTS_NONE);
	build_function(b, "give_local", 0, 0);
	local = local_value(b, 1);
	build_store(b, local, NULL, build_address(b, "two"));
	build_call1(b, build_address(b, "call_given"), local);
	build_return(b, FACTS_NONE);
}

/* What an indirect call returns is called, and what an xchg() puts there. */
static void build_results(struct build *b)
{
	uint32_t local, arguments[2];

	build_function(b, "give_one", 0, 0);
	build_return(b, build_address(b, "one"));
	build_function(b, "call_result", 0, 1);
	build_call(b, build_call(b, build_param(b, 0)));
	build_return(b, FACTS_NONE);
	build_function(b, "pass_giver", 0, 0);
	build_call1(b, build_address(b, "call_result"),
		    build_address(b, "give_one"));
	build_return(b, FACTS_NONE);
	build_function(b, "call_exchanged", 0, 0);
	local = local_value(b, 2);
	arguments[0] = deref(b, local);
	arguments[1] = build_address(b, "two");
	build_event(b,
		    (struct facts_event){.kind = FACTS_EVENT_ASM,
					 .first = (uint32_t)b->arguments.count,
					 .count = 2});
	vector_push(&b->arguments, arguments[0]);
	vector_push(&b->arguments, arguments[1]);
	build_call(b, deref(b, local));
	build_return(b, FACTS_NONE);
}

static void test_memory(void **state)
{
	struct program *program = build_program(rules);
	struct build b;

	build_start(&b, "a.c", NULL);
	build_empty(&b, "one", 0);
	build_empty(&b, "two", 0);
	build_handed_down(&b);
	build_results(&b);
	build_add(&b, program);
	build_resolve(program);
	assert_calls(program, "a.c", "call_set", "a.c", "one");
	assert_calls(program, "a.c", "call_given", "a.c", "two");
	assert_calls(program, "a.c", "call_result", "a.c", "one");
	assert_calls(program, "a.c", "call_exchanged", "a.c", "two");
	program_free(program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_id_map),
		cmocka_unit_test(test_statics),
		cmocka_unit_test(test_weak_and_strong),
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_definition_after_use),
		cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_long_alias_cycle),
		cmocka_unit_test(test_inline_merging),
		cmocka_unit_test(test_flows),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_crowd),
	};

	return cmocka_run_group_tests(tests, load_rules, free_rules);
}
