// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * gpio-wx16.c - the WX16, an I2C expander of 16 inputs with interrupts
 *
 * The expander has no edge detection of its own: for each line that is in
 * use the driver keeps the last level and a short history for debouncing, in
 * the chip's own structure: interrupt callbacks cannot allocate.
 */
#include <linux/bitops.h>
#include <linux/gpio/driver.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/version.h>

#define WX16_LINES 16
#define WX16_INPUT 0x00
#define WX16_MASK  0x01

struct wx16_line {
	unsigned int type;
	unsigned int history;
	bool level;
};

struct wx16 {
	struct i2c_client *client;
	struct gpio_chip gpio;
	struct mutex bus_lock;
	u16 mask;
	struct wx16_line lines[WX16_LINES];
};

static void wx16_irq_mask(struct irq_data *d)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(d);
	struct wx16 *chip = gpiochip_get_data(gc);

	chip->mask &= ~BIT(irqd_to_hwirq(d));
	gpiochip_disable_irq(gc, irqd_to_hwirq(d));
}

static void wx16_irq_unmask(struct irq_data *d)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(d);
	struct wx16 *chip = gpiochip_get_data(gc);

	chip->lines[irqd_to_hwirq(d)].history = 0;
	gpiochip_enable_irq(gc, irqd_to_hwirq(d));
	chip->mask |= BIT(irqd_to_hwirq(d));
}

static int wx16_irq_set_type(struct irq_data *d, unsigned int type)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(d);
	struct wx16 *chip = gpiochip_get_data(gc);

	if (!(type & IRQ_TYPE_EDGE_BOTH))
		return -EINVAL;
	chip->lines[irqd_to_hwirq(d)].type = type;
	return 0;
}

static void wx16_irq_bus_lock(struct irq_data *d)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(d);
	struct wx16 *chip = gpiochip_get_data(gc);

	mutex_lock(&chip->bus_lock);
}

static void wx16_irq_bus_sync_unlock(struct irq_data *d)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(d);
	struct wx16 *chip = gpiochip_get_data(gc);

	i2c_smbus_write_word_data(chip->client, WX16_MASK, chip->mask);
	mutex_unlock(&chip->bus_lock);
}

static const struct irq_chip wx16_irq_chip = {
	.name = "wx16",
	.irq_mask = wx16_irq_mask,
	.irq_unmask = wx16_irq_unmask,
	.irq_set_type = wx16_irq_set_type,
	.irq_bus_lock = wx16_irq_bus_lock,
	.irq_bus_sync_unlock = wx16_irq_bus_sync_unlock,
	.flags = IRQCHIP_IMMUTABLE,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

/* An edge counts once the level is the same four times in a row. */
static bool wx16_edge(struct wx16_line *line, bool level)
{
	line->history = (line->history << 1 | level) & 0xf;
	if (line->history != (level ? 0xf : 0) || line->level == level)
		return false;
	line->level = level;
	return line->type &
	       (level ? IRQ_TYPE_EDGE_RISING : IRQ_TYPE_EDGE_FALLING);
}

static irqreturn_t wx16_thread(int irq, void *data)
{
	struct wx16 *chip = data;
	int levels = i2c_smbus_read_word_data(chip->client, WX16_INPUT);
	unsigned int i;

	if (levels < 0)
		return IRQ_NONE;
	for (i = 0; i < WX16_LINES; i++) {
		if (!(chip->mask & BIT(i)))
			continue;
		if (wx16_edge(&chip->lines[i], levels & BIT(i)))
			handle_nested_irq(
				irq_find_mapping(chip->gpio.irq.domain, i));
	}
	return IRQ_HANDLED;
}

static int wx16_get(struct gpio_chip *gc, unsigned int offset)
{
	struct wx16 *chip = gpiochip_get_data(gc);
	int levels = i2c_smbus_read_word_data(chip->client, WX16_INPUT);

	return levels < 0 ? levels : !!(levels & BIT(offset));
}

static int wx16_direction_input(struct gpio_chip *gc, unsigned int offset)
{
	return 0;
}

static int wx16_probe(struct i2c_client *client)
{
	struct device *dev = &client->dev;
	struct wx16 *chip = devm_kzalloc(dev, sizeof(*chip), GFP_KERNEL);
	int err;

	if (!chip)
		return -ENOMEM;
	chip->client = client;
	mutex_init(&chip->bus_lock);

	chip->gpio.label = "wx16";
	chip->gpio.parent = dev;
	chip->gpio.owner = THIS_MODULE;
	chip->gpio.base = -1;
	chip->gpio.ngpio = WX16_LINES;
	chip->gpio.can_sleep = true;
	chip->gpio.get = wx16_get;
	chip->gpio.direction_input = wx16_direction_input;
	gpio_irq_chip_set_chip(&chip->gpio.irq, &wx16_irq_chip);
	chip->gpio.irq.threaded = true;
	chip->gpio.irq.handler = handle_simple_irq;

	err = devm_request_threaded_irq(dev, client->irq, NULL, wx16_thread,
					IRQF_ONESHOT, "wx16", chip);
	if (err)
		return err;
	return devm_gpiochip_add_data(dev, &chip->gpio, chip);
}

static const struct i2c_device_id wx16_ids[] = {{"wx16"}, {}};
MODULE_DEVICE_TABLE(i2c, wx16_ids);

static struct i2c_driver wx16_driver = {
	.driver = {.name = "gpio-wx16"},
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
	.probe_new = wx16_probe,
#else
	.probe = wx16_probe,
#endif
	.id_table = wx16_ids,
};
module_i2c_driver(wx16_driver);

MODULE_DESCRIPTION("WX16 input expander");
MODULE_LICENSE("GPL");
