/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tasklets, irq_work, softirqs, RCU callbacks; work may sleep. */
#include "kernel.h"

struct node {
	struct tasklet_struct tasklet;
	struct irq_work irq_work;
	struct irq_work hard_work;
	struct work_struct work;
	struct rcu_head rcu;
	void *buf;
};

static void node_tasklet(struct tasklet_struct *t)
{
	struct node *node = from_tasklet(node, t, tasklet);

	node->buf = kmalloc(16, GFP_KERNEL); /* { dg-warning "may sleep, but node_tasklet" } */
	node->buf = kmalloc(16, GFP_ATOMIC);
}

static void old_tasklet(unsigned long data)
{
	msleep(1); /* { dg-warning "may sleep, but old_tasklet" } */
}

static void static_tasklet_fn(struct tasklet_struct *t)
{
	msleep(1); /* { dg-warning "may sleep, but static_tasklet_fn" } */
}
DECLARE_TASKLET(static_tasklet, static_tasklet_fn);

static void node_irq_work(struct irq_work *work)
{
	struct node *node = container_of(work, struct node, irq_work);

	node->buf = kmalloc(16, GFP_ATOMIC);
	msleep(1); /* { dg-warning "may sleep, but node_irq_work" } */
}

static void node_hard_work(struct irq_work *work)
{
	struct node *node = container_of(work, struct node, hard_work);

	node->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "allocates, but node_hard_work.. runs as irq_work, in hard" } */
	msleep(1); /* { dg-warning "may sleep, but node_hard_work" } */
}

static void node_softirq(struct softirq_action *h)
{
	msleep(1); /* { dg-warning "may sleep, but node_softirq" } */
}

static void node_free(struct rcu_head *head)
{
	struct node *node = container_of(head, struct node, rcu);

	msleep(1); /* { dg-warning "may sleep, but node_free" } */
	kfree(node);
}

static void node_work(struct work_struct *work)
{
	struct node *node = container_of(work, struct node, work);

	node->buf = kmalloc(16, GFP_KERNEL);
	msleep(1);
}

void node_start(struct node *node)
{
	tasklet_setup(&node->tasklet, node_tasklet);
	tasklet_init(&node->tasklet, old_tasklet, 0);
	init_irq_work(&node->irq_work, node_irq_work);
	node->hard_work = IRQ_WORK_INIT_HARD(node_hard_work);
	open_softirq(NET_TX_SOFTIRQ, node_softirq);
	INIT_WORK(&node->work, node_work);
	schedule_work(&node->work);
	call_rcu(&node->rcu, node_free);
}
