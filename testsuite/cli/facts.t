#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# facts.t - labyrinth cc for the facts alone, labyrinth facts dump to see them

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

work="$scratch/a, b"
mkdir "$work"
cd "$work" || exit 2
printf 'int twice(int x)\n{\n\treturn 2 * x;\n}\n' >one.c
printf 'int twice(int);\nint main(void)\n{\n\treturn twice(0);\n}\n' >two.c

run cc -- gcc --version
exits 0 "a question about the version reaches the compiler"
prints "gcc"
run cc -- gcc -E one.c
exits 0 "preprocesses"
prints "return 2"
run cc -- gcc one.c two.c -o program
exits 0 "compiles and links a program, unchanged"
./program
result $? "the program runs"
run cc -- gcc -S one.c -o one.s
grep -q twice: one.s
result $? "assembly wanted is assembly got"
run cc -- gcc -c -x c /dev/null -o null.o
exits 0 "a trial of an option runs unchanged"
run cc -- gcc -c -x assembler-with-cpp one.s -o asm.o
exits 0 "assembler runs unchanged"
run cc -- sh -c 'exit 7'
exits 7 "the compiler's exit status is the command's"
run cc -- clang -c one.c
exits 2 "Clang is refused"
says "^labyrinth: error: 'clang': facts need GCC"
run cc -- no-such-compiler -c one.c
exits 2 "a compiler that is not there is an error"
LABYRINTH_PLUGIN_DIR=$work run cc -- gcc -c one.c
exits 2 "a plugin that is not there is an error"
says "no plugin for 'gcc'"

run facts dump one.c
exits 2 "a source is no object"
says "one.c: neither an object nor an archive"
gcc -c one.c -o plain.o
run facts dump plain.o
exits 2 "an object without facts is an error"
says "plain.o: no facts in it"

[ -e "$top/build/plugin/labyrinth.so" ] || finish

run cc -- gcc -O2 -c one.c -o one.o
exits 0 "compiles for facts"
quiet "compiles quietly"
run cc -- gcc -O2 -c two.c -o two.o
! nm one.o | grep -q ' T '
result $? "the object has no code"
run facts dump one.o
exits 0 "dumps an object"
prints "^function twice"
prints "return arg0 \* 2 at one.c:3:"
ar rc fat.a one.o two.o
ar rcT thin.a one.o two.o
ld -r one.o two.o -o both.o
for path in fat.a thin.a both.o .; do
	run facts dump "$path"
	exits 0 "dumps $path"
	[ "$(grep -c '^function' "$scratch/out")" -eq 2 ]
	result $? "each function of $path once"
done
head -c 600 one.o >short.o
run facts dump short.o
exits 2 "an object cut off is an error"
says "^labyrinth: error: short.o: "
finish
