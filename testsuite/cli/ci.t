#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ci.t - the jobs of doc/ci.md: they are YAML, their labyrinth commands work,
# and what jq makes for GitLab is what GitLab asks for

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"
command -v jq >/dev/null || skip_all "jq is not installed"
/usr/bin/python3 -c 'import yaml' 2>/dev/null || skip_all "python3-yaml is not installed"
# shellcheck source=SCRIPTDIR/port.sh
. testsuite/cli/port.sh

# job FILE: the example that begins with a comment naming it
job() {
	awk -v head="    # $1" '$0 == head { on = 1 }
		on && /^[^ ]/ { exit }
		on { print substr($0, 5) }' doc/ci.md
}

# commands FILE PATH: of the job's steps those that run labyrinth check or jq
commands() {
	job "$1" | /usr/bin/python3 -c 'import sys, yaml
job = yaml.safe_load(sys.stdin)
steps = eval("job" + sys.argv[1])
steps = [s["run"] if isinstance(s, dict) and "run" in s else s for s in steps]
print(*[s for s in steps if isinstance(s, str)
	and s.startswith(("labyrinth check", "jq"))], sep="\n")' "$2"
}

mkdir "$scratch/bin"
ln -s "$labyrinth" "$scratch/bin/labyrinth"
export LABYRINTH_RULES=$top/rules PATH=$scratch/bin:$PATH
cp "$object" "$tree/drivers/"

commands .github/workflows/labyrinth.yml "['jobs']['labyrinth']['steps']" \
	>"$scratch/github"
grep -q 'format=sarif' "$scratch/github"
result $? "GitHub's job is YAML and writes SARIF"
(cd "$tree" && bash -e "$scratch/github")
result $? "its commands work"
grep -q '"uri": "drivers/port.c"' "$tree/labyrinth.sarif"
result $? "with files as the repository names them"

commands .gitlab-ci.yml "['labyrinth']['script']" >"$scratch/gitlab"
grep -q '^jq' "$scratch/gitlab"
result $? "GitLab's job is YAML and runs jq"
(cd "$tree" && bash -e "$scratch/gitlab")
result $? "its commands work"
jq -e 'length == 2 and all(.[]; (.description | length > 0) and
	.check_name == "sleeping-alloc-in-atomic" and
	(.fingerprint | length == 16) and .severity == "major" and
	.location.path == "drivers/port.c" and .location.lines.begin > 0)' \
	"$tree/gl-code-quality-report.json" >/dev/null
result $? "a code quality report of two findings"
finish
