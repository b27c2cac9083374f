// SPDX-License-Identifier: GPL-2.0-or-later
/// Take pages from a ring in the driver's own structure that is filled, and
/// mapped for DMA, before the interrupt handler is registered.
//
// The ring is taken from in a bounded time in any context, with any lock held:
// it claims a bit. A page is mapped as long as it lives, for mapping, too, takes
// locks and memory; where it was mapped and unmapped it is synchronised. Pages
// come back in about the order in which they go, or the ring stands still: a
// driver that keeps some for longer wants another pool.
//
// Confidence: Moderate
// Rank: 30
// Checks: alloc-under-raw-lock alloc-in-hard-irq
// Requires: alloc_page() into a pointer, whose test for NULL follows
// Requires: all pages of the file are allocated so, are mapped for DMA as a whole and in one direction, and freed with __free_page() or put_page()
// Requires: none is handed to a function of another file that may keep or free it
// Requires: the device is reached through the structure that the handler is registered with, declared in the file and at hand where a page is allocated or freed
// Requires: the function that registers the handler with request_irq() or devm_request_irq() tests the result and returns it, or jumps
// Options: --smpl-spacing
// Subject: take pages from a ring in %function%()
// Log: Allocate and map a ring of pages before the interrupt handler is
// Log: registered, and take from it in %function%(), in any context and in
// Log: constant time. With none left it fails as it did without memory. The
// Log: number is a guess to be checked against how late the pages may come back.

virtual alloc_under_raw_lock

virtual alloc_in_hard_irq

#include "pool_objects.smpl"

@initialize:python@
@@
devices = {}    # (function, variable) -> what it is initialised with
maps = []       # (line, function, device, direction)
unmapped = 0    # dma_unmap_page() that unmap a whole page
odd = []        # (line, why not), what cannot be followed
registered = [] # tags of what handlers are registered with
KEEPS_PAGES = re.compile(
    r"k(un)?map|memcpy_(from|to)_page|mem(zero|set)_page|page_address|"
    r"page_(private|to_)|(set_)?page_private|set_page_private|__?free_page|"
    r"dma_map_page|clear_(high)?page|copy_(high)?page|get_page|offset_in_page")

@paged@
struct page *x;
expression gfp;
position p;
@@
x = alloc_page@p(gfp)

@script:python@
x << paged.x;
p << paged.p;
@@
facts.takes.append((int(p[0].line), p[0].current_element, "alloc_page",
                    "struct page", flat(x)))

@paged_tested@
expression x, gfp;
position p;
statement A, B;
@@
x = alloc_page@p(gfp)
... when != x
if (\(!x\|x == NULL\|unlikely(!x)\)) A else B

@script:python@
p << paged_tested.p;
@@
facts.checked.add(int(p[0].line))

@paged_otherwise@
identifier fn = {alloc_pages, dev_alloc_page, dev_alloc_pages, __page_frag_cache_refill};
position p;
@@
fn@p(...)

@script:python@
fn << paged_otherwise.fn;
p << paged_otherwise.p;
@@
odd.append("line %s: %s() allocates pages, too" % (p[0].line, fn))

@unpaged@
struct page *x;
identifier fn = {__free_page, put_page};
position p;
@@
fn@p(x)

@script:python@
x << unpaged.x;
fn << unpaged.fn;
p << unpaged.p;
@@
facts.frees.append((int(p[0].line), p[0].current_element, fn, "struct page",
                    flat(x)))

@unpaged_otherwise@
identifier fn = {__free_pages, get_page, page_ref_inc};
position p;
@@
fn@p(...)

@script:python@
fn << unpaged_otherwise.fn;
p << unpaged_otherwise.p;
@@
odd.append("line %s: %s() is called on a page" % (p[0].line, fn))

@device@
identifier d;
expression e;
position p;
@@
struct device *d@p = e;

@script:python@
d << device.d;
e << device.e;
p << device.p;
@@
devices[p[0].current_element, d] = flat(e)

