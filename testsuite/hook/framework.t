#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# framework.t - the hook by way of the pre-commit framework, from a clone of
# this repository's .pre-commit-hooks.yaml

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

command -v pre-commit >/dev/null || skip_all "pre-commit is not installed"
"$labyrinth" --plugin gcc >/dev/null 2>&1 ||
	skip_all "there is no plugin for gcc"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a
export GIT_COMMITTER_EMAIL=a@b
export PRE_COMMIT_HOME=$scratch/home HOME=$scratch/home
# "language: system" takes labyrinth from PATH.
mkdir "$scratch/bin" "$scratch/hooks" "$scratch/tree"
ln -s "$labyrinth" "$scratch/bin/labyrinth"
PATH=$scratch/bin:$PATH

cp .pre-commit-hooks.yaml "$scratch/hooks/"
cd "$scratch/hooks" || exit 2
git init -q .
git add -A
git commit -qm hooks
revision=$(git rev-parse HEAD)

cd "$scratch/tree" || exit 2
git init -q .
cat >port.c <<'END'
#include "kernel.h"
struct port { spinlock_t lock; void *buf; };
void port_fill(struct port *port)
{
	spin_lock(&port->lock);
	port->buf = kmalloc(64, GFP_KERNEL);
	spin_unlock(&port->lock);
}
END
cat >compile_commands.json <<END
[{"directory": "$scratch/tree", "file": "port.c", "arguments": ["gcc",
  "-std=gnu11", "-O2", "-nostdinc", "-fno-strict-aliasing", "-fno-PIE",
  "-I$top/testsuite/check", "-c", "-o", "port.o", "port.c"]}]
END
cat >.pre-commit-config.yaml <<END
repos:
- repo: $scratch/hooks
  rev: $revision
  hooks:
  - id: labyrinth
END
git add port.c .pre-commit-config.yaml
git commit -qm start
pre-commit install >"$scratch/out" 2>"$scratch/err"
status=$?
exits 0 "pre-commit install"

commit() {
	command=("git commit")
	git commit -m "$1" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

echo '/* nothing new */' >>port.c
git add port.c
commit good
exits 0 "a commit that brings in nothing"
says '^labyrinth\.+Passed'
sed -i 's/^	spin_unlock.*/	mutex_lock(0);\n&/' port.c
git add port.c
git show HEAD:port.c >port.c
commit bad
exits 1 "one that brings in a finding, staged and not in the work tree"
says '^labyrinth\.+Failed'
says '^port\.c:7:2: warning: mutex_lock\(\) may sleep'
! grep -q 'port\.c:6:' "$scratch/err"
result $? "and not the finding that HEAD has"
git diff --quiet HEAD -- port.c
result $? "the work tree is as it was"
finish
