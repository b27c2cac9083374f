// SPDX-License-Identifier: GPL-2.0-or-later
/* unchecked_alloc.c - results that are looked at before use, and that are not */
static int flagged(struct node **out)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	n->count = 1;
	*out = n;
	return 0;
}

static int member(struct node *n)
{
	n->next = kmalloc(sizeof(*n), GFP_KERNEL);
	n->next->count = 0;
	return 0;
}

static int near_miss(struct node **out)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return -ENOMEM;
	n->count = 1;
	*out = n;
	return 0;
}

static int both(struct node *a)
{
	struct node *b = kzalloc(sizeof(*b), GFP_KERNEL);

	if (!a || !b)
		return -ENOMEM;
	b->count = 1;
	return 0;
}

static void no_fail(void)
{
	struct node *n = kmalloc(sizeof(*n), GFP_KERNEL | __GFP_NOFAIL);

	n->count = 1;
}

static void tested(void)
{
	struct node *n = kmalloc(sizeof(*n), GFP_KERNEL);

	if (n)
		n->count = 1;
}

static int string(char **name)
{
	char *s = kstrdup("x", GFP_KERNEL);

	*s = 'y';
	*name = s;
	return 0;
}
