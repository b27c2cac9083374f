/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * irq.h - interrupt handlers, interrupt chips, calls on other processors
 */
#ifndef FIXTURE_IRQ_H
#define FIXTURE_IRQ_H

#define IRQF_SHARED	0x00000080
#define __IRQF_TIMER	0x00000200
#define IRQF_PERCPU	0x00000400
#define IRQF_ONESHOT	0x00002000
#define IRQF_NO_SUSPEND 0x00004000
#define IRQF_NO_THREAD	0x00010000
#define IRQF_TIMER	(__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

enum irqreturn {
	IRQ_NONE = 0,
	IRQ_HANDLED = 1,
	IRQ_WAKE_THREAD = 2,
};
typedef enum irqreturn irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int, void *);

struct device;

int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler,
				      irq_handler_t thread_fn,
				      unsigned long flags, const char *name,
				      void *dev);

static inline int __must_check request_irq(unsigned int irq,
					   irq_handler_t handler,
					   unsigned long flags,
					   const char *name, void *dev)
{
	return request_threaded_irq(irq, handler, NULL, flags, name, dev);
}

int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq,
					   irq_handler_t handler,
					   irq_handler_t thread_fn,
					   unsigned long irqflags,
					   const char *devname, void *dev_id);

static inline int __must_check
devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
		 unsigned long irqflags, const char *devname, void *dev_id)
{
	return devm_request_threaded_irq(dev, irq, handler, NULL, irqflags,
					 devname, dev_id);
}

const void *free_irq(unsigned int irq, void *dev_id);

struct irq_data {
	u32 mask;
	unsigned int irq;
	unsigned long hwirq;
	void *chip_data;
};

struct irq_chip {
	const char *name;
	unsigned int (*irq_startup)(struct irq_data *data);
	void (*irq_shutdown)(struct irq_data *data);
	void (*irq_ack)(struct irq_data *data);
	void (*irq_mask)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	int (*irq_set_type)(struct irq_data *data, unsigned int flow_type);
	int (*irq_set_wake)(struct irq_data *data, unsigned int on);
	void (*irq_bus_lock)(struct irq_data *data);
	void (*irq_bus_sync_unlock)(struct irq_data *data);
	int (*irq_request_resources)(struct irq_data *data);
	void (*irq_release_resources)(struct irq_data *data);
	unsigned long flags;
};

static inline void *irq_data_get_irq_chip_data(struct irq_data *d)
{
	return d->chip_data;
}

typedef void (*smp_call_func_t)(void *info);
void smp_call_function(smp_call_func_t func, void *info, int wait);
int smp_call_function_single(int cpuid, smp_call_func_t func, void *info,
			     int wait);

struct softirq_action {
	void (*action)(struct softirq_action *h);
};
enum {
	HI_SOFTIRQ,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ
};
void open_softirq(int nr, void (*action)(struct softirq_action *h));

#endif
