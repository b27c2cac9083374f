// SPDX-License-Identifier: GPL-2.0-or-later
/* test_rules_files.c - rules files: their faults, sections, and sets of them */
#include "rules_text.h"

#include <sys/stat.h>

#define RULE "rules:\n- functions: [f]\n  source: s\n"

static void test_rule_faults(void **state)
{
	static const char *const tests[][2] = {
		{"functions: []\n", ":1: error: unknown key 'functions'"},
		{"- a\n", ":1: error: a rules file must be a mapping"},
		{"rules: x\n", ":1: error: a rule must be a mapping"},
		{RULE "  nede: SLEEP\n", ":4: error: unknown key 'nede'"},
		{"rules:\n- functions: [f]\n  need: SLEEP\n",
		 ":2: error: a rule without 'source'"},
		{"rules:\n- source: s\n  safe: x\n",
		 ":2: error: a rule without"},
		{RULE, ":2: error: the rule says nothing"},
		{"rules:\n- functions: []\n  source: s\n  safe: a\n",
		 ":2: error: 'functions' is empty"},
		{"rules:\n- functions: [f, f]\n  source: s\n  safe: a\n",
		 ":2: error: 'f' is already described at line 2"},
		{"rules:\n- functions: ['1', a-b, '*x', a*b, {}]\n  source: s\n"
		 "  safe: a\n",
		 ":2: error: not the name of a function"},
		{RULE "  need: sleep\n", ":4: error: 'need' must be FREE"},
		{RULE "  need: {rt: SLEEP}\n",
		 ":4: error: need without 'nonrt'"},
		{RULE "  need: {rt: SLEEP, nonrt: FREE, x: FREE}\n",
		 ":4: error: unknown key 'x' in need"},
		{RULE "  need: [SLEEP]\n", ":4: error: 'need' must be"},
		{RULE "  need: SLEEP\n  class: x\n", ":5: error: 'class' must"},
		{RULE "  when: arg0 == 0\n",
		 ":2: error: 'when' without 'need'"},
		{RULE "  class: call\n", ":2: error: 'class' without 'need'"},
		{RULE "  need: SLEEP\n  gfp: 1\n",
		 ":2: error: 'need' goes with"},
		{RULE "  need: SLEEP\n  needs: [{need: SLEEP}]\n",
		 ":2: error: 'need' goes with"},
		{RULE "  gfp: 1\n  implied-gfp: GFP_ATOMIC\n",
		 ":2: error: both 'gfp'"},
		{RULE "  needs: [{class: call}]\n", "a need without 'need'"},
		{RULE "  implied-gfp: GFP_DMA\n",
		 ":4: error: 'implied-gfp' must"},
		{RULE "  lock: -1\n", ":4: error: 'lock' must be the number"},
		{RULE "  lock: 255\n", ":4: error: 'lock' must be the number"},
		{RULE "  size: 99999999999999999999\n", "'size' must be"},
		{RULE "  order: [0]\n",
		 ":4: error: 'order' must be the number"},
		{RULE "  opens: [none]\n", ":4: error: unknown context 'none'"},
		{RULE "  opens: [{result: zero}]\n",
		 "an effect without 'context'"},
		{RULE "  opens: [[a]]\n", "an effect must be a mapping"},
		{RULE "  fails: x\n", ":4: error: 'fails' must be null"},
		{RULE "  value: x\n", ":4: error: 'value' must be"},
		{RULE "  noreturn: yes\n",
		 ":4: error: 'noreturn' must be true"},
		{RULE "  safe: ''\n", ":4: error: 'safe' must be a string"},
		{RULE "  safe: [a]\n", ":4: error: 'safe' must be a string"},
		{RULE "  free: [a b]\n",
		 ":4: error: not the name of a function"},
		{RULE "  calls: [{context: x}]\n",
		 "a callback without 'argument'"},
		{RULE "  calls: [{argument: 0, field: a, context: x}]\n",
		 "not the name of a field"},
		{RULE "  spinlock-is: g\n  safe: a\n",
		 ":2: error: there is no rule of the function 'g'"},
		{RULE "  mode-of: g\n  safe: a\n",
		 "'mode-of' without 'fields'"},
		{RULE "  mode-in: r.f\n  safe: a\n",
		 "'mode-in' without 'fields'"},
		{RULE "  unless-stored: r.f\n  safe: a\n",
		 "'unless-stored' without 'fields'"},
		{RULE "  context: x\n", "'fields' and 'context' go together"},
		{"rules:\n- fields: [a]\n  context: x\n  source: s\n",
		 "not the name of a field"},
		{"rules:\n- fields: [a.b]\n  safe: x\n  source: s\n",
		 "'fields' and 'context' go together"},
		{"rules:\n- {fields: a.b, functions: f, context: x, source: s}\n",
		 "'fields' goes with no other names"},
	};
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		assert_fault(tests[i][0], tests[i][1]);
	assert_fault(CONTEXTS RULE "  opens: [handler]\n",
		     ":14: error: context 'handler' is of kind entry");
	assert_fault(CONTEXTS RULE "  opens: [{context: raw, all: true}]\n",
		     "'all' is for 'closes' only");
	assert_fault(CONTEXTS RULE "  closes: [{context: raw, once: true}]\n",
		     "'once' is for 'opens' only");
	assert_fault(CONTEXTS RULE "  calls: [{argument: 0, context: raw}]\n",
		     "context 'raw' is not of kind entry");
	assert_fault(CONTEXTS "rules:\n- fields: [a.b]\n  source: s\n"
			      "  context: [{context: soft, when: arg0 == 1}]\n",
		     "'when' without 'mode-of'");
}

