// SPDX-License-Identifier: GPL-2.0-or-later
//
// pool_objects.h - the objects that a pool would hold, and who would own it
//
// Part of each recipe that puts a pool in the place of kmalloc(). Reads where
// structures are declared, allocated, freed and handed on in the file, and
// decides, for the allocation at virtual.line, whether all of its objects are
// in view: then the rule "pool" binds their type T, the structure S that the
// pool will be part of, and the names of what is added. Else it says why not.

@initialize:python@
@@
import re

def flat(text):
    """as C would be written: sizeof(*x), a->b"""
    text = re.sub(r"\s+", " ", text.strip())
    text = re.sub(r"\s*(->|\.|\(|\)|\[|\])\s*", r"\1", text)
    return re.sub(r"([*&]) ", r"\1", text)

def tag(text):
    """of a structure; None for other types"""
    found = re.match(r"(?:const )?struct (\w+)$", flat(text))
    return found and found.group(1)

class Pool:
    def __init__(self):
        self.takes = []    # (line, function, allocator, type, variable)
        self.sized = set() # lines where the size is that of the type
        self.checked = set()
        self.passed = {}   # line -> static function that returns it untested
        self.calls = {}    # of these: line -> is the result tested?
        self.absent = set() # (line, what is NULL there)
        self.frees = []    # (line, function, callee, type, variable)
        self.untyped = {}  # line -> callee, expression
        self.others = []   # (line, callee, type)
        self.declared = {} # tag -> line
        self.fields = {}   # tag -> [(member, tag)]
        self.values = {}   # function -> [(line, variable, tag)]
        self.handed = []   # (line, function, callee, type)
        self.returned = [] # (line, function, type)
        self.dma = []      # (line, type)
        self.defined = {}  # function -> is it static?
        self.owners = []   # tags of structures that are allocated zeroed
        self.at = {}       # (function, object) -> what points to the owner

    def pointers(self, function, line):
        """what points to a structure in a function, before a line"""
        for at, variable, to in self.values.get(function, []):
            if at <= line:
                yield variable, to
        for at, variable, to in self.values.get(function, []):
            for member, other in self.fields.get(to, []):
                if at < line:
                    yield variable + "->" + member, other

    def owner_in(self, function, line, tag, object, fresh):
        for expression, to in self.pointers(function, line):
            inside = expression.startswith(object + "->")
            absent = (line, expression) in self.absent
            if to == tag and not absent and not (fresh and inside):
                return expression
        return None

    def lacking(self, owner, sites):
        """the first site from which the owner cannot be reached"""
        self.at = {}
        fresh = [site[1] for site in self.takes]
        for line, function, variable in sorted(sites):
            found = self.owner_in(function, line, owner, variable,
                                  function in fresh)
            if not found:
                return line, function
            self.at.setdefault((function, variable), found)
        return None

    def fits(self, line):
        """is there a kmalloc() or kzalloc() into a pointer?"""
        return line in [t[0] for t in self.takes]

    def why_not(self, line):
        """the reason to refuse, or None"""
        site = [t for t in self.takes if t[0] == line]
        self.T = T = site[0][3]
        self.name = name = tag(T)
        if not name:
            return "what is allocated, %s, is no structure" % T
        if name not in self.declared:
            return "%s is declared in a header: other files may free it" % T
        self.takes = [t for t in self.takes if t[3] == T]
        for at, function, _, _, variable in self.takes:
            if at not in self.sized:
                return "line %d: the size is not that of %s" % (at, T)
            if at not in self.checked and not self.is_tested_above(at):
                return ("line %d: no test of %s for NULL follows"
                        % (at, variable))
        return self.why_astray(T) or self.why_no_owner(T, name)

    def is_tested_above(self, line):
        """is what the function returns tested wherever it is called?"""
        function = self.passed.get(line)
        calls = [t for f, t in self.calls.values() if f == function]
        return self.defined.get(function) and calls and all(calls)

    def why_astray(self, T):
        for at, callee, to in self.others:
            if to == T and callee not in self.defined:
                return "line %d: %s() allocates %s, too" % (at, callee, T)
        self.frees = [f for f in self.frees if f[3] == T]
        for at, function, callee, _, variable in self.frees:
            if callee != "kfree":
                return "line %d: %s() frees %s" % (at, callee, T)
        for at, (callee, expression) in sorted(self.untyped.items()):
            return ("line %d: whether %s(%s) frees %s is not known"
                    % (at, callee, expression, T))
        if not self.frees:
            return "nothing here frees %s" % T
        for at, function, callee, to in self.handed:
            if to == T and callee not in self.defined:
                return ("line %d: %s is handed to %s(), which may keep or "
                        "free it" % (at, T, callee))
        for at, function, to in self.returned:
            if to == T and not self.defined.get(function, True):
                return ("line %d: %s() returns %s to other files"
                        % (at, function, T))
        return None

    def why_no_owner(self, T, name):
        sites = [(t[0], t[1], t[4]) for t in self.takes]
        sites += [(f[0], f[1], f[4]) for f in self.frees]
        reason = "no function here allocates a private structure, zeroed"
        for owner in self.owners:
            if owner == name:
                continue
            if owner not in self.declared:
                reason = "struct %s is declared in a header" % owner
                continue
            missing = self.lacking(owner, sites)
            if not missing:
                self.owner = owner
                return None
            reason = ("line %d: %s() has no pointer to struct %s at hand"
                      % (missing[0], missing[1], owner))
        return reason

    def owner_name(self):
        """what the driver itself calls its structure"""
        names = [e for e in self.at.values() if e.isidentifier()]
        return names[0] if names else "owner"

    def short(self):
        """what the objects are, without the driver's name before it"""
        driver = self.owner.split("_")[0] + "_"
        if self.name.startswith(driver) and len(self.name) > len(driver):
            return self.name[len(driver):]
        return self.name

