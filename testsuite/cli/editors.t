#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# editors.t - what doc/editors.md tells vim, Emacs and VS Code to do leads them
# to the places that JSON has

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=SCRIPTDIR/port.sh
. testsuite/cli/port.sh

# example HEAD: the example in doc/editors.md that begins so
example() {
	awk -v head="    $1" 'index($0, head) == 1 { on = 1 }
		on && /^[^ ]/ { exit }
		on { print substr($0, 5) }' doc/editors.md
}

# agrees NAME FILE: lines of type, file, line and column, as JSON has them
agrees() {
	cmp -s "$scratch/places" "$2"
	result $? "$1"
	diff "$scratch/places" "$2" | sed 's/^/# /'
}

run check --format=json "$object"
python3 -c 'import json, sys
for f in json.load(sys.stdin)["findings"]:
    print("w", f["file"], f["line"], f["column"])
    here = lambda p: (p["file"], p["line"], p["column"])
    last = len(f["chain"]) - 1
    for i, p in enumerate(f["chain"]):
        if i < last or here(p) != here(f):
            print("n", *here(p))' \
	<"$scratch/out" >"$scratch/places"
[ "$(wc -l <"$scratch/places")" -ge 4 ]
result $? "there are warnings and notes"
mkdir "$scratch/bin"
ln -s "$labyrinth" "$scratch/bin/labyrinth"
export LABYRINTH_RULES=$top/rules PATH=$scratch/bin:$PATH HOME=$scratch

# have NAME PROGRAM: or one test is skipped
have() {
	command -v "$2" >/dev/null && return
	tests=$((tests + 1))
	echo "ok $tests # SKIP $1 is not installed"
	return 1
}

if have Vim vim; then
	mkdir -p "$scratch/.vim/compiler"
	example '" labyrinth.vim' >"$scratch/.vim/compiler/labyrinth.vim"
	cat >"$scratch/visit.vim" <<END
let found = filter(getqflist(), 'v:val.valid')
let places = map(found, 'join([v:val.type, bufname(v:val.bufnr),
	\\ v:val.lnum, v:val.col])')
call writefile(places, '$scratch/vim')
END
	(cd "$tree" && vim -Nu NONE -i NONE -es \
		--cmd "set rtp+=$scratch/.vim shellpipe=>%s\ 2>&1" \
		-c "compiler labyrinth" -c "silent make! $object" \
		-S "$scratch/visit.vim" -c 'qall!' \
		</dev/null >"$scratch/out" 2>"$scratch/err")
	agrees "Vim's quickfix list" "$scratch/vim"
fi

if have Emacs emacs; then
	example ';; labyrinth check' >"$scratch/labyrinth.el"
	cat >"$scratch/visit.el" <<'END'
;; SPDX-License-Identifier: GPL-2.0-or-later
;; Check, then follow next-error to the end and write down where it leads.
(setq compilation-always-kill t compilation-ask-about-save nil)
(let ((places nil) (finished nil))
  (add-hook 'compilation-finish-functions
            (lambda (&rest _) (setq finished t)))
  (labyrinth-check (getenv "OBJECT"))
  (while (not finished) (accept-process-output nil 0.1))
  (condition-case nil
      (while t
        (next-error)
        (with-current-buffer (window-buffer)
          (push (format "%s %d"
                        (file-relative-name buffer-file-name (getenv "TREE"))
                        (line-number-at-pos))
                places)))
    (user-error nil))
  (princ (mapconcat #'identity (nreverse places) "\n"))
  (terpri))
END
	cp "$object" "$tree/drivers/"
	# An Emacs that is not batch tells its children that it is dumb.
	(cd "$tree" && TERM=dumb OBJECT=$tree/drivers/port.o TREE=$tree timeout 60 \
		emacs -Q --batch -l "$scratch/labyrinth.el" \
		-l "$scratch/visit.el" >"$scratch/emacs" 2>"$scratch/err")
	# A column is where it is on the screen for Emacs: files and lines.
	cut -d ' ' -f 2,3 "$scratch/places" >"$scratch/wanted"
	cmp -s "$scratch/wanted" "$scratch/emacs"
	result $? "Emacs' next-error goes through the chains"
	diff "$scratch/wanted" "$scratch/emacs" | sed 's/^/# /'
fi

example '{' >"$scratch/tasks.json"
run check "$object"
python3 -c 'import json, re, sys
pattern = json.load(open(sys.argv[1]))["tasks"][0]["problemMatcher"]["pattern"]
for line in sys.stdin:
    at = re.match(pattern["regexp"], line)
    print(at[pattern["severity"]][0],
          *[at[pattern[key]] for key in ("file", "line", "column")])' \
	"$scratch/tasks.json" <"$scratch/out" >"$scratch/code"
agrees "VS Code's problem matcher" "$scratch/code"
finish
