// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/net/ieee802154/at86rf230.c: the structure lies behind what the
 * subsystem allocates, and goes with it.
 */
#include "../fix/pool.h"

/* { labyrinth-options "-Wextra" } */

struct ieee802154_hw {
	void *priv;
};

struct ieee802154_hw *ieee802154_alloc_hw(size_t size, const void *ops);
void ieee802154_free_hw(struct ieee802154_hw *hw);
int ieee802154_register_hw(struct ieee802154_hw *hw);
int spi_send(struct device *spi, void *data, void (*complete)(void *context),
	     void *context);

struct at86rf230_state_change {
	struct at86rf230_local *lp;
	u8 buf[130];
	bool free;
};

struct at86rf230_local {
	struct device *spi;
	struct ieee802154_hw *hw;
	struct at86rf230_state_change tx;
};

static void at86rf230_irq_status(void *context)
{
	struct at86rf230_state_change *ctx = context;
	struct at86rf230_local *lp = ctx->lp;

	lp->tx.buf[0] = ctx->buf[0];
	if (ctx->free)
		kfree(ctx);
}

static irqreturn_t at86rf230_isr(int irq, void *data)
{
	struct at86rf230_local *lp = data;
	struct at86rf230_state_change *ctx;

	ctx = kzalloc(sizeof(*ctx), GFP_ATOMIC);
	if (!ctx)
		return IRQ_NONE;

	ctx->lp = lp;
	ctx->free = true;
	if (spi_send(lp->spi, ctx->buf, at86rf230_irq_status, ctx->lp))
		at86rf230_irq_status(ctx);
	return IRQ_HANDLED;
}

int at86rf230_probe(struct device *spi, int irq)
{
	struct ieee802154_hw *hw;
	struct at86rf230_local *lp;
	int rc;

	hw = ieee802154_alloc_hw(sizeof(*lp), NULL);
	if (!hw)
		return -ENOMEM;

	lp = hw->priv;
	lp->hw = hw;
	lp->spi = spi;
	rc = devm_request_irq(spi, irq, at86rf230_isr, 0, "at86rf230", lp);
	if (rc)
		goto free_dev;
	rc = ieee802154_register_hw(lp->hw);
	if (rc)
		goto free_dev;
	return rc;

free_dev:
	ieee802154_free_hw(lp->hw);
	return rc;
}

void at86rf230_remove(struct at86rf230_local *lp)
{
	ieee802154_free_hw(lp->hw);
}
