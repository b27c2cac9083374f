/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What functions say of locks, and what they do. */
/* { labyrinth-options "-Wextra" } */
#include "kernel.h"

#define __acquires(lock)
#define __releases(lock)
#define __must_hold(lock)

struct port {
	spinlock_t lock;
	int busy;
};

void port_claim(struct port *port) /* { dg-warning "port_claim\(\) returns with a lock held, and does not say __acquires" } */
{
	spin_lock(&port->lock);
	port->busy = 1;
}

void port_give(struct port *port) /* { dg-warning "port_give\(\) drops its caller's lock, and does not say __releases" } */
{
	port->busy = 0;
	spin_unlock(&port->lock);
}

void port_claim_said(struct port *port) __acquires(&port->lock)
{
	spin_lock(&port->lock);
}

/* Said where it is declared, and before the name. */
__releases(&port->lock) void port_give_said(struct port *port);

void port_give_said(struct port *port)
	__releases(&port->lock)
{
	spin_unlock(&port->lock);
}

void port_nothing(struct port *port) /* { dg-warning "says __acquires\(\), but returns with no lock held" } */
	__acquires(&port->lock)
{
	port->busy = 1;
}

void port_kept(struct port *port) /* { dg-warning "says __releases\(\), but drops no lock of its caller" } */
	__releases(&port->lock)
{
	port->busy = 0;
}

void port_held(struct port *port) /* { dg-warning "says __must_hold\(\), but drops its caller's lock" } */
	__must_hold(&port->lock)
{
	spin_unlock(&port->lock);
}

void port_pause(struct port *port)
	__must_hold(&port->lock)
{
	spin_unlock(&port->lock);
	port->busy = 0;
	spin_lock(&port->lock);
}

void port_pause_said(struct port *port)
	__releases(&port->lock) /* and then */ __acquires(&port->lock)
{
	spin_unlock(&port->lock);
	spin_lock(&port->lock);
}

/* Balanced, and on some ways only: nothing to say. */
void port_work(struct port *port)
{
	spin_lock(&port->lock);
	port->busy = 1;
	spin_unlock(&port->lock);
}

int port_try(struct port *port)
{
	if (!spin_trylock(&port->lock))
		return 0;
	port->busy = 1;
	return 1;
}

static inline void port_lock(struct port *port)
{
	spin_lock(&port->lock);
}

void port_use(struct port *port)
{
	port_lock(port);
	port->busy = 1;
	spin_unlock(&port->lock);
}

/* A lock that is not counted. */
void port_sleep(struct mutex *mutex) __acquires(mutex)
{
	mutex_lock(mutex);
}