facts = Pool()
KEEPS_NOTHING = re.compile(
    r"mem(cpy|set|cmp|move|zero_explicit)|memcpy_(from|to)io|kfree$|"
    r"copy_(from|to)_user|(printk|WARN|BUG|trace_)|"
    r"(pr|dev|netdev|netif|drm)_(emerg|alert|crit|err|warn|notice|info|dbg)")

@allocated@
type T;
T *x;
expression size, gfp;
identifier fn = {kmalloc, kzalloc};
position p;
@@
x = fn@p(size, gfp)

@script:python@
T << allocated.T;
x << allocated.x;
fn << allocated.fn;
p << allocated.p;
@@
facts.takes.append((int(p[0].line), p[0].current_element, fn, flat(T), flat(x)))

@sized@
type T;
T *x;
T *y;
expression gfp;
identifier fn = {kmalloc, kzalloc};
position p;
@@
x = fn@p(\(sizeof(*y)\|sizeof(T)\), gfp)

@script:python@
p << sized.p;
@@
facts.sized.add(int(p[0].line))

@tested@
expression x, size, gfp;
identifier fn = {kmalloc, kzalloc};
position p;
statement A, B;
@@
x = fn@p(size, gfp)
... when != x
if (\(!x\|x == NULL\|unlikely(!x)\|unlikely(x == NULL)\)) A else B

@script:python@
p << tested.p;
@@
facts.checked.add(int(p[0].line))

@passed_up@
expression x, size, gfp;
identifier fn = {kmalloc, kzalloc};
position p;
@@
x = fn@p(size, gfp)
... when != x
return x;

@script:python maker@
p << passed_up.p;
f;
@@
facts.passed[int(p[0].line)] = p[0].current_element
coccinelle.f = cocci.make_ident(p[0].current_element)

@called@
identifier maker.f;
position p;
@@
f@p(...)

@script:python@
f << maker.f;
p << called.p;
@@
facts.calls.setdefault(int(p[0].line), (f, False))

@called_tested@
identifier maker.f;
expression y;
position p;
statement A, B;
@@
y = f@p(...)
... when != y
if (\(!y\|y == NULL\|unlikely(!y)\|unlikely(y == NULL)\)) A else B

@script:python@
f << maker.f;
p << called_tested.p;
@@
facts.calls[int(p[0].line)] = f, True

@absent exists@
expression s;
expression x;
identifier fn = {kfree, kmalloc, kzalloc};
position p;
statement A;
@@
if (\(!s\|s == NULL\|unlikely(!s)\)) { <+... fn@p(x, ...) ...+> } else A

@script:python@
s << absent.s;
p << absent.p;
@@
facts.absent.add((int(p[0].line), flat(s)))

@allocated_otherwise@
type T;
T *x;
identifier fn =~ "alloc|dup|_get_free";
position p;
@@
x = fn@p(...)

@script:python@
T << allocated_otherwise.T;
fn << allocated_otherwise.fn;
p << allocated_otherwise.p;
@@
if fn not in ("kmalloc", "kzalloc"):
    facts.others.append((int(p[0].line), fn, flat(T)))

@freed@
expression x;
identifier fn = {kfree, kvfree, kfree_sensitive};
position p;
@@
fn@p(x)

