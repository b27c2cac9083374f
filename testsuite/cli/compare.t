#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# compare.t - labyrinth rules compare: rules of fields beside their callers

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

plugin=$("$labyrinth" --plugin gcc 2>/dev/null) ||
	skip_all "there is no plugin for gcc"

cat >"$scratch/core.c" <<'END'
#include "kernel.h"
struct device_lock { raw_spinlock_t raw; spinlock_t lock; };

/* As the rule of irq_chip says: under a raw lock. */
void core_mask(struct device_lock *l, struct irq_chip *chip, struct irq_data *d)
{
	raw_spin_lock(&l->raw);
	chip->irq_mask(d);
	raw_spin_unlock(&l->raw);
}

/* Where sleeping is allowed, and nowhere else. */
void core_ack(struct irq_chip *chip, struct irq_data *d)
{
	chip->irq_ack(d);
}

/* No rule says anything of it. */
void core_bus_lock(struct irq_chip *chip, struct irq_data *d)
{
	chip->irq_bus_lock(d);
}

/* The rule of work says that a task runs it; and under a lock, one caller up. */
static void core_run(struct work_struct *work)
{
	work->func(work);
}

void core_work(struct device_lock *l, struct work_struct *work)
{
	core_run(work);
	spin_lock(&l->lock);
	core_run(work);
	spin_unlock(&l->lock);
}

static void driver_mask(struct irq_data *d) { }
const struct irq_chip driver_chip = {
	.irq_mask = driver_mask,
	.irq_ack = driver_mask,
	.irq_bus_lock = driver_mask,
};
END
gcc -fplugin="$plugin" -std=gnu11 -O2 -nostdinc -fno-strict-aliasing -fno-PIE \
	-Itestsuite/check -c "$scratch/core.c" -o "$scratch/core.o" ||
	skip_all "the fixture does not compile"

run rules compare "$scratch/core.o"
exits 0 "rules are compared with the callers"
prints '^irq_chip\.irq_mask: rule CONFIG/SPIN, callers CONFIG/SPIN; calls 1, where sleeping is allowed 0: they agree$'
prints '^irq_chip\.irq_ack: rule CONFIG/SPIN, callers SLEEP/SLEEP; calls 1, where sleeping is allowed 1: the rule is stricter$'
prints '^work_struct\.func: rule SLEEP/SLEEP, callers CONFIG/CONFIG; calls 1, where sleeping is allowed 1: the callers are stricter$'
prints_not 'irq_bus_lock' "a field without a rule is left out"
prints '^rules of fields that are called 3: agree with the callers 1, stricter 1, laxer 1, otherwise different 0$'
quiet "and says nothing else"

run rules compare
exits 2 "nothing to compare with is a usage error"
says "no object, archive or directory"
run rules compare "$scratch/missing.o"
exits 2 "an object that is not there"
says "missing\.o: No such file"

# What is asked leaves no trace in what is reported.
run check -Wextra --all "$scratch/core.o"
prints_not 'irq_mask|work_struct' "calls of fields are no findings"
finish
