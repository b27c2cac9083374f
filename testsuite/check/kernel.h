/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel.h - the kernel's vocabulary for fixtures
 *
 * What fixtures need of Linux 6.1, with the same names, types and split
 * between macros, inline functions and calls as in its headers, so that the
 * plugin sees in a fixture what it sees in a driver, in milliseconds and
 * without a kernel tree. As configured here: x86_64, SMP, PREEMPT; with
 * -DCONFIG_PREEMPT_RT or -DCONFIG_PREEMPT_NONE as these have it.
 */
#ifndef FIXTURE_KERNEL_H
#define FIXTURE_KERNEL_H

#include "kernel/base.h"
#include "kernel/context.h"
#include "kernel/lock.h"
#include "kernel/guard.h"
#include "kernel/alloc.h"
#include "kernel/err.h"
#include "kernel/uaccess.h"
#include "kernel/wait.h"
#include "kernel/irq.h"
#include "kernel/deferred.h"
#include "kernel/device.h"

#endif
