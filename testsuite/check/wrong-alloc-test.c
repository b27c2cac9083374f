/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The result of an allocation is tested, but not for what it fails with. */
#include "kernel.h"

struct ring {
	int size;
};

int null_instead_of_error(const void *user)
{
	struct ring *ring = memdup_user(user, sizeof(*ring)); /* { dg-warning "memdup_user.. fails with an error pointer, but is tested for NULL.*wrong-alloc-test" } */

	if (!ring)
		return -ENOMEM;
	return ring->size;
}

int error_instead_of_null(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "kmalloc.GFP_KERNEL. fails with NULL, but is tested for an error pointer" } */
	/* { dg-warning "dereferenced without a test" "" { target *-*-* } .-1 } */

	if (IS_ERR(ring))
		return (int)PTR_ERR(ring);
	ring->size = 1;
	return 0;
}

static struct ring *ring_new(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL);

	if (!ring)
		return ERR_PTR(-ENOMEM);
	ring->size = 1;
	return ring;
}

struct ring *wrapped(void)
{
	struct ring *ring = ring_new(); /* { dg-warning "ring_new.. fails with an error pointer" } */

	if (!ring)
		return NULL;
	ring->size = 2;
	return NULL;
}

int right_tests(const void *user)
{
	struct ring *a = memdup_user(user, sizeof(*a)), *b, *c, *d;

	if (IS_ERR(a))
		return (int)PTR_ERR(a);
	b = kmalloc(sizeof(*b), GFP_KERNEL);
	if (!b)
		return -ENOMEM;
	c = ring_new();
	if (IS_ERR_OR_NULL(c))
		return -ENOMEM;
	d = ring_new();
	if (PTR_ERR(d) == -ENOMEM)
		return -ENOMEM;
	return PTR_ERR_OR_ZERO(memdup_user(user, 4));
}

/* What is handed on is for the receiver to test. */
struct ring *handed_on(const void *user, bool optional)
{
	struct ring *ring = NULL;

	if (!optional)
		ring = memdup_user(user, sizeof(*ring));
	return ring;
}

struct clk *devm_clk_get(struct device *dev, const char *id);
struct clk *devm_clk_get_optional(struct device *dev, const char *id);
struct gpio_desc *gpiod_get(struct device *dev, const char *id, int flags);
struct gpio_desc *gpiod_get_optional(struct device *dev, const char *id,
				     int flags);
struct regulator *devm_regulator_get_optional(struct device *dev,
					      const char *id);

/* What is optional may be absent, and that is no failure. */
int optional(struct device *dev)
{
	struct clk *clk = devm_clk_get_optional(dev, "baud");

	if (!clk)
		clk = devm_clk_get_optional(dev, NULL);
	if (IS_ERR(clk))
		return (int)PTR_ERR(clk);
	if (!gpiod_get_optional(dev, "reset", 0))
		return 1;
	return 0;
}

int needed(struct device *dev)
{
	struct clk *clk = devm_clk_get(dev, "baud"); /* { dg-warning "devm_clk_get.. fails with an error pointer" } */

	if (!clk)
		return -EINVAL;
	if (!gpiod_get(dev, "reset", 0)) /* { dg-warning "gpiod_get.. fails with an error pointer" } */
		return -EINVAL;
	return 0;
}

/* But a regulator that is absent is an error. */
int optional_regulator(struct device *dev)
{
	if (!devm_regulator_get_optional(dev, "io")) /* { dg-warning "fails with an error pointer" } */
		return 1;
	return 0;
}
