// SPDX-License-Identifier: GPL-2.0-or-later
/* batch.c - decode many blobs at once, hand out their units in order */
#include "facts/batch.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"

#define MOST_THREADS 16

/* Units decoded ahead of the one handed out; they take 30 times the bytes. */
#define AHEAD 64

/* What the threads share: each takes the next blob that is left. */
struct work {
	struct pending *items;
	size_t count;
	size_t next; /* to decode */
	size_t done; /* handed out */
	pthread_mutex_t lock;
	pthread_cond_t changed;
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

/* Decode a blob; the lock is held before and after. */
static void decode(struct work *work, struct pending *item)
{
	pthread_mutex_unlock(&work->lock);
	item->why = facts_decode_blob(&item->unit, &item->blob);
	pthread_mutex_lock(&work->lock);
	item->decoded = true;
	pthread_cond_broadcast(&work->changed);
}

static void *decode_all(void *data)
{
	struct work *work = data;

	pthread_mutex_lock(&work->lock);
	while (work->next < work->count) {
		if (work->next < work->done + AHEAD)
			decode(work, &work->items[work->next++]);
		else
			pthread_cond_wait(&work->changed, &work->lock);
	}
	pthread_mutex_unlock(&work->lock);
	return NULL;
}

/* The next unit in order; decoded here if no other thread has begun. */
static struct pending *take(struct work *work)
{
	struct pending *item = &work->items[work->done];

	pthread_mutex_lock(&work->lock);
	while (!item->decoded) {
		if (work->next == work->done)
			decode(work, &work->items[work->next++]);
		else
			pthread_cond_wait(&work->changed, &work->lock);
	}
	work->done++;
	pthread_cond_broadcast(&work->changed);
	pthread_mutex_unlock(&work->lock);
	return item;
}

/* The threads have nothing more to do. */
static void stop(struct work *work)
{
	pthread_mutex_lock(&work->lock);
	work->next = work->count;
	pthread_cond_broadcast(&work->changed);
	pthread_mutex_unlock(&work->lock);
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

/* Hand out the units in order. */
static int hand_out(struct work *work, facts_unit_fn *fn, void *data)
{
	int ret = 0;

	while (work->done < work->count && !ret) {
		struct pending *item = take(work);
		struct facts_unit unit = item->unit;

		if (item->why)
			return facts_bad_blob(item->name, item->offset,
					      item->why);
		/* the callee's now */
		item->unit = (struct facts_unit){0};
		unit.identity = hash_bytes(HASH_SEED, item->blob.data,
					   FACTS_HEADER_BYTES);
		ret = fn(&unit, item->name, data);
	}
	return ret;
}

int batch_run(struct batch *batch, facts_unit_fn *fn, void *data)
{
	struct work work = {
		.items = batch->list.items,
		.count = batch->list.count,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
	};
	size_t wanted = count_threads(work.count, batch->jobs), started = 0;
	pthread_t threads[MOST_THREADS];
	int ret;

	/* A thread that cannot be had leaves its work to the others. */
	while (started + 1 < wanted &&
	       !pthread_create(&threads[started], NULL, decode_all, &work))
		started++;
	ret = hand_out(&work, fn, data);
	stop(&work);
	while (started)
		pthread_join(threads[--started], NULL);
	batch_drop(batch);
	return ret;
}

void pending_free(struct pending *pending)
{
	facts_unit_free(&pending->unit);
	free(pending->bytes);
	free(pending->name);
	*pending = (struct pending){0};
}

void batch_drop(struct batch *batch)
{
	for (size_t i = 0; i < batch->list.count; i++)
		pending_free(&batch->list.items[i]);
	vector_free(&batch->list);
}
