/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays of pointers, records that are copied, a record that holds others. */
#include "tables.h"

typedef void (*step_fn)(struct port *port);

static void step_sleep(struct port *port)
{
	msleep(7);
}

static void step_delay(struct port *port)
{
	udelay(7);
}

static const step_fn slow_steps[] = {step_delay, step_sleep};
static const step_fn fast_steps[] = {step_delay, step_delay};

void run_slow(struct port *port, int i)
{
	spin_lock(&port->lock);
	slow_steps[i](port); /* { dg-warning "may sleep" } */
	spin_unlock(&port->lock);
}

void run_fast(struct port *port)
{
	const step_fn *step;

	spin_lock(&port->lock);
	for (step = fast_steps; step < fast_steps + 2; step++)
		(*step)(port); /* { dg-bogus "may sleep" } */
	spin_unlock(&port->lock);
}

static void run_given(struct port *port, const step_fn *steps, int n)
{
	spin_lock(&port->lock);
	while (n--)
		steps[n](port); /* { dg-warning "may sleep" } */
	spin_unlock(&port->lock);
}

void give_local(struct port *port)
{
	step_fn steps[2];

	steps[0] = step_delay;
	steps[1] = step_sleep;
	run_given(port, steps, 2);
}

/* Records that are copied: any of them may hold what one of them holds. */
struct codec_ops {
	void (*reset)(struct port *port);
};

struct codec {
	struct codec_ops ops;
	spinlock_t lock;
};

struct codec_kind {
	struct codec_ops ops;
};

static void codec_reset(struct port *port)
{
	msleep(8);
}

static const struct codec_ops template = {.reset = codec_reset};

void codec_init(struct codec *codec, struct codec_kind *kind)
{
	codec->ops = template;
}

void codec_call(struct codec *codec, struct port *port)
{
	spin_lock(&codec->lock);
	codec->ops.reset(port); /* { dg-warning "may sleep" } */
	spin_unlock(&codec->lock);
}

/* A work's handler finds the record around it, and what that record holds. */
struct job {
	int state;
	struct work_struct work;
	const struct port_ops *ops;
	const struct port_ops *other;
	spinlock_t lock;
};

static void job_handler(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	spin_lock(&job->lock);
	job->ops->start(NULL); /* { dg-warning "may sleep" } */
	job->other->start(NULL); /* { dg-bogus "may sleep" } */
	spin_unlock(&job->lock);
}

void job_init(struct job *job)
{
	job->ops = &sleeping_ops;
	job->other = &atomic_ops;
	INIT_WORK(&job->work, job_handler);
}
