// SPDX-License-Identifier: GPL-2.0-or-later
/* batch.c - decode many blobs at once, hand out their units in order */
#include "facts/batch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

#define MOST_THREADS 16

/* What the threads share: each takes the next blob that is left. */
struct work {
	struct pending *items;
	size_t count;
	atomic_size_t next;
};

void batch_add(struct batch *batch, const char *name, size_t offset,
	       const struct facts_blob *blob)
{
	struct pending pending = {
		.name = strdup(name),
		.offset = offset,
		.bytes = malloc(blob->size + 1),
		.blob = *blob,
	};

	if (!pending.name || !pending.bytes)
		die("out of memory");
	memcpy(pending.bytes, blob->data, blob->size);
	pending.blob.data = pending.bytes;
	vector_push(&batch->list, pending);
}

static void *decode_all(void *data)
{
	struct work *work = data;
	size_t at;

	while ((at = atomic_fetch_add(&work->next, 1)) < work->count) {
		struct pending *item = &work->items[at];

		item->why = facts_decode_blob(&item->unit, &item->blob);
	}
	return NULL;
}

static size_t count_threads(size_t items, unsigned int jobs)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t threads = processors > 0 ? (size_t)processors : 1;

	if (jobs)
		threads = jobs;
	if (threads > MOST_THREADS)
		threads = MOST_THREADS;
	return threads < items ? threads : items;
}

/* A thread that cannot be had leaves its work to the others. */
static void decode_in_parallel(struct batch *batch)
{
	struct work work = {
		.items = batch->list.items,
		.count = batch->list.count,
	};
	size_t wanted = count_threads(work.count, batch->jobs), started = 0;
	pthread_t threads[MOST_THREADS];

	while (started + 1 < wanted &&
	       !pthread_create(&threads[started], NULL, decode_all, &work))
		started++;
	decode_all(&work);
	while (started)
		pthread_join(threads[--started], NULL);
}

int batch_run(struct batch *batch, facts_unit_fn *fn, void *data)
{
	int ret = 0;

	decode_in_parallel(batch);
	for (size_t i = 0; i < batch->list.count && !ret; i++) {
		struct pending *item = &batch->list.items[i];
		struct facts_unit unit = item->unit;

		if (item->why) {
			ret = facts_bad_blob(item->name, item->offset,
					     item->why);
			break;
		}
		/* the callee's now */
		item->unit = (struct facts_unit){0};
		ret = fn(&unit, item->name, data);
	}
	batch_drop(batch);
	return ret;
}

void batch_drop(struct batch *batch)
{
	for (size_t i = 0; i < batch->list.count; i++) {
		struct pending *item = &batch->list.items[i];

		facts_unit_free(&item->unit);
		free(item->bytes);
		free(item->name);
	}
	vector_free(&batch->list);
}
