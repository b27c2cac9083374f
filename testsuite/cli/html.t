#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# html.t - labyrinth check --format=html: a page that stands alone, and what a
# browser makes of it. The page is driven by its address, as a user who was
# sent one opens it.

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=SCRIPTDIR/port.sh
. testsuite/cli/port.sh

page=$scratch/page.html
run check --format=html -Wextra -o "$page" "$object"
exits 0 "writes a page"
quiet "quietly"
grep -Eo '(src|href|url|import)[ (=]+["'\'']?(https?:)?//[^ ]*' "$page" \
	>"$scratch/out"
prints_not . "which loads nothing"
# "<" in the data would be markup, whatever the rest of it is.
sed -n '/id="data"/,/^<\/script>/p' "$page" | sed '1d;$d' >"$scratch/data"
python3 -c 'import json, sys
data = json.load(open(sys.argv[1]))
sys.exit(len(data["findings"]) != 3 or
	 data["sources"]["drivers/port.c"]["7"] !=
	 "\tport->buf = kmalloc(size, GFP_KERNEL);" or
	 "<" in open(sys.argv[1]).read())' "$scratch/data"
result $? "with data that are JSON without a <"
"$labyrinth" check --format=html "$object" >/dev/full 2>"$scratch/err"
status=$?
exits 2 "a full disk is an error"

# A file whose name is markup.
cp "$source" "$tree/drivers/<img src=x>.c"
(cd "$tree" && gcc -fplugin="$plugin" -std=gnu11 -O2 -nostdinc \
	-I"$top/testsuite/check" -c "drivers/<img src=x>.c" -o "$object")
run check --format=html "$object"
prints 'u003cimg src=x>' "a hostile name is there"
prints_not '<img' "but is no markup"

# An object may say of itself what it likes, and a page is shown to others.
{ echo '#line 1 "/etc/passwd"' && cat "$source"; } >"$tree/drivers/other.c"
(cd "$tree" && gcc -fplugin="$plugin" -std=gnu11 -O2 -nostdinc \
	-I"$top/testsuite/check" -c drivers/other.c -o "$object")
run check --format=html "$object"
prints '"file":"/etc/passwd"' "a finding in what is no source"
prints_not "$(sed -n 1p /etc/passwd)" "quotes nothing of it"

if ! command -v chromium >/dev/null; then
	tests=$((tests + 1))
	echo "ok $tests # SKIP no chromium to look at the page with"
	finish
fi

# browse PAGE [ADDRESS]: the document that a browser makes of it
browse() {
	command=(chromium "$1#${2-}")
	HOME=$scratch timeout 120 chromium --headless --no-sandbox \
		--disable-gpu --disable-dev-shm-usage \
		--user-data-dir="$scratch/profile" \
		--virtual-time-budget=10000 --dump-dom "file://$1#${2-}" \
		>"$scratch/dom" 2>"$scratch/err"
	status=$?
	# Not what is in the scripts, but what they did.
	python3 -c 'import re, sys
print(re.sub(r"<script.*?</script>|<style.*?</style>", "", sys.stdin.read(),
	     flags=re.S))' <"$scratch/dom" >"$scratch/out"
}

# A user, who writes down what is seen at each step.
cp "$page" "$scratch/driven.html"
cat >>"$scratch/driven.html" <<'END'
<script>
"use strict";
const notes = [];
const pause = () => new Promise((resume) => setTimeout(resume, 100));
const all = (what) => [...document.querySelectorAll(what)];

async function note(step) {
	await pause();
	const hit = all("pre .hit").map((line) =>
		`${line.dataset.line}:${line.textContent.trim()}`);
	notes.push([step, all(".finding").length,
		    document.getElementById("summary").textContent,
		    document.documentElement.dataset.theme,
		    all("svg").map((x) => x.getAttribute("aria-label")).join(),
		    hit.join(), location.hash].join(" | "));
}

