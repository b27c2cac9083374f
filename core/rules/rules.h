/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rules.h - what is known about kernel APIs
 *
 * The knowledge itself is data, rules/ *.yaml, each entry with its source;
 * doc/rules.md describes the files. Here is what is made of them.
 */
#ifndef LABYRINTH_RULES_RULES_H
#define LABYRINTH_RULES_RULES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

/**
 * enum wait_type - what may be waited for, from nothing to anything
 *
 * The order of include/linux/lockdep_types.h, enum lockdep_wait_type.
 */
enum wait_type {
	WAIT_FREE, /* nothing at all: NMI */
	WAIT_SPIN, /* raw_spinlock_t */
	WAIT_CONFIG, /* spinlock_t: spins, or sleeps with PREEMPT_RT */
	WAIT_SLEEP, /* mutexes, schedule() */
	WAIT_TYPES
};

/** enum model - which kernel is meant */
enum model {
	MODEL_NONRT,
	MODEL_RT,
	MODELS
};

/** enum context_kind - what closes a region, and what it counts as */
enum context_kind {
	CONTEXT_LOCK, /* held until that lock is released */
	CONTEXT_IRQ, /* interrupts off: restored, or enabled */
	CONTEXT_PREEMPT, /* preemption off: counted */
	CONTEXT_SEQCOUNT, /* a sequence count is being written */
	CONTEXT_BH, /* bottom halves off: counted */
	CONTEXT_RCU, /* read-side section: counted */
	CONTEXT_PAGEFAULT, /* page faults off: counted */
	CONTEXT_ENTRY, /* a whole function runs in it: handlers */
	CONTEXT_KINDS
};

/** enum context_flags - what the predicates of linux/preempt.h see of it */
enum context_flags {
	CONTEXT_HARDIRQ = 1 << 0, /* in_hardirq() is true there */
	CONTEXT_SOFTIRQ = 1 << 1, /* in_softirq() */
	CONTEXT_NMI = 1 << 2, /* in_nmi() */
	CONTEXT_IRQS_OFF = 1 << 3, /* irqs_disabled() */
	CONTEXT_PREEMPT_OFF = 1 << 4, /* preempt_count() is not zero */
	CONTEXT_ATOMIC = 1 << 5, /* not preemptible(), for some reason */
};

/**
 * struct context - a kind of region that allows only some waiting
 * @name:   as the rules name it, such as "raw_spinlock"
 * @kind:   how it is closed
 * @allow:  what may be waited for inside, for each model
 * @flags:  enum context_flags, for each model
 * @text:   for messages, after "but": "a raw spinlock is held",
 *          "%s() runs in hard interrupt context"; %s is the function entered
 * @pools:  what memory that was allocated ahead may be taken from there, for
 *          messages; NULL where nobody needs to
 * @tolerated: why the kernel puts up with what it forbids, NULL if it does not
 * @source: where the fact comes from
 */
struct context {
	const char *name;
	enum context_kind kind;
	uint8_t allow[MODELS];
	uint32_t flags[MODELS];
	const char *text;
	const char *pools;
	const char *tolerated;
	const char *source;
};

/** enum rule_class - what kind of operation has the need */
enum rule_class {
	CLASS_CALL, /* anything that sleeps */
	CLASS_ALLOC,
	CLASS_FREE,
	CLASS_LOCK,
	CLASS_CALLBACK, /* of no rule: a call through a field, see crowd.h */
	CLASSES
};

/** enum test_op - how a rule_test compares */
enum test_op {
	TEST_NONE, /* always true */
	TEST_EQ, /* argument == value */
	TEST_NE,
	TEST_BITS, /* argument & value, any bit set */
	TEST_NO_BITS, /* !(argument & value) */
	TEST_ALL_BITS, /* (argument & value) == value */
};

/** struct rule_test - a condition on one argument of a call */
struct rule_test {
	enum test_op op;
	uint8_t argument;
	int64_t value;
};

