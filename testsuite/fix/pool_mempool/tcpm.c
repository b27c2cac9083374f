// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/usb/typec/tcpm/tcpm.c: the objects are declared after their
 * owner.
 */
#include "../fix/pool.h"

/* { labyrinth-options "-Wextra" } */

struct tcpm_port {
	struct device *dev;
	struct mutex lock;
	struct workqueue_struct *wq;
	unsigned int received;
};

struct pd_rx_event {
	struct work_struct work;
	struct tcpm_port *port;
	char msg[30];
};

static void tcpm_pd_rx_handler(struct work_struct *work)
{
	struct pd_rx_event *event =
		container_of(work, struct pd_rx_event, work);
	struct tcpm_port *port = event->port;

	mutex_lock(&port->lock);
	port->received++;
	mutex_unlock(&port->lock);
	kfree(event);
}

void tcpm_pd_receive(struct tcpm_port *port, const char *msg)
{
	struct pd_rx_event *event;

	event = kzalloc(sizeof(*event), GFP_ATOMIC);
	if (!event)
		return;

	INIT_WORK(&event->work, tcpm_pd_rx_handler);
	event->port = port;
	memcpy(event->msg, msg, sizeof(event->msg));
	queue_work(port->wq, &event->work);
}

struct tcpm_port *tcpm_register_port(struct device *dev)
{
	struct tcpm_port *port;

	port = devm_kzalloc(dev, sizeof(*port), GFP_KERNEL);
	if (!port)
		return ERR_PTR(-ENOMEM);

	port->dev = dev;
	return port;
}