static void test_context_faults(void **state)
{
#define CONTEXT "contexts:\n- {name: a, kind: irq, allow: SPIN, source: s"
	assert_fault(CONTEXT "}\n", ":2: error: a context without 'text'");
	assert_fault(CONTEXT ", text: '5%'}\n", "must not have a '%'");
	assert_fault(CONTEXT ", text: t, flags: [x]}\n", "'flags' must be");
	assert_fault(CONTEXT ", text: t, x: y}\n", "unknown key 'x'");
	assert_fault(CONTEXT ", text: t}\n- {name: a, kind: irq, allow: SPIN,"
			     " text: t, source: s}\n",
		     ":3: error: context 'a' is already described at line 2");
	assert_fault("contexts:\n- {name: a b, kind: irq, allow: SPIN, "
		     "text: t, source: s}\n",
		     "'a b' is not a name");
	assert_fault("contexts:\n- {name: a, kind: entry, allow: SPIN, "
		     "text: '%d', source: s}\n",
		     "must have one %s");
	assert_fault("contexts:\n- {name: a, kind: entry, allow: SPIN, "
		     "text: '%s %n', source: s}\n",
		     "must have one %s");
	assert_fault("lock-types:\n- {types: [a b], is: spinlock, source: s}\n",
		     "not the name of a type");
	assert_fault("lock-types:\n- {types: a, is: mutex, source: s}\n",
		     "'is' must be spinlock or raw_spinlock");
}

static void test_hostile_texts(void **state)
{
	static const char bomb[] = "rules:\n- &a [x, x]\n- [*a, *a]\n";
	static const char nul[] = "rules:\n- \"a\\0b\"\n";
	static const char raw_nul[] = "rules:\n\0\n";
	char said[1024];
	char *deep = malloc(100001);

	assert_fault(bomb, ":2: error: anchors are not supported");
	assert_fault("rules: *a\n", ":1: error: aliases are not supported");
	assert_fault("rules: !!str x\n", ":1: error: tags are not supported");
	assert_fault(nul, ":2: error: a NUL character");
	assert_fault("rules:\n- \xff\xfe\n", ":2: error:");
	assert_fault("rules: [\n", ":2: error:");
	assert_fault("rules: []\nrules: []\n", "key 'rules' is given twice");
	assert_fault("rules: []\n---\nrules: []\n", "more than one document");
	assert_fault("? [a]\n: b\n", "a key must be a string");
	assert_null(load(raw_nul, sizeof(raw_nul) - 1, said, sizeof(said)));
	assert_non_null(strstr(said, "r.yaml:2: error:"));
	memset(deep, '[', 100000);
	deep[100000] = '\0';
	assert_fault(deep, "nested too deeply");
	free(deep);
}