@script:python@
x << freed.x;
fn << freed.fn;
p << freed.p;
@@
facts.untyped[int(p[0].line)] = fn, flat(x)

@freed_typed@
type T;
T *x;
identifier fn = {kfree, kvfree, kfree_sensitive, kfree_rcu, devm_kfree};
position p;
@@
fn@p(..., x, ...)

@script:python@
T << freed_typed.T;
x << freed_typed.x;
fn << freed_typed.fn;
p << freed_typed.p;
@@
if flat(T) != "void":
    line = int(p[0].line)
    facts.untyped.pop(line, None)
    facts.frees.append((line, p[0].current_element, fn, flat(T), flat(x)))

@declared@
identifier S;
position p;
@@
struct S@p { ... };

@script:python@
S << declared.S;
p << declared.p;
@@
facts.declared[S] = int(p[0].line)

@member@
identifier S, U, m;
@@
struct S { ... struct U *m; ... };

@script:python@
S << member.S;
U << member.U;
m << member.m;
@@
facts.fields.setdefault(S, []).append((m, U))

@passed@
identifier f, s, S;
position p;
@@
f(..., struct S *s@p, ...) { ... }

@script:python@
f << passed.f;
S << passed.S;
s << passed.s;
p << passed.p;
@@
facts.values.setdefault(f, []).append((int(p[0].line), s, S))

@initialised@
type S;
identifier s;
expression e;
position p;
@@
S *s@p = e;

@script:python@
S << initialised.S;
s << initialised.s;
p << initialised.p;
@@
if tag(S):
    facts.values.setdefault(p[0].current_element, []).append(
        (int(p[0].line), s, tag(S)))

// What is assigned in a nested block may not have been when it is left.
@variable@
type S;
local idexpression S *s;
expression e;
position p;
@@
s@p = e

@script:python@
S << variable.S;
s << variable.s;
p << variable.p;
@@
if tag(S) and int(p[0].column) <= 8:
    facts.values.setdefault(p[0].current_element, []).append(
        (int(p[0].line), s, tag(S)))

@zeroed@
type S;
S *s;
identifier fn = {kzalloc, devm_kzalloc, kzalloc_node};
@@
s = fn(...)

@script:python@
S << zeroed.S;
@@
if tag(S) and tag(S) not in facts.owners:
    facts.owners.append(tag(S))

// Their memory is zeroed: net/core/dev.c, drivers/iio/industrialio-core.c,
// net/mac802154/main.c and net/wireless/core.c, drivers/usb/core/hcd.c
@zeroed_with@
type S;
S *s;
identifier fn = {alloc_etherdev, devm_alloc_etherdev, alloc_netdev,
	alloc_etherdev_mq, alloc_etherdev_mqs, ieee802154_alloc_hw,
	ieee80211_alloc_hw, devm_iio_device_alloc, iio_device_alloc,
	usb_create_hcd};
identifier behind = {netdev_priv, iio_priv};
expression dev;
@@
dev = fn(...);
... when any
\(s = behind(dev);\|s = dev->priv;\)

@script:python@
S << zeroed_with.S;
@@
if tag(S) and tag(S) not in facts.owners:
    facts.owners.append(tag(S))

@handed@
type T;
T *x;
identifier fn;
position p;
@@
fn@p(..., x, ...)

@script:python@
T << handed.T;
fn << handed.fn;
p << handed.p;
x << handed.x;
@@
if not KEEPS_NOTHING.match(fn) and not flat(x).startswith("&"):
    facts.handed.append((int(p[0].line), p[0].current_element, fn, flat(T)))

@returned@
type T;
T *x;
position p;
@@
return@p x;

@script:python@
T << returned.T;
p << returned.p;
@@
facts.returned.append((int(p[0].line), p[0].current_element, flat(T)))

@dma@
type T;
T *x;
identifier m, buf = {tx_buf, rx_buf, transfer_buffer};
identifier fn = {dma_map_single, sg_init_one, sg_set_buf, virt_to_phys};
position p;
expression e;
@@
(
e.buf = x@p->m
|
e->buf = x@p->m
|
fn(..., x@p->m, ...)
)

@script:python@
T << dma.T;
p << dma.p;
@@
facts.dma.append((int(p[0].line), flat(T)))

@defined_static@
identifier f;
type R;
@@
static R f(...) { ... }

@script:python@
f << defined_static.f;
@@
facts.defined[f] = True

@defined@
identifier f;
@@
f(...) { ... }

@script:python@
f << defined.f;
@@
facts.defined.setdefault(f, False)
