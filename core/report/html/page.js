// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * page.js - lays out the findings, filters them, draws their chains
 *
 * Names come out of object files, so all text gets into the page as text
 * nodes and attributes, never as HTML. What is not open is not laid out: ten
 * thousand findings cost their headings only.
 *
 * The filters are kept in the address, which makes a view one that can be
 * passed on: #q=kmalloc&check=ID&open=FINGERPRINT.
 */
"use strict";

const { findings, checks, sources, version } =
	JSON.parse(document.getElementById("data").textContent);
const filters = document.getElementById("filters");
const list = document.getElementById("findings");
const OPEN_AT_ONCE = 200;
const SVG = "http://www.w3.org/2000/svg";

function add(parent, name, attributes = {}, text = null) {
	const svg = name === "svg" || parent.namespaceURI === SVG;
	const element = svg ? document.createElementNS(SVG, name)
			    : document.createElement(name);

	for (const [key, value] of Object.entries(attributes))
		element.setAttribute(key, value);
	if (text !== null)
		element.textContent = text;
	parent.append(element);
	return element;
}

function baseName(file) {
	return file.slice(file.lastIndexOf("/") + 1);
}

function directoryOf(file) {
	const slash = file.lastIndexOf("/");

	return slash < 0 ? "." : file.slice(0, slash) || "/";
}

function count(number) {
	return number === 1 ? "1 finding" : `${number} findings`;
}

/* The chain as boxes: what opened a context, the functions, what needs. */
function nodesOf(finding) {
	const nodes = [];

	if (finding.opening)
		nodes.push({
			name: finding.opening,
			note: finding.allow ? `allows ${finding.allow}` : "",
			kind: "opening",
		});

	for (const place of finding.chain) {
		const last = nodes[nodes.length - 1];
		const spot = `${baseName(place.file)}:${place.line}`;

		if (last?.kind === "opening")
			last.spot = spot;
		if (!last || last.kind || last.name !== place.function)
			nodes.push({ name: place.function, kind: "" });
		nodes[nodes.length - 1].spot = spot;
	}
	for (const node of nodes)
		if (node.name === finding.function && !node.kind)
			node.kind = "meets";
	/* Where nothing is waited for, the chain does not end in a call. */
	if (finding.need)
		nodes.push({
			name: finding.operation,
			note: `needs ${finding.need}`,
			kind: "operation",
		});
	return nodes;
}

function draw(parent, finding) {
	const nodes = nodesOf(finding);
	const labels = nodes.map(({ name, note }) =>
		note ? `${name}: ${note}` : `${name}()`);
	const high = 26, gap = 26;
	const wide = 24 + 7.7 * Math.max(...labels.map((l) => l.length),
					 ...nodes.map((n) => (n.spot || "").length));
	const svg = add(parent, "svg", {
		width: wide,
		height: nodes.length * (high + gap) - gap + 2,
		role: "img",
		"aria-label": labels.join(", then "),
	});

	nodes.forEach((node, i) => {
		const top = 1 + i * (high + gap);
		const box = add(svg, "g", { class: node.kind });

		add(box, "rect", { x: 1, y: top, width: wide - 2, height: high,
				   rx: 5 });
		add(box, "text", { x: 12, y: top + 17 }, labels[i]);
		if (i === nodes.length - 1)
			return;
		add(svg, "path", { d: `M20 ${top + high}v${gap - 1}` +
				      "m-4 -6l4 6l4 -6" });
		add(svg, "text", { class: "label", x: 32, y: top + high + 17 },
		    node.spot || "");
	});
}

function showSource(parent, place) {
	const lines = sources[place.file];
	const known = (n) => lines && lines[n] !== undefined;
	let from = place.line, to = place.line;

	if (!known(place.line)) {
		add(parent, "p", { class: "none" }, "The source is not at hand.");
		return;
	}
	while (known(from - 1) && from > place.line - 3)
		from--;
	while (known(to + 1) && to < place.line + 3)
		to++;
	const pre = add(parent, "pre");

	for (let n = from; n <= to; n++)
		add(pre, "span", {
			"data-line": n,
			class: n === place.line ? "hit" : "",
		}, lines[n] + "\n");
}

function showBody(parent, finding) {
	const body = add(parent, "div", { class: "body" });
	const check = checks.find(({ id }) => id === finding.check);

	draw(add(body, "div", { class: "drawing" }), finding);
	const steps = add(body, "ol");

	for (const place of finding.chain) {
		const step = add(steps, "li", { class: "step" });
		const says = add(step, "p", {}, `${place.what} `);

		add(says, "span", { class: "place" },
		    `${place.file}:${place.line}:${place.column}`);
		showSource(step, place);
	}
	if (!check)
		return;
	const about = add(body, "details", { class: "about" });

	add(about, "summary", {}, `About ${check.id}: ${check.summary}`);
	add(about, "pre", {}, check.page);
}