static void test_absent(void **state)
{
	static const char text[] =
		"absent:\n"
		"- {files: [drivers/gpu/a/, mm/b.c], functions: [f],\n"
		"   model: rt, source: s}\n";
	char said[4096];
	struct rules *rules = load(text, strlen(text), said, sizeof(said));
	static const struct {
		const char *file, *function;
		enum model model;
		bool absent;
	} rows[] = {
		{"drivers/gpu/a/x.c", "g", MODEL_RT, true},
		{"/src/linux/drivers/gpu/a/x.c", "g", MODEL_RT, true},
		{"drivers/gpu/a/x.c", "g", MODEL_NONRT, false},
		{"drivers/gpu/ab/x.c", "g", MODEL_RT, false},
		{"xdrivers/gpu/a/x.c", "g", MODEL_RT, false},
		{"mm/b.c", "g", MODEL_RT, true},
		{"mm/b.c/x.h", "g", MODEL_RT, false},
		{"mm/c.c", "f", MODEL_RT, true},
		{"mm/c.c", "ff", MODEL_RT, false},
	};

	assert_non_null(rules);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(rules_is_absent(rules, rows[i].file,
						 rows[i].function,
						 rows[i].model),
				 rows[i].absent);
	rules_free(rules);
	assert_fault("absent:\n- {model: rt, source: s}\n",
		     "r.yaml:2: error: an absence without 'files' or "
		     "'functions'");
	assert_fault("absent:\n- {functions: [a b], model: rt, source: s}\n",
		     "r.yaml:2: error: not the name of a function");
	assert_fault("absent:\n- {files: [a.c], model: x, source: s}\n",
		     "r.yaml:2: error: 'model' must be");
}

static void test_every_fault_is_told(void **state)
{
	char said[1024];
	const char text[] = "rules:\n- functions: f\n  need: x\n  y: z\n"
			    "- {}\n- 7\n";

	assert_null(load(text, sizeof(text) - 1, said, sizeof(said)));
	assert_non_null(strstr(said, "r.yaml:3: error: 'need'"));
	assert_non_null(strstr(said, "r.yaml:4: error: unknown key 'y'"));
	assert_non_null(strstr(said, "r.yaml:2: error: a rule without"));
	assert_non_null(strstr(said, "r.yaml:5: error: a rule without"));
	assert_non_null(strstr(said, "r.yaml:6: error: a rule must be"));
}

static void test_empty(void **state)
{
	struct rules *rules = good("");

	assert_null(rules_function(rules, "f"));
	rules_free(rules);
	rules_free(good("# nothing\n"));
	rules_free(NULL);
}