/** enum rule_result - for which results of the call an effect happens */
enum rule_result {
	RESULT_ANY,
	RESULT_NONZERO,
	RESULT_ZERO,
};

#define RULE_MAX_UNLESS 3

/**
 * struct rule_need - the call waits
 * @wait:      for each model; WAIT_FREE: nothing
 * @class:     what it is
 * @when:      only then (all must hold)
 * @n_when:    how many
 * @unless:    not where a region of any of these is open
 * @n_unless:  how many
 * @unless_flags: enum context_flags: the call asks for them, and does not
 *             wait where it sees any of them
 */
struct rule_need {
	uint8_t wait[MODELS];
	enum rule_class class;
	struct rule_test when[2];
	uint8_t n_when;
	const struct context *unless[RULE_MAX_UNLESS];
	uint8_t n_unless;
	uint32_t unless_flags;
};

/**
 * struct rule_effect - the call opens or closes a region
 * @context: which
 * @opens:   true: opens; false: closes
 * @drops:   closed and opened again inside the call (wait_event_lock_irq):
 *           @need is judged as if it were not open, which is "closes" and
 *           "opens" in one
 * @all:     closes every region of the kind (local_irq_enable)
 * @once:    opens none if one is open (local_irq_disable does not count)
 * @result:  only for these results
 */
struct rule_effect {
	const struct context *context;
	bool opens;
	bool drops;
	bool all;
	bool once;
	enum rule_result result;
};

/**
 * struct rule_callback - an argument, or a field of an argument, is a
 * function that runs in a context
 * @argument: which argument is the function
 * @field:    NULL, or "record.field": the argument points to such a record,
 *            and the function is in that field of it
 * @context:  it runs there; NULL: in the caller's own context, now
 * @when:     only if these hold (interrupt flags, hrtimer modes)
 * @n_when:   how many
 */
struct rule_callback {
	uint8_t argument;
	const char *field;
	const struct context *context;
	struct rule_test when[2];
	uint8_t n_when;
};

/** enum rule_value - what the call's result says about the context */
enum rule_value {
	VALUE_NONE,
	VALUE_PREEMPT_COUNT, /* preempt_count() with its hard, soft bits */
	VALUE_IRQS_DISABLED,
	VALUE_ARGUMENT, /* returns its first argument: spinlock_check */
	VALUE_TRUE,
	VALUE_FALSE,
	VALUE_LAST_REFERENCE, /* whether the last reference went */
};

/** enum alloc_failure - how an allocator says that it failed */
enum alloc_failure {
	ALLOC_NEVER, /* it does not fail */
	ALLOC_NULL,
	ALLOC_ERR_PTR,
	ALLOC_ERRNO, /* integer result */
};

#define RULE_NO_ARGUMENT UINT8_MAX

#define RULE_MAX_NEVER 2

/**
 * struct rule - all that is known of one function, macro or field
 * @name:      the function or macro; of a field "struct_tag.field"
 * @display:   how messages call it, mostly @name; a pattern if @name is one:
 *             messages name the function that matched then
 * @arguments: of a rule for calls with that many arguments only, else 0
 * @counted:   another such rule of the same function, or NULL
 * @needs:     what it waits for; several with different conditions
 * @effects:   what it opens and closes, in order
 * @callbacks: what it calls, or registers; of several for one argument the
 *             first whose tests hold
 * @lock:      argument that is the lock's address, or RULE_NO_ARGUMENT; in
 *             a lock array (ww_mutex, dlist) the container
 * @as_spinlock:     rule to use instead if the lock argument is a spinlock_t
 * @as_raw_spinlock: likewise for a raw_spinlock_t: the _raw_ functions
 *             serve both, and only the type of the argument tells
 * @gfp:       argument that is a gfp_t, or RULE_NO_ARGUMENT
 * @implied_gfp: of an allocator without one
 * @size:      argument that is a size in bytes, or RULE_NO_ARGUMENT
 * @count:     argument that multiplies @size, or RULE_NO_ARGUMENT
 * @order:     argument that is a page order, or RULE_NO_ARGUMENT
 * @failure:   how it fails, if it is an allocator
 * @never:     it does not fail if any of these holds
 * @n_never:   how many
 * @nofail:    nor with these gfp flags; TEST_NONE if it has no gfp argument
 * @derefs:    bit per argument that it dereferences, whatever its value
 * @frees:     names of the functions that give back what it allocates, NULL
 *             ended, or NULL
 * @reserve:   it has something kept for when memory is short
 * @value:     what its result is
 * @noreturn:  it does not come back (panic, BUG)
 * @safe:      why it is a leaf although its body would be judged, or NULL
 * @entries:   of a field rule: contexts that functions put there run in, the
 *             first whose tests hold; @argument means nothing there
 * @n_entries: how many
 * @mode_of:   of a field rule: name of the function to whose arguments the
 *             tests of @entries refer (hrtimer_init for hrtimer.function)
 * @mode_in:   of a field rule: "record.field", whose value beside the function
 *             the tests of @entries refer to instead, as their argument 0
 * @unless_stored: of a field rule: NULL, or "record.field": where code beside
 *             sets that flag, the rule does not hold
 * @source:    where the fact comes from, as the file says
 * @file:      rules file, for messages
 * @line:      line of the entry
 */
