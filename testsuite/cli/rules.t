#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# rules.t - labyrinth rules: what list prints, what lint complains of

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

run rules list
exits 0 "the rules are listed"
prints '^.*/slab\.yaml:[0-9]+: function kmalloc; needs SLEEP to alloc if arg1'
prints 'context raw_spinlock; allows CONFIG \(rt: SPIN\)'
prints 'function spin_trylock; opens spinlock if nonzero'
prints 'macro preempt_disable; opens preempt_off \[include/linux/preempt\.h'
quiet "listing says nothing else"

run rules lint
exits 0 "Labyrinth's own rules are without fault"
quiet "and lint says nothing of them"

cat >"$scratch/good.yaml" <<'EOF'
rules:
  - functions: [kmalloc]
    need: SPIN
    source: this test
  - functions: [mydriver_lock]
    need: CONFIG
    class: lock
    opens: [spinlock]
    source: this test
EOF
run rules lint "$scratch/good.yaml"
exits 0 "a file may override own rules, and use their contexts"
run rules list "$scratch/good.yaml"
prints 'good\.yaml:2: function kmalloc; needs SPIN to call \[this test\]'
prints_not 'slab\.yaml:[0-9]+: function kmalloc;'

cat >"$scratch/bad.yaml" <<'EOF'
rules:
  - functions: [f]
    nead: SLEEP
  - functions: [g]
    opens: [nothing]
    source: this test
EOF
run rules lint "$scratch/bad.yaml"
exits 2 "a faulty file is an error"
says "bad\.yaml:3: error: unknown key 'nead' in a rule"
says "bad\.yaml:2: error: a rule without 'source'"
says "bad\.yaml:5: error: unknown context 'nothing'"

run rules lint --no-builtin "$scratch/good.yaml"
exits 2 "without own rules their contexts are unknown"

run rules lint "$scratch/none.yaml"
exits 2 "a file that is not there is an error"
says 'none\.yaml: No such file'

run rules check
exits 2 "an unknown action is a usage error"
run rules
exits 2 "so is none"

finish
