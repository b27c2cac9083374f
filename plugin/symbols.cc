// SPDX-License-Identifier: GPL-2.0-or-later
/* symbols.cc - functions and variables of static storage */
#include "gcc-compat.h"

#include "collect.h"

/* A name given by asm("...") starts with an asterisk, to be taken as it is. */
static const char *plain(const char *name)
{
	return *name == '*' ? name + 1 : name;
}

static uint32_t intern(const char *name)
{
	return strings_intern(&collector.unit.strings, name);
}

static uint32_t function_flags(tree decl)
{
	tree attributes = TYPE_ATTRIBUTES(TREE_TYPE(decl));
	uint32_t flags = 0;

	if (TREE_THIS_VOLATILE(decl))
		flags |= FACTS_SYMBOL_NORETURN;
	if (DECL_DECLARED_INLINE_P(decl))
		flags |= FACTS_SYMBOL_INLINE;
	if (fndecl_built_in_p(decl))
		flags |= FACTS_SYMBOL_BUILTIN;
	if (lookup_attribute("returns_nonnull", attributes))
		flags |= FACTS_SYMBOL_NONNULL;
	return flags;
}

static uint32_t symbol_flags(tree decl, const symtab_node *node)
{
	uint32_t flags = 0;

	if (!TREE_PUBLIC(decl))
		flags |= FACTS_SYMBOL_STATIC;
	if (DECL_WEAK(decl))
		flags |= FACTS_SYMBOL_WEAK;
	if (node && node->definition && !DECL_EXTERNAL(decl))
		flags |= FACTS_SYMBOL_DEFINED;
	/* The front end marks every function that is named, called or not. */
	if (TREE_CODE(decl) == FUNCTION_DECL ? node && node->address_taken
					     : TREE_ADDRESSABLE(decl))
		flags |= FACTS_SYMBOL_ADDRESS_TAKEN;
	if (TREE_CODE(decl) == FUNCTION_DECL)
		flags |= function_flags(decl);
	else if (TREE_READONLY(decl))
		flags |= FACTS_SYMBOL_CONST;
	return flags;
}

static const char *alias_name(symtab_node *node)
{
	tree target = node->alias_target;

	if (!node->alias)
		return "";
	if (node->analyzed && node->get_alias_target())
		target = node->get_alias_target()->decl;
	if (!target)
		return "";
	if (DECL_P(target))
		target = DECL_ASSEMBLER_NAME(target);
	return plain(IDENTIFIER_POINTER(target));
}

uint32_t symbol_id(tree decl)
{
	symtab_node *node;
	struct facts_symbol found;
	uint32_t id = *map_get(&collector.symbol_ids, (uintptr_t)decl);

	if (id != UINT32_MAX)
		return id;
	node = symtab_node::get(decl);
	memset(&found, 0, sizeof(found));
	found.name =
		intern(plain(IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl))));
	found.kind = TREE_CODE(decl) == FUNCTION_DECL ? FACTS_SYMBOL_FUNCTION
						      : FACTS_SYMBOL_VARIABLE;
	found.flags = symbol_flags(decl, node);
	/* Of what is elsewhere, the definition there says the rest. */
	if (TREE_CODE(decl) == VAR_DECL ||
	    found.flags & (FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_ADDRESS_TAKEN))
		found.type = type_id(TREE_TYPE(decl));
	if (found.flags & FACTS_SYMBOL_DEFINED)
		found.location = location_id(DECL_SOURCE_LOCATION(decl));
	if (DECL_SECTION_NAME(decl))
		found.section = intern(DECL_SECTION_NAME(decl));
	if (node)
		found.alias = intern(alias_name(node));
	id = pool_append(&collector.symbols, &found);
	*map_get(&collector.symbol_ids, (uintptr_t)decl) = id;
	return id;
}

void symbols_add_aliases(void)
{
	symtab_node *node;

	FOR_EACH_SYMBOL(node)
	if (node->alias && node->definition &&
	    VAR_OR_FUNCTION_DECL_P(node->decl))
		symbol_id(node->decl);
}