static const char *in_directory(struct arena *arena, const char *directory,
				const char *name, const char *text)
{
	char *path = arena_printf(arena, "%s/%s", directory, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

static void quiet_stderr(int *old)
{
	fflush(stderr);
	*old = dup(STDERR_FILENO);
	assert_non_null(freopen("/dev/null", "w", stderr));
}

static void loud_stderr(int old)
{
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
}

/* Two files of a directory clash, a file given besides overrides. */
static void test_files(void **state)
{
	char directory[] = "/tmp/rules-XXXXXX";
	struct arena arena = {0};
	const char *paths[3] = {directory};
	struct rules *rules;
	const char *names[3];
	int old, i;

	assert_non_null(mkdtemp(directory));
	names[0] =
		in_directory(&arena, directory, "a.yaml",
			     "rules: [{functions: [f, g], source: a,\n"
			     "         opens: later}]\n"
			     "gfp-names: [{name: A, value: 0x1, source: a}]\n");
	names[1] =
		in_directory(&arena, directory, "b.yaml",
			     "contexts: [{name: later, kind: irq,\n"
			     "  allow: SPIN, text: t, source: b}]\n"
			     "rules: [{functions: f, source: b, safe: x}]\n"
			     "gfp-names: [{name: B, value: 0x1, source: b}]\n");
	names[2] =
		in_directory(&arena, directory, "c.txt",
			     "rules: [{functions: g, source: c, safe: x}]\n"
			     "gfp-names: [{name: C, value: 0x1, source: c}]\n");
	paths[1] = names[2];
	rules = rules_load(paths, 2);
	assert_non_null(rules);
	assert_string_equal(rules_function(rules, "f")->source, "b");
	assert_string_equal(rules_function(rules, "g")->source, "c");
	quiet_stderr(&old);
	assert_string_equal(rules_gfp_text(rules, 1, &arena), "C");
	assert_int_equal(rules_lint(rules), 2);
	rules_free(rules);
	paths[2] = "/nonexistent";
	assert_null(rules_load(paths, 3));
	loud_stderr(old);
	for (i = 0; i < 3; i++)
		unlink(names[i]);
	rmdir(directory);
	arena_free(&arena);
}

static void test_own_rules(void **state)
{
	const char *const path = "rules";
	struct rules *rules = rules_load(&path, 1);
	FILE *null = fopen("/dev/null", "w");

	assert_non_null(rules);
	assert_int_equal(rules_lint(rules), 0);
	rules_list(rules, null);
	assert_string_equal(rules_function(rules, "kmalloc")->file,
			    "rules/slab.yaml");
	assert_string_equal(
		rules_function(rules, "_raw_spin_lock")->as_spinlock->display,
		"spin_lock");
	fclose(null);
	rules_free(rules);
}

static void test_gfp_names(void **state)
{
	static const char names[] =
		"gfp-names:\n"
		"- {name: A, value: 0x1, source: s}\n"
		"- {name: AB, value: 0x3, source: s}\n"
		"- {name: C, value: 0x80000000, since: '6.3', source: s}\n"
		"- {name: BCD, value: 0x8000000a, source: s}\n"
		"- {name: C, value: 0x40, source: s}\n";
	static const struct {
		int64_t gfp;
		const char *text;
	} texts[] = {
		{0, "0x0"},
		{0x1, "A"},
		{0x2, "0x2"},
		{0x3, "AB"},
		{0x40, "C"},
		{0x80000000, "C"},
		{0x80000001, "A|C"},
		{0x8000000b, "BCD|A"},
		{0x80000013, "AB|C|0x10"},
		{0x1000000010, "0x1000000010"},
	};
	struct arena arena = {0};
	struct rules *rules = good(names);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_string_equal(rules_gfp_text(rules, texts[i].gfp, &arena),
				    texts[i].text);
	rules_free(rules);

	rules = good("gfp-names: []\n");
	assert_string_equal(rules_gfp_text(rules, 0xcc0, &arena), "0xcc0");
	rules_free(rules);
	arena_free(&arena);
}

static void test_gfp_faults(void **state)
{
#define GFP_A "gfp-names:\n- {name: A, value: 0x1, source: s}\n"
	assert_fault(GFP_A "- {name: B, value: 0x1, source: s}\n",
		     "r.yaml:3: error: 0x1 has a name already, at line 2");
	assert_fault(GFP_A "- {name: B, value: 2, source: s}\n",
		     "r.yaml:3: error: 'value' must be flags in hexadecimal");
	assert_fault(GFP_A "- {name: B, value: 0x, source: s}\n",
		     "r.yaml:3: error: 'value' must be");
	assert_fault(GFP_A "- {name: B, value: 0x100000000, source: s}\n",
		     "r.yaml:3: error: 'value' must be");
	assert_fault(GFP_A "- {name: B, value: [0x2], source: s}\n",
		     "r.yaml:3: error: 'value' must be");
	assert_fault(GFP_A "- {name: B*, value: 0x2, source: s}\n",
		     "r.yaml:3: error: 'B*' is not a name");
	assert_fault(GFP_A "- {name: B, value: 0x2}\n",
		     "r.yaml:3: error: a gfp name without 'source'");
	assert_fault("gfp-names: all\n",
		     "r.yaml:1: error: a gfp name must be a mapping");
#undef GFP_A
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rule_faults),
		cmocka_unit_test(test_context_faults),
		cmocka_unit_test(test_gfp_names),
		cmocka_unit_test(test_gfp_faults),
		cmocka_unit_test(test_hostile_texts),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_every_fault_is_told),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_own_rules),
	};

	return cmocka_run_group_tests_name("rules files", tests, NULL, NULL);
}
