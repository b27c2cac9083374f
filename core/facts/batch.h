/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * batch.h - decode many blobs at once, hand out their units in order
 */
#ifndef LABYRINTH_FACTS_BATCH_H
#define LABYRINTH_FACTS_BATCH_H

#include "base/vector.h"
#include "facts/facts.h"
#include "facts/format.h"

/** struct pending - a blob to decode, and what became of it */
struct pending {
	char *name;
	size_t offset; /* in its section, for messages */
	unsigned char *bytes; /* a copy: the file is gone by then */
	struct facts_blob blob;
	struct facts_unit unit;
	bool joined; /* its object holds others, too */
	bool decoded; /* @unit or @why is set */
	const char *why; /* it failed, or NULL */
};

/**
 * pending_free - drop a blob
 * @pending: zeroed
 */
void pending_free(struct pending *pending);

/**
 * struct batch - blobs that wait; zero-initialise it to start
 * @list: the blobs
 * @jobs: threads to decode with, at most; 0 for one per processor
 */
struct batch {
	VECTOR(struct pending) list;
	unsigned int jobs;
};

/**
 * batch_add - let a blob wait
 * @batch:  where
 * @name:   of the object; copied
 * @offset: in its section
 * @blob:   its bytes are copied
 */
void batch_add(struct batch *batch, const char *name, size_t offset,
	       const struct facts_blob *blob);

/**
 * batch_run - decode all that wait, in parallel, and empty the batch
 * @batch: the batch
 * @fn:    called with each unit, in the order they were added
 * @data:  passed to @fn
 *
 * Return: 0, or -1 after error() or when @fn says so.
 */
int batch_run(struct batch *batch, facts_unit_fn *fn, void *data);

/**
 * batch_drop - empty the batch without decoding
 * @batch: the batch
 */
void batch_drop(struct batch *batch);

#endif
