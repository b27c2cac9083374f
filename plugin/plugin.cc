// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugin.cc - entry, options, passes
 *
 * One pass over the whole unit runs when all functions are in SSA form and
 * none has been inlined: calls are still calls. It makes the facts; they are
 * written at the end of the assembly. With the option facts-only the pass
 * then takes all code and data away, so that GCC has nothing left to compile.
 */
#include "gcc-compat.h"

#include "collect.h"
#include "facts/facts.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int plugin_is_GPL_compatible;

static bool facts_only;
static unsigned char *facts;
static size_t facts_size;

static int by_order(const void *a, const void *b)
{
	const cgraph_node *left = *(const cgraph_node *const *)a;
	const cgraph_node *right = *(const cgraph_node *const *)b;

	return left->order < right->order ? -1 : left->order > right->order;
}

static bool has_skeleton(cgraph_node *node)
{
	struct function *function = DECL_STRUCT_FUNCTION(node->decl);

	return !node->alias && !node->thunk && node->has_gimple_body_p() &&
	       function && function->cfg && gimple_in_ssa_p(function);
}

/* In source order, whatever order GCC's list has. */
static void add_functions(void)
{
	VECTOR(cgraph_node *) nodes = {};
	cgraph_node *node;

	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	if (has_skeleton(node))
		vector_push(&nodes, node);
	if (nodes.count)
		qsort(nodes.items, nodes.count, sizeof(*nodes.items), by_order);
	for (size_t i = 0; i < nodes.count; i++)
		extract_function(nodes.items[i]);
	vector_free(&nodes);
}

/* modpost wants a module's licence; it refers to nothing. */
static bool must_stay(symtab_node *node)
{
	const char *section = DECL_SECTION_NAME(node->decl);

	return section && !strcmp(section, ".modinfo");
}

static void drop_code(void)
{
	symtab_node *node, *next;

	for (node = symtab->first_symbol(); node; node = next) {
		next = compat_next_symbol(node);
		if (!must_stay(node))
			node->remove();
	}
	symtab->asmnodes = NULL;
}

static unsigned int collect(void)
{
	if (compat_had_errors())
		return 0;
	unit_start();
	add_functions();
	symbols_add_aliases();
	initialisers_add();
	facts = facts_encode(unit_finish(), &facts_size);
	if (facts_only)
		drop_code();
	return 0;
}

static const struct pass_data pass_info = {
	SIMPLE_IPA_PASS, "labyrinth", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class labyrinth_pass : public simple_ipa_opt_pass
{
      public:
	labyrinth_pass(gcc::context *context)
	    : simple_ipa_opt_pass(pass_info, context)
	{
	}
	unsigned int execute(function *) override
	{
		return collect();
	}
};

static void finish_unit(void *, void *)
{
	if (facts && !compat_had_errors())
		emit_facts(facts, facts_size);
	free(facts);
	facts = NULL;
}

static void say(const char *kind, const char *message)
{
	fprintf(stderr, "labyrinth: %s: %s\n", kind, message);
}

static void start_unit(void *, void *)
{
	static bool said;

	if (!said && unit_is_preprocessed())
		say("note", "preprocessed input: names of macros are lost");
	said = true;
}

static bool read_options(const struct plugin_name_args *args)
{
	const char *from = NULL, *to = NULL;

	for (int i = 0; i < args->argc; i++) {
		const struct plugin_argument *arg = &args->argv[i];

		if (!strcmp(arg->key, "facts-only")) {
			facts_only = true;
		} else if (!strcmp(arg->key, "map-from") && arg->value) {
			from = arg->value;
		} else if (!strcmp(arg->key, "map-to") && arg->value) {
			to = arg->value;
		} else {
			fprintf(stderr,
				"labyrinth: error: unknown plugin option "
				"'%s'\n",
				arg->key);
			return false;
		}
	}
	if (from && to)
		unit_map_directory(from, to);
	return true;
}

static bool version_fits(const struct plugin_gcc_version *running)
{
	if (plugin_default_version_check(
		    const_cast<plugin_gcc_version *>(running), &gcc_version))
		return true;
	fprintf(stderr,
		"labyrinth: error: plugin built for GCC %s, loaded into GCC "
		"%s\n",
		gcc_version.basever, running->basever);
	return false;
}

/* The driver tells its options: with -S the assembly itself is wanted. */
static bool assembly_is_wanted(void)
{
	const char *options = getenv("COLLECT_GCC_OPTIONS");

	return options && strstr(options, "'-S'");
}

/*
 * Debugging information names the options of a compilation. That facts were
 * taken of it is no property of the object.
 */
static void forget_own_options(const char *plugin)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < save_decoded_options_count; i++) {
		const struct cl_decoded_option *option =
			&save_decoded_options[i];

		if (option->opt_index == OPT_fplugin_ &&
		    !strcmp(option->arg, plugin))
			continue;
		if (option->opt_index == OPT_fplugin_arg_ &&
		    !strncmp(option->arg, "labyrinth-", 10))
			continue;
		save_decoded_options[n++] = *option;
	}
	save_decoded_options_count = n;
}

/* Debugging information of what is dropped would cost time for nothing. */
static void want_facts_only(void)
{
	write_symbols = NO_DEBUG;
	debug_info_level = DINFO_LEVEL_NONE;
}

extern "C" EXPORT int plugin_init(struct plugin_name_args *args,
				  struct plugin_gcc_version *version)
{
	static struct register_pass_info pass;

	if (!version_fits(version) || !read_options(args))
		return 1;
	/* Only the C front end; cc1plus and others have other names. */
	if (in_lto_p || strncmp(lang_hooks.name, "GNU C", 5) ||
	    !strncmp(lang_hooks.name, "GNU C++", 7))
		return 0;
	forget_own_options(args->full_name);
	if (assembly_is_wanted())
		facts_only = false;
	if (facts_only)
		want_facts_only();
	pass.pass = new labyrinth_pass(g);
	pass.reference_pass_name = "opt_local_passes";
	pass.ref_pass_instance_number = 1;
	pass.pos_op = PASS_POS_INSERT_BEFORE;
	register_callback(args->base_name, PLUGIN_PASS_MANAGER_SETUP, NULL,
			  &pass);
	register_callback(args->base_name, PLUGIN_START_UNIT, start_unit, NULL);
	register_callback(args->base_name, PLUGIN_FINISH_UNIT, finish_unit,
			  NULL);
	return 0;
}