@mapped@
struct page *x;
expression a, d, way;
position p;
@@
a = dma_map_page@p(d, x, 0, PAGE_SIZE, way);
if (dma_mapping_error(d, a)) { ... __free_page(x); ... }

@script:python@
d << mapped.d;
way << mapped.way;
p << mapped.p;
@@
maps.append((int(p[0].line), p[0].current_element, flat(d), flat(way)))

@mapping@
identifier fn = {dma_map_page, dma_map_single, pci_map_page, dma_map_page_attrs};
position p != mapped.p;
@@
fn@p(...)

@script:python@
fn << mapping.fn;
p << mapping.p;
@@
odd.append("line %s: %s() maps no whole page that is freed when it fails"
           % (p[0].line, fn))

@unmapping@
expression d, a, way;
position p;
@@
dma_unmap_page@p(d, a, PAGE_SIZE, way)

@script:python@
p << unmapping.p;
@@
unmapped += 1

@handler@
type S;
S *s;
identifier fn = {devm_request_irq, request_irq};
expression err;
statement A;
@@
err = fn(..., s);
if (\(err\|err < 0\|err != 0\)) A

@script:python@
S << handler.S;
@@
if tag(S):
    registered.append(tag(S))

@script:python pool@
line << virtual.line;
S; N; way; dev; pages; next; used; addresses; take; put; fill; drain; owner;
@@
def why_no_device():
    """the reason why the device cannot be told from its structure alone"""
    global dma
    ways = set()
    for at, function, d, way in maps:
        whole = devices.get((function, d), d)
        here = [e for e, to in facts.pointers(function, at)
                if to == facts.owner and e.isidentifier()]
        found = [e for e in here if re.match(r"&?%s->" % e, whole)]
        if not found:
            return ("line %d: %s is not reached through struct %s"
                    % (at, d, facts.owner))
        whole = re.sub(r"\b%s->" % found[0], facts.owner_name() + "->", whole)
        ways.add((whole, way))
    if len(ways) > 1:
        return "pages are mapped for more than one device or direction"
    if bool(ways) != bool(unmapped):
        return "what is mapped is not unmapped with dma_unmap_page()"
    dma = ways.pop() if ways else None
    return None

def why_not_pages():
    facts.takes = [t for t in facts.takes if t[3] == "struct page"]
    facts.frees = [f for f in facts.frees if f[3] == "struct page"]
    for t in facts.takes:
        if t[0] not in facts.checked:
            return "line %d: no test of %s for NULL follows" % (t[0], t[4])
    if odd:
        return odd[0]
    for at, function, callee, to in facts.handed:
        if (to == "struct page" and callee not in facts.defined
            and not KEEPS_PAGES.match(callee)):
            return ("line %d: a page is handed to %s(), which may keep or "
                    "free it" % (at, callee))
    if not facts.frees:
        return "nothing here frees a page"
    if not registered:
        return "no function here registers an interrupt handler, and tests it"
    facts.owners = registered
    return facts.why_no_owner("struct page", "page") or why_no_device()

dma = None
fits = [t for t in facts.takes if t[0] == int(line) and t[2] == "alloc_page"]
reason = fits and why_not_pages()
if fits and not reason and not dma:
    reason = "the pages are not mapped for DMA"
if reason:
    print("refused: " + reason)
if reason or not fits:
    cocci.include_match(False)
else:
    name = facts.owner
    coccinelle.S = cocci.make_ident(name)
    coccinelle.N = cocci.make_ident(name.upper() + "_PAGES")
    coccinelle.dev = cocci.make_expr(dma[0])
    coccinelle.way = cocci.make_expr(dma[1])
    coccinelle.pages = cocci.make_ident("ring")
    coccinelle.next = cocci.make_ident("ring_next")
    coccinelle.used = cocci.make_ident("ring_used")
    coccinelle.addresses = cocci.make_ident("ring_dma")
    coccinelle.take = cocci.make_ident(name + "_ring_take")
    coccinelle.put = cocci.make_ident(name + "_ring_put")
    coccinelle.fill = cocci.make_ident(name + "_ring_fill")
    coccinelle.drain = cocci.make_ident(name + "_ring_drain")
    coccinelle.owner = cocci.make_ident(facts.owner_name())

