/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registered here, defined in irq.c, allocating in pool.c. */
#include "kernel.h"

irqreturn_t sensor_irq(int irq, void *data);
void sensor_timer(struct timer_list *t);

struct sensor {
	struct timer_list timer;
	int irq;
};

int sensor_probe(struct sensor *sensor)
{
	timer_setup(&sensor->timer, sensor_timer, 0);
	return request_irq(sensor->irq, sensor_irq, 0, "sensor", sensor);
}
