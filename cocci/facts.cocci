// SPDX-License-Identifier: GPL-2.0-or-later
/// Print what a file is made of, for labyrinth cocci: functions, calls,
/// members of structs, initialisers, a line each.
//# No use by itself: labyrinth cocci links these facts, of as many files as
//# it is given, and solves them as it does those of a build. What the lines
//# mean is in doc/cocci.md.
///
// Confidence: High
// Comments:
// Options: --no-includes --macro-file facts.h

virtual report

@initialize:python depends on report@
@@

import sys

file = None

def fact(kind, places, *texts):
    global file
    place = places[0]
    if place.file != file:
        file = place.file
        sys.stdout.write("N\t%s\n" % file)
    words = [kind, place.line, place.column, place.line_end, place.column_end]
    words += [str(text).replace("\t", " ").replace("\n", "\f") for text in texts]
    sys.stdout.write("\t".join(words) + "\n")

@fn@
identifier f;
parameter list ps;
statement list ss;
position p;
@@

f@p(ps) { ss }

@script:python depends on report@
f << fn.f;
ps << fn.ps;
ss << fn.ss;
p << fn.p;
@@

fact("F", p, f, ps, p[0].current_element_line_end, ss)

@hidden@
identifier fn.f;
parameter list fn.ps;
statement list fn.ss;
position fn.p;
type T;
@@

static T f@p(ps) { ss }

@script:python depends on report@
f << fn.f;
p << fn.p;
T << hidden.T;
@@

fact("T", p, f)

@call@
expression f;
expression list es;
position p;
@@

f@p(es)

@script:python depends on report@
f << call.f;
p << call.p;
@@

fact("C", p, f)

@record@
identifier tag, member;
type T;
position p;
@@

struct tag { ... T member@p; ... };

@script:python depends on report@
tag << record.tag;
member << record.member;
T << record.T;
p << record.p;
@@

fact("R", p, tag, member, T)

@init@
identifier tag, v, member;
expression e;
position p;
@@

struct tag v = { ..., .member@p = e, ... };

@script:python depends on report@
tag << init.tag;
v << init.v;
member << init.member;
e << init.e;
p << init.p;
@@

fact("I", p, tag, v, member, e)

@var@
identifier v;
type T;
position p;
@@

T v@p;

@script:python depends on report@
T << var.T;
v << var.v;
p << var.p;
@@

if p[0].current_element == "something_else":
    fact("V", p, v, T)