// A mapping lasts as long as its page; what it did is left: to synchronise.
@map depends on pool@
struct page *x;
expression a, d, way;
position p;
@@
a = dma_map_page@p(d, x, 0, PAGE_SIZE, way);

@script:python mapper@
p << map.p;
x << map.x;
at;
@@
coccinelle.at = cocci.make_expr(
    facts.owner_in(p[0].current_element, int(p[0].line), facts.owner, "", True))

@@
identifier pool.addresses;
expression mapper.at;
expression a, d, x, way;
position map.p;
statement A;
@@
- a = dma_map_page@p(d, x, 0, PAGE_SIZE, way);
- if (dma_mapping_error(d, a)) A
+ a = at->addresses[x->index];
+ dma_sync_single_for_device(d, a, PAGE_SIZE, way);

@depends on pool@
expression d, a, way;
@@
- dma_unmap_page
+ dma_sync_single_for_cpu
  (d, a, PAGE_SIZE, way)

@taken depends on pool@
struct page *x;
expression gfp;
position p;
@@
x = alloc_page@p(gfp)

@script:python taker@
p << taken.p;
x << taken.x;
at;
@@
coccinelle.at = cocci.make_expr(facts.at[p[0].current_element, flat(x)])

@@
identifier pool.take;
expression taker.at, gfp;
position taken.p;
@@
- alloc_page@p(gfp)
+ take(at)

@given depends on pool@
struct page *x;
identifier fn = {__free_page, put_page};
position p;
@@
fn@p(x)

@script:python giver@
p << given.p;
x << given.x;
at;
@@
coccinelle.at = cocci.make_expr(facts.at[p[0].current_element, flat(x)])

@@
identifier pool.put;
expression giver.at, x;
identifier given.fn;
position given.p;
@@
- fn@p(x)
+ put(at, x)

@managed@
identifier pool.S, pool.fill;
struct S *s;
expression err;
statement A;
@@
+err = fill(s);
+if (err)
+	A
err = devm_request_irq(..., s);
if (\(err\|err < 0\|err != 0\)) A

@unmanaged@
identifier pool.S, pool.fill, pool.drain;
struct S *s;
expression err;
identifier l;
@@
+err = fill(s);
+if (err)
+	goto l;
err = request_irq(..., s);
-if (\(err\|err < 0\|err != 0\))
-	goto l;
+if (err) {
+	drain(s);
+	goto l;
+}

@unmanaged_return@
identifier pool.S, pool.fill, pool.drain;
struct S *s;
expression err;
@@
+err = fill(s);
+if (err)
+	return err;
err = request_irq(..., s);
-if (\(err\|err < 0\|err != 0\))
-	return err;
+if (err) {
+	drain(s);
+	return err;
+}

@depends on unmanaged || unmanaged_return@
identifier pool.S, pool.drain;
struct S *s;
@@
free_irq(..., s);
+drain(s);

@script:python depends on pool && !managed && !unmanaged && !unmanaged_return@
S << pool.S;
@@
print("refused: no place to fill the ring before the handler is registered")

// Behind the last member, unless that is made to be the last.
@last_struct@
identifier pool.S, X, m;
@@
struct S { ... struct X m; };

@last_array@
identifier pool.S, m;
type Y;
@@
struct S { ... Y m[]; };

@@
identifier pool.S, pool.N;
@@
+/* In use at once, at most: one an interrupt, until the first is given back. */
+#define N 256
+
struct S { ... };

@@
identifier pool.S, pool.N, pool.pages, pool.addresses, pool.used, pool.next, last_struct.X, last_struct.m;
@@
struct S {
	...
+	struct page *pages[N];
+	dma_addr_t addresses[N];
+	unsigned long used[BITS_TO_LONGS(N)];
+	unsigned int next;
	struct X m;
};

