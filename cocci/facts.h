/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts.h - macros that spatch does not parse unless it is told what they are */

#define scoped_guard	  YACFE_ITERATOR
#define scoped_cond_guard YACFE_ITERATOR
