# SPDX-License-Identifier: GPL-2.0-or-later
#
# plugin.mk - one plugin for each GCC whose plugin headers are installed
#
# build/plugin/gcc-12/labyrinth.so is for gcc-12; build/plugin/labyrinth.so
# is for what `gcc` is here. Those of cross compilers, in directories such as
# build/plugin/aarch64-linux-gnu-gcc-12, are what `make cross` builds.

# $(1): patterns of names
plugin_find = $(sort $(notdir $(foreach d,$(subst :, ,$(PATH)),\
	$(wildcard $(addprefix $(d)/,$(1))))))
plugin_gccs := $(call plugin_find,gcc-[0-9] gcc-[0-9][0-9])
ifneq ($(filter cross,$(MAKECMDGOALS)),)
plugin_cross := $(filter-out $(shell gcc -dumpmachine)-%,\
	$(call plugin_find,*-gcc-[0-9] *-gcc-[0-9][0-9]))
endif
plugin_headers = $(shell $(1) -print-file-name=plugin)/include
plugin_usable = $(foreach gcc,$(1),\
	$(if $(wildcard $(call plugin_headers,$(gcc))/gcc-plugin.h),$(gcc)))
plugin_gccs := $(call plugin_usable,$(plugin_gccs))
plugin_cross := $(call plugin_usable,$(plugin_cross))
plugin_default := gcc-$(firstword $(subst ., ,$(shell gcc -dumpversion)))

plugin_sources := $(sort $(wildcard plugin/*.cc))
plugin_core := $(sort $(wildcard core/base/*.c)) \
	$(addprefix core/facts/,encode.c encode_function.c guess.c content.c \
	frame.c)

# GCC's headers are not clean under -Wextra.
PLUGIN_FLAGS := -O2 -g -fPIC -fno-rtti -fno-exceptions -fvisibility=hidden \
	-Wall -Wno-unused-parameter
PLUGIN_CFLAGS := -O2 -g -fPIC -fvisibility=hidden

# $(1): gcc-N, $(2): the list that its plugin is to be on
define plugin_rules
$(B)/plugin/$(1)/%.o: plugin/%.cc
	@echo "  CXX      $$@"
	@mkdir -p $$(@D)
	@$$(or $$(shell command -v g++-$(lastword $(subst -, ,$(1)))),g++) $$(CPPFLAGS) \
		$$(PLUGIN_FLAGS) -Iplugin \
		-isystem $(call plugin_headers,$(1)) \
		-DLABYRINTH_MACHINE='"$(shell $(1) -dumpmachine)"' \
		-MMD -MP -c $$< -o $$@

# Moved into place, since a compiler may be loading the one before. What it
# needs of the C++ library is in the compiler; another copy would take longer
# to load than all the rest.
$(B)/plugin/$(1)/labyrinth.so: \
		$(plugin_sources:plugin/%.cc=$(B)/plugin/$(1)/%.o) \
		$(plugin_core:%.c=$(B)/plugin/%.o)
	@echo "  LINK     $$@"
	@gcc -shared $$(LDFLAGS) $$^ -lzstd -o $$@.new
	@mv $$@.new $$@

$(2) += $(B)/plugin/$(1)/labyrinth.so
endef

$(foreach gcc,$(plugin_gccs),$(eval $(call plugin_rules,$(gcc),PLUGINS)))
$(foreach gcc,$(plugin_cross),$(eval $(call plugin_rules,$(gcc),CROSS)))

$(B)/plugin/core/%.o: core/%.c
	@echo "  CC       $@"
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 $(CPPFLAGS) $(WARNINGS) $(PLUGIN_CFLAGS) -MMD -MP \
		-c $< -o $@

ifneq ($(filter $(plugin_default),$(plugin_gccs)),)
$(B)/plugin/labyrinth.so: $(B)/plugin/$(plugin_default)/labyrinth.so
	@ln -sfn $(plugin_default)/labyrinth.so $@

PLUGINS += $(B)/plugin/labyrinth.so
endif
