/* SPDX-License-Identifier: GPL-2.0-or-later */
/* version.h - the version that --version and every report name */
#ifndef LABYRINTH_BASE_VERSION_H
#define LABYRINTH_BASE_VERSION_H

#define LABYRINTH_VERSION "0.1.0"

#endif
