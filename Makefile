# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makefile - builds Labyrinth under build/, and nothing outside of it
#
#   make          build/labyrinth, and the plugin for every GCC that has
#                 its plugin headers installed
#   make cross    the plugin for every cross compiler that has them
#   make demo     check samples/ as real modules, print the findings
#   make check    the tests, with sanitizers
#   make lint     format, layers, shell, rules, documentation
#   make bench    what the analysis costs beside GCC and sparse
#   make check-kernel-build
#                 build a small kernel with the plugin, see that no trace of
#                 it is left; takes minutes, and is no part of make check
#   make check-kernel
#                 check a whole kernel, count what is found of the corpus;
#                 takes half an hour the first time, and 6 GB below build/
#   make check-runtime
#                 build two kernels with lockdep, boot them in QEMU, and compare
#                 what they complain of with what Labyrinth says; fetches their
#                 source, takes half an hour the first time
#   make check-package
#                 build the Debian package and use it in a clean chroot; needs
#                 root and a mirror, and is no part of make check
#   make check-compat
#                 build and test it in a chroot of Debian 13, with its compilers
#                 and Linux 6.12, and cross-compile for arm64; needs root and a
#                 mirror, takes an hour, and is no part of make check
#   make install  to $(DESTDIR)$(PREFIX)

VERSION := 0.1
PREFIX  ?= /usr/local
prefix  ?= $(PREFIX)
CC      ?= gcc
AR      ?= ar
B       := build

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:

# Two cores are what a small machine has; -j on the command line wins.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j2
endif

WARNINGS := -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes \
	-Wno-unused-parameter -Wno-missing-field-initializers \
	-Werror=implicit-function-declaration -Werror=int-conversion \
	-Werror=incompatible-pointer-types -Werror=return-type \
	-Werror=format -Werror=vla -Werror=uninitialized
CPPFLAGS += -Icore -D_GNU_SOURCE -DLABYRINTH_VERSION='"$(VERSION)"'
CFLAGS   ?= -O2 -g

# Indexes are equal byte for byte, the gaps in structures too.
GAPS := $(shell $(CC) -ftrivial-auto-var-init=zero -E -x c /dev/null \
	>/dev/null 2>&1 && echo -ftrivial-auto-var-init=zero)
LDLIBS   := -lelf -lzstd -lyaml -ljansson -lpthread
SANITIZE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined

core  := $(sort $(wildcard core/*/*.c))
main  := core/cmd/main.c
units := $(sort $(wildcard testsuite/unit/test_*.c))

objects     := $(core:%.c=$(B)/%.o)
san_objects := $(core:%.c=$(B)/san/%.o)
main_object     := $(main:%.c=$(B)/%.o)
san_main_object := $(main:%.c=$(B)/san/%.o)
scale_program   := $(B)/testsuite/make_program
unit_programs   := $(units:testsuite/unit/%.c=$(B)/san/unit/%)

# plugin/plugin.mk adds the plugins it can build to PLUGINS, and to CROSS.
PLUGINS :=
CROSS :=
-include plugin/plugin.mk

.PHONY: all cross san units scale demo check check-kernel-build check-package check-compat check-kernel check-runtime lint bench install clean
all: $(B)/labyrinth $(PLUGINS)
cross: $(CROSS)
san: $(B)/san/labyrinth
units: $(unit_programs)
scale: $(scale_program)

$(B)/labyrinth: $(main_object) $(B)/core.a
	@echo "  LINK     $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(B)/san/labyrinth: $(san_main_object) $(B)/san/core.a
	@echo "  LINK     $@"
	@$(CC) $(SANITIZE) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(B)/core.a: $(filter-out $(main_object),$(objects))
$(B)/san/core.a: $(filter-out $(san_main_object),$(san_objects))
$(B)/core.a $(B)/san/core.a:
	@echo "  AR       $@"
	@rm -f $@
	@$(AR) rcs $@ $^

$(B)/core/%.o: core/%.c
	@echo "  CC       $@"
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 $(CPPFLAGS) $(GAPS) $(WARNINGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(B)/san/core/%.o: core/%.c
	@echo "  CC       $@"
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 $(CPPFLAGS) $(GAPS) $(WARNINGS) $(SANITIZE) -MMD \
		-MP -c $< -o $@

$(B)/san/unit/%: testsuite/unit/%.c $(B)/san/core.a
	@echo "  CC       $@"
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 $(CPPFLAGS) -Itestsuite/unit $(WARNINGS) $(SANITIZE) \
		-MMD -MP $< $(B)/san/core.a -lcmocka $(LDLIBS) -o $@

# Programs that are large, for tests and for make bench.
$(scale_program): testsuite/scale/make_program.c $(B)/core.a
	@echo "  CC       $@"
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 $(CPPFLAGS) -Itestsuite/unit $(WARNINGS) $(CFLAGS) \
		-MMD -MP $< $(B)/core.a $(LDLIBS) -o $@

# What the assembler reads into an object is no dependency that GCC writes.
pages := $(wildcard doc/checks/*.md)
$(B)/core/check/page.o $(B)/san/core/check/page.o: $(pages)
page := $(wildcard core/report/html/page.*)
$(B)/core/report/html.o $(B)/san/core/report/html.o: $(page)

-include $(shell find $(B)/core $(B)/plugin $(B)/san -name '*.d' 2>/dev/null)

# What is installed decides what can be built, so make starts again after
# the packages have come.
demo:
	@scripts/install-deps build demo
	@$(MAKE) --no-print-directory all
	@scripts/demo

check:
	@scripts/install-deps build check demo lint
	@$(MAKE) --no-print-directory all san units scale
	@scripts/run-tests

check-kernel-build:
	@scripts/install-deps build kernel
	@$(MAKE) --no-print-directory all
	@scripts/check-kernel-build

check-kernel:
	@scripts/install-deps build kernel
	@$(MAKE) --no-print-directory all
	@scripts/check-kernel

check-runtime:
	@scripts/install-deps build runtime
	@$(MAKE) --no-print-directory all
	@scripts/check-runtime

check-package:
	@scripts/install-deps build package
	@scripts/check-package

check-compat:
	@scripts/install-deps build compat
	@$(MAKE) --no-print-directory all
	@scripts/check-compat

lint: all
	@scripts/install-deps lint
	@scripts/lint

bench:
	@scripts/install-deps build bench
	@$(MAKE) --no-print-directory all scale
	@scripts/bench
	@scripts/bench-scale

install: all
	@scripts/install-files "$(DESTDIR)$(prefix)"

clean:
	rm -rf $(B)