/* The body is laid out when it is opened for the first time. */
function onOpen(details, fill) {
	const once = () => {
		if (!details.open)
			return;
		details.removeEventListener("toggle", once);
		fill();
	};

	details.addEventListener("toggle", once);
}

function showFinding(parent, finding) {
	const details = add(parent, "details", {
		class: "finding",
		"data-fingerprint": finding.fingerprint,
	});
	const summary = add(details, "summary");

	add(summary, "span", { class: "place" },
	    `${baseName(finding.file)}:${finding.line}`);
	add(summary, "span", { class: "message" }, finding.message);
	if (finding.tier !== "default")
		add(summary, "span", { class: "badge" }, finding.tier);
	if (finding.models.length === 1)
		add(summary, "span", { class: "badge" }, finding.models[0]);
	add(summary, "span", { class: "badge check" }, finding.check);
	if (finding.fingerprint === state.open) {
		details.open = true;
		showBody(details, finding);
	} else {
		onOpen(details, () => showBody(details, finding));
	}
}

function showDirectory(name, members, open) {
	const details = add(list, "details", { class: "directory" });
	const fill = () => {
		for (const finding of members)
			showFinding(details, finding);
	};

	add(add(details, "summary", {}, `${name} `), "span",
	    { class: "count" }, members.length);
	if (open) {
		details.open = true;
		fill();
	} else {
		onOpen(details, fill);
	}
}

function textOf(finding) {
	finding.text ??= [finding.check, finding.message, finding.file,
			  finding.function, finding.operation, finding.opening,
			  finding.fingerprint,
			  ...finding.chain.map((place) => place.what)]
		.join("\n").toLowerCase();
	return finding.text;
}

function isShown(finding, words) {
	return (!state.check || finding.check === state.check) &&
	       (!state.tier || finding.tier === state.tier) &&
	       (!state.model || finding.models.includes(state.model)) &&
	       words.every((word) => textOf(finding).includes(word));
}

function show() {
	const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
	const shown = findings.filter((finding) => isShown(finding, words));
	const directories = new Map();

	for (const finding of shown) {
		const name = directoryOf(finding.file);

		if (!directories.has(name))
			directories.set(name, []);
		directories.get(name).push(finding);
	}
	list.replaceChildren();
	for (const [name, members] of directories)
		showDirectory(name, members, shown.length <= OPEN_AT_ONCE ||
			members.some((f) => f.fingerprint === state.open));
	document.getElementById("summary").textContent =
		shown.length === findings.length ? count(shown.length) :
			`${shown.length} of ${count(findings.length)}`;
	if (!shown.length)
		add(list, "p", { class: "none" }, "Nothing to show.");
	list.querySelector(".finding[open]")?.scrollIntoView({ block: "center" });
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function colour() {
	document.documentElement.dataset.theme =
		state.theme || (systemDark.matches ? "dark" : "light");
}

const state = { q: "", check: "", tier: "", model: "", theme: "", open: "" };

function readAddress() {
	const given = new URLSearchParams(location.hash.slice(1));

	for (const key of Object.keys(state)) {
		state[key] = given.get(key) || "";
		if (filters.elements[key])
			filters.elements[key].value = state[key];
	}
	colour();
	show();
}

function writeAddress() {
	const given = new URLSearchParams();

	for (const [key, value] of Object.entries(state))
		if (value)
			given.set(key, value);
	history.replaceState(null, "", `#${given}`);
}

function addChoices(name, values) {
	for (const value of new Set(values)) {
		const number = findings.filter((f) => f[name] === value).length;

		add(filters.elements[name], "option", { value },
		    `${value} (${number})`);
	}
}

addChoices("check", findings.map((finding) => finding.check).sort());
addChoices("tier", ["default", "extra", "all"].filter((tier) =>
	findings.some((finding) => finding.tier === tier)));
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("input", (event) => {
	state[event.target.name] = event.target.value;
	writeAddress();
	colour();
	if (event.target.name !== "theme")
		show();
});
list.addEventListener("toggle", (event) => {
	if (!event.target.open || !event.target.dataset.fingerprint)
		return;
	state.open = event.target.dataset.fingerprint;
	writeAddress();
}, true);
document.addEventListener("keydown", (event) => {
	if (event.key !== "/" || event.target.matches("input, select"))
		return;
	event.preventDefault();
	filters.elements.q.focus();
});
systemDark.addEventListener("change", colour);
addEventListener("hashchange", readAddress);
document.querySelector("h1").title = `Labyrinth ${version}`;
readAddress();
