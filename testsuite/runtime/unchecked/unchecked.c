// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * unchecked.c - a fixture of the checks as a module: the function whose name
 * is written to /dev/unchecked is run while every allocation fails
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "unchecked-alloc.c"

void probe_hardware(void)
{
}

int ask_firmware(struct ring *ring)
{
	return !ring;
}

static struct ring a_ring;

static void plain(void)
{
	ring_plain(1);
}

static void tested(void)
{
	ring_tested(1);
}

static void after_test(void)
{
	ring_after_test(1);
}

static void same_condition(void)
{
	ring_same_condition(1);
}

static void some_paths(void)
{
	ring_some_paths(1);
}

static void field(void)
{
	ring_field(&a_ring);
}

static void field_tested(void)
{
	ring_field_tested(&a_ring);
}

static const struct {
	const char *name;
	void (*run)(void);
} functions[] = {
	{"ring_plain", plain},
	{"ring_tested", tested},
	{"ring_after_test", after_test},
	{"ring_same_condition", same_condition},
	{"ring_some_paths", some_paths},
	{"ring_field", field},
	{"ring_field_tested", field_tested},
};

static ssize_t run(struct file *file, const char __user *text, size_t size,
		   loff_t *position)
{
	char name[32] = "";
	unsigned int i;

	if (copy_from_user(name, text, min(size, sizeof(name) - 1)))
		return -EFAULT;
	for (i = 0; i < ARRAY_SIZE(functions); i++) {
		if (!sysfs_streq(name, functions[i].name))
			continue;
		current->make_it_fail = 1;
		functions[i].run();
		current->make_it_fail = 0;
		pr_info("unchecked: %s has returned\n", functions[i].name);
		return size;
	}
	return -EINVAL;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.write = run,
};

static struct miscdevice run_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "unchecked",
	.fops = &run_fops,
};
module_misc_device(run_device);

MODULE_DESCRIPTION("A fixture of the checks");
MODULE_LICENSE("GPL");