async function go(address) {
	location.hash = address;
	await note(address);
}

async function type(name, value) {
	const field = document.querySelector(`[name=${name}]`);

	field.value = value;
	field.dispatchEvent(new Event("input", { bubbles: true }));
	await note(`${name}: ${value}`);
}

(async () => {
	await note("opened");
	await go("q=port_fill+KZALLOC");
	await go("check=free-under-raw-lock");
	await go("tier=default");
	await go("model=nonrt");
	await go("q=no-such-thing&theme=dark");
	await go("theme=light");
	await type("q", "kfree");
	await type("check", "sleeping-alloc-in-atomic");
	await type("q", "");
	await type("theme", "dark");
	all(".finding summary")[1].click();
	await note("clicked");
	document.body.replaceChildren();
	document.body.append(notes.join("\n"));
})();
</script>
END
browse "$scratch/driven.html"
exits 0 "a browser opens it"
prints 'opened \| 3 \| 3 findings \| light \|  \|  \| *$' \
	"all findings are laid out, and no chains yet"
prints 'KZALLOC \| 1 \| 1 of 3 findings' "the search takes words in any case"
prints '^check=free-under-raw-lock \| 1 \|' "the address filters by check"
prints '^tier=default \| 2 \|' "by tier"
prints '^model=nonrt \| 2 \|' "by kernel"
prints '^q=no-such-thing&amp;theme=dark \| 0 \| 0 of 3 findings \| dark' \
	"to nothing, in the dark"
prints '^theme=light \| 3 \| 3 findings \| light' "and back"
prints '^q: kfree \| 1 \| 1 of 3 findings \| .*q=kfree' "the field searches"
prints '^check: sleeping-alloc-in-atomic \| 0 \|' "the menu filters, too"
prints '^q:  \| 2 \|' "by itself"
prints '^theme: dark \| 2 \| [^|]* \| dark' "the switch makes it dark"
prints '^clicked .*\| spin_lock: allows CONFIG, then port_fill\(\), then port_grow\(\), then kzalloc: needs SLEEP \|' \
	"a click draws the chain"
prints '^clicked .*,19:port_grow\(port\);,' "and shows the source at each step"
prints '^clicked .*open=[0-9a-f]{16}' "the address tells which is open"

# Names that try to be markup, wherever a name can be.
evil='"><img src=x onerror=document.title="pwned"><!-- <script>'
python3 - "$page" "$scratch/evil.html" "$scratch/many.html" "$evil" <<'END'
import json, re, sys
page, evil_page, many_page, evil = sys.argv[1:]
text = open(page).read()
head, data, tail = re.split(r'(?<=id="data">\n)(.*?)(?=\n</script>)', text,
			    maxsplit=1, flags=re.S)
def write(path, data):
	data = json.dumps(data).replace("<", "\\u003c")
	open(path, "w").write(head + data + tail)
data = json.loads(data)
many = dict(data, findings=[
	dict(f, fingerprint=f"{i:016x}", file=f"drivers/d{i % 500}/{i}.c")
	for i in range(10000) for f in data["findings"][:1]])
write(many_page, many)
for finding in data["findings"]:
	for key in ("file", "message", "function", "opening", "operation",
		    "check", "tier", "fingerprint"):
		finding[key] = evil
	for place in finding["chain"]:
		place.update(function=evil, what=evil, file=evil)
data["findings"][2].update(opening=None, allow=None, need=None)
data["sources"] = {evil: {str(n): evil for n in range(40)}}
write(evil_page, data)
END
browse "$scratch/evil.html" \
	"open=$(python3 -c 'import sys, urllib.parse
print(urllib.parse.quote(sys.argv[1]))' "$evil")"
prints '<svg' "hostile names are drawn"
prints_not '<img|<title>pwned' "and are text"
browse "$scratch/many.html" "q=5.c"
prints '>1000 of 10000 findings<' "10,000 findings are filtered"
finish