struct rule {
	const char *name;
	const char *display;
	uint32_t arguments;
	const struct rule *counted;
	struct rule_need *needs;
	uint8_t n_needs;
	struct rule_effect *effects;
	uint8_t n_effects;
	struct rule_callback *callbacks;
	uint8_t n_callbacks;
	uint8_t lock;
	const struct rule *as_spinlock;
	const struct rule *as_raw_spinlock;
	uint8_t gfp;
	bool allocates;
	int64_t implied_gfp;
	uint8_t size, count, order;
	enum alloc_failure failure;
	struct rule_test never[RULE_MAX_NEVER];
	uint8_t n_never;
	struct rule_test nofail;
	uint32_t derefs;
	const char **frees;
	bool reserve;
	enum rule_value value;
	bool noreturn;
	const char *safe;
	struct rule_callback *entries;
	uint8_t n_entries;
	const char *mode_of;
	const char *mode_in;
	const char *unless_stored;
	const char *source;
	const char *file;
	unsigned int line;
};

/**
 * struct gfp_check - flags that an allocator forbids or ignores
 * @set:       they are all there
 * @clear:     none of them is
 * @min_order: only from this order on
 * @functions: names of the functions, NULL ended; NULL for every allocator
 * @argument:  that is the gfp_t; RULE_NO_ARGUMENT: as the function's rule says
 * @text:      what is wrong, after "kmalloc(GFP_KERNEL): "
 * @source:    where the fact comes from
 * @file:      rules file, for messages
 * @line:      line of the entry
 */
struct gfp_check {
	uint64_t set;
	uint64_t clear;
	unsigned int min_order;
	const char *const *functions;
	uint8_t argument;
	const char *text;
	const char *source;
	const char *file;
	unsigned int line;
};

struct rules;

/**
 * rules_load - read rule files
 * @paths:   files, or directories whose *.yaml are read in sorted order;
 *           a later file overrides an earlier one's entry of the same name
 * @n_paths: how many
 *
 * Return: the rules, to be dropped with rules_free(), or NULL after a line
 * "file:line: error: ..." on stderr for each fault.
 */
struct rules *rules_load(const char *const *paths, size_t n_paths);

/**
 * rules_load_text - read one rules file that is in memory
 * @name: what messages call it
 * @text: the bytes
 * @size: how many
 *
 * Return: as rules_load().
 */
struct rules *rules_load_text(const char *name, const char *text, size_t size);

/**
 * rules_hash - of the text of all rules, to tell whether they have changed
 * @rules: the rules
 */
uint64_t rules_hash(const struct rules *rules);

/**
 * rules_free - drop rules
 * @rules: as loaded, or NULL
 */
void rules_free(struct rules *rules);

