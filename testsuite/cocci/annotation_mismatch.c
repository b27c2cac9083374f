/* SPDX-License-Identifier: GPL-2.0-or-later */
/* annotation_mismatch.c - functions that change locks, and say so or not */
static void claim(struct port *port)
{
	spin_lock(&port->lock);
	port->busy = 1;
}

static int give(struct port *port, int value)
{
	port->busy = value;
	raw_spin_unlock(&port->raw);
	return 0;
}

static void claim_all(void)
{
	spin_lock(&all);
}

static void claim_said(struct port *port) __acquires(&port->lock)
{
	spin_lock(&port->lock);
}

static void give_said(struct port *port) __releases(&port->lock)
{
	spin_unlock(&port->lock);
}

static void work(struct port *port)
{
	spin_lock(&port->lock);
	port->busy = 1;
	spin_unlock(&port->lock);
}

static void some(struct port *port)
{
	if (port->busy)
		spin_lock(&port->lock);
}

static void pause(struct port *port)
{
	spin_unlock(&port->lock);
	spin_lock(&port->lock);
}