@@
identifier pool.S, pool.N, pool.pages, pool.addresses, pool.used, pool.next, last_array.m;
type last_array.Y;
@@
struct S {
	...
+	struct page *pages[N];
+	dma_addr_t addresses[N];
+	unsigned long used[BITS_TO_LONGS(N)];
+	unsigned int next;
	Y m[];
};

@depends on !last_struct && !last_array@
identifier pool.S, pool.N, pool.pages, pool.addresses, pool.used, pool.next;
@@
struct S {
	...
+	struct page *pages[N];
+	dma_addr_t addresses[N];
+	unsigned long used[BITS_TO_LONGS(N)];
+	unsigned int next;
};

@depends on managed@
identifier pool.S, pool.N, pool.pages, pool.addresses, pool.used, pool.next, pool.fill, pool.drain, pool.owner;
expression pool.dev, pool.way;
@@
struct S { ... };
+static int fill(struct S *owner)
+{
+	unsigned int i;
+
+	owner->next = 0;
+	memset(owner->used, 0, sizeof(owner->used));
+	memset(owner->pages, 0, sizeof(owner->pages));
+	for (i = 0; i < N; i++) {
+		struct page *page = alloc_page(GFP_KERNEL);
+		dma_addr_t dma;
+
+		if (!page)
+			break;
+		dma = dma_map_page(dev, page, 0, PAGE_SIZE, way);
+		if (dma_mapping_error(dev, dma)) {
+			__free_page(page);
+			break;
+		}
+		page->index = i;
+		owner->pages[i] = page;
+		owner->addresses[i] = dma;
+	}
+	if (i < N) {
+		drain(owner);
+		return -ENOMEM;
+	}
+	return devm_add_action_or_reset(dev, drain, owner);
+}

@depends on unmanaged || unmanaged_return@
identifier pool.S, pool.N, pool.pages, pool.addresses, pool.used, pool.next, pool.fill, pool.drain, pool.owner;
expression pool.dev, pool.way;
@@
struct S { ... };
+static int fill(struct S *owner)
+{
+	unsigned int i;
+
+	owner->next = 0;
+	memset(owner->used, 0, sizeof(owner->used));
+	memset(owner->pages, 0, sizeof(owner->pages));
+	for (i = 0; i < N; i++) {
+		struct page *page = alloc_page(GFP_KERNEL);
+		dma_addr_t dma;
+
+		if (!page)
+			break;
+		dma = dma_map_page(dev, page, 0, PAGE_SIZE, way);
+		if (dma_mapping_error(dev, dma)) {
+			__free_page(page);
+			break;
+		}
+		page->index = i;
+		owner->pages[i] = page;
+		owner->addresses[i] = dma;
+	}
+	if (i == N)
+		return 0;
+	drain(owner);
+	return -ENOMEM;
+}

@@
identifier pool.S, pool.N, pool.pages, pool.addresses, pool.drain, pool.owner;
expression pool.dev, pool.way;
@@
struct S { ... };
+static void drain(void *data)
+{
+	struct S *owner = data;
+	unsigned int i;
+
+	for (i = 0; i < N && owner->pages[i]; i++) {
+		dma_unmap_page(dev, owner->addresses[i], PAGE_SIZE, way);
+		__free_page(owner->pages[i]);
+	}
+}

@@
identifier pool.S, pool.put, pool.used, pool.owner;
@@
struct S { ... };
+static void put(struct S *owner, struct page *page)
+{
+	clear_bit_unlock(page->index, owner->used);
+}

@@
identifier pool.S, pool.N, pool.take, pool.pages, pool.used, pool.next, pool.owner;
@@
struct S { ... };
+static struct page *
+take(struct S *owner)
+{
+	unsigned int i = owner->next;
+
+	/* The oldest page is still in use: the ring is full. */
+	if (test_and_set_bit_lock(i, owner->used))
+		return NULL;
+	owner->next = (i + 1) % N;
+	return owner->pages[i];
+}