/**
 * rules_function - the rule of a function
 * @rules: as loaded
 * @name:  the function's name
 *
 * Exact names win over patterns ("devm_regulator_*"). A name that has no rule
 * but ends in one of the suffixes has that of the name without it.
 *
 * Return: the rule, or NULL.
 */
const struct rule *rules_function(const struct rules *rules, const char *name);

/**
 * rules_counted - the rule of a call, by how many arguments it has
 * @rule:  of the function that is called, or NULL
 * @count: how many
 */
const struct rule *rules_counted(const struct rule *rule, uint32_t count);

/**
 * rules_macro - the rule of a macro
 * @rules: as loaded
 * @name:  a macro of a location's chain
 */
const struct rule *rules_macro(const struct rules *rules, const char *name);

/**
 * rules_up_macro - rules_macro() for a unit without CONFIG_SMP
 * @rules: as loaded
 * @name:  a macro of a location's chain
 *
 * There nothing but preempt_disable() is left of the spinlock macros; with
 * SMP they hide calls that say more.
 */
const struct rule *rules_up_macro(const struct rules *rules, const char *name);

/**
 * rules_field - the rule of a field that holds a function
 * @rules:  as loaded
 * @record: the record's tag
 * @field:  the field's name
 */
const struct rule *rules_field(const struct rules *rules, const char *record,
			       const char *field);

/**
 * rules_lock_type - the kind of lock that a type is
 * @rules: as loaded
 * @tag:   record tag or typedef name: "raw_spinlock", "spinlock", ...
 *
 * Return: 's' for spinlock_t, 'r' for raw_spinlock_t, 0 for others.
 */
char rules_lock_type(const struct rules *rules, const char *tag);

/**
 * rules_context - a context by its name
 * @rules: as loaded
 * @name:  such as "hardirq"
 */
const struct context *rules_context(const struct rules *rules,
				    const char *name);

/**
 * rules_gfp_text - gfp flags as the source writes them
 * @rules: as loaded
 * @gfp:   the flags
 * @arena: owns the text
 *
 * Return: such as "GFP_ATOMIC|__GFP_ZERO"; bits without a name come last, in
 * hexadecimal.
 */
const char *rules_gfp_text(const struct rules *rules, int64_t gfp,
			   struct arena *arena);

/**
 * rules_gfp_check - the checks of gfp flags, one after the other
 * @rules:    as loaded
 * @index:    from 0
 * @rule:     of the function that is called
 * @argument: set to its gfp_t, RULE_NO_ARGUMENT if the check is not for it
 *
 * Return: the check, NULL after the last one.
 */
const struct gfp_check *rules_gfp_check(const struct rules *rules, size_t index,
					const struct rule *rule,
					uint8_t *argument);

/**
 * rules_is_gfp - is a number one of the named sets of several flags?
 * @rules: as loaded
 * @value: the number
 */
bool rules_is_gfp(const struct rules *rules, int64_t value);

/**
 * rules_constant - what a constant of the kernel is
 * @rules: as loaded
 * @name:  "GFP_KERNEL", "IRQF_ONESHOT"
 * @value: set to it
 *
 * For facts that were made from the source, where GCC has replaced no macro.
 *
 * Return: whether the rules know it.
 */
bool rules_constant(const struct rules *rules, const char *name,
		    int64_t *value);

/**
 * rules_is_absent - is a function not there, or never run, in a model?
 * @rules:    as loaded
 * @file:     where it is defined
 * @function: its name
 * @model:    the model
 */
bool rules_is_absent(const struct rules *rules, const char *file,
		     const char *function, enum model model);

/**
 * rules_list - print every context, gfp name and rule, one a line, with its source
 * @rules: as loaded
 * @out:   where to
 */
void rules_list(const struct rules *rules, FILE *out);

/**
 * rules_lint - find faults that loading lets pass
 * @rules: as loaded
 *
 * Two files of one directory that describe one name or the same gfp flags,
 * and contexts that no rule uses.
 *
 * Return: number of faults, each reported on stderr as "file:line: error: ...".
 */
unsigned int rules_lint(const struct rules *rules);

#endif
