// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ta192.c - ALSA driver of the TA-192, a capture card of 1024 channels
 *
 * At 192 kHz the card fills one page with each frame of its 1024 channels and
 * raises an interrupt, every 5.2 us; it then wants to hear where the next
 * frame goes. The interrupt stays a hard one on PREEMPT_RT, since a thread
 * would not be scheduled in time.
 */
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <sound/core.h>
#include <sound/initval.h>
#include <sound/pcm.h>

#define TA192_CONTROL	   0x00
#define TA192_CONTROL_RUN  BIT(0)
#define TA192_STATUS	   0x04
#define TA192_STATUS_FRAME BIT(0)
#define TA192_ADDR_LOW	   0x08
#define TA192_ADDR_HIGH	   0x0c

#define TA192_CHANNELS	  1024
#define TA192_FRAME_BYTES (TA192_CHANNELS * 4)

struct ta192 {
	struct pci_dev *pci;
	struct snd_pcm_substream *substream;
	void __iomem *regs;
	raw_spinlock_t lock; /* of the next three */
	struct list_head filled;
	struct page *current_page;
	unsigned int overruns;
	struct work_struct copy;
	unsigned int position;
};

/* Gives the card a fresh page; its address is kept in page_private(). */
static int ta192_next_page(struct ta192 *chip)
{
	struct device *dev = &chip->pci->dev;
	struct page *page = alloc_page(GFP_ATOMIC);
	dma_addr_t addr;

	if (!page)
		return -ENOMEM;
	addr = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, addr)) {
		__free_page(page);
		return -ENOMEM;
	}
	set_page_private(page, addr);
	chip->current_page = page;
	writel(lower_32_bits(addr), chip->regs + TA192_ADDR_LOW);
	writel(upper_32_bits(addr), chip->regs + TA192_ADDR_HIGH);
	return 0;
}

static irqreturn_t ta192_interrupt(int irq, void *data)
{
	struct ta192 *chip = data;
	u32 status = readl(chip->regs + TA192_STATUS);

	if (!(status & TA192_STATUS_FRAME))
		return IRQ_NONE;
	writel(status, chip->regs + TA192_STATUS);

	raw_spin_lock(&chip->lock);
	if (chip->current_page)
		list_add_tail(&chip->current_page->lru, &chip->filled);
	chip->current_page = NULL;
	if (ta192_next_page(chip))
		chip->overruns++;
	raw_spin_unlock(&chip->lock);

	schedule_work(&chip->copy);
	return IRQ_HANDLED;
}

static struct page *ta192_take_filled(struct ta192 *chip)
{
	struct page *page;
	unsigned long flags;

	raw_spin_lock_irqsave(&chip->lock, flags);
	page = list_first_entry_or_null(&chip->filled, struct page, lru);
	if (page)
		list_del(&page->lru);
	raw_spin_unlock_irqrestore(&chip->lock, flags);
	return page;
}

static void ta192_free_page(struct ta192 *chip, struct page *page)
{
	dma_unmap_page(&chip->pci->dev, page_private(page), PAGE_SIZE,
		       DMA_FROM_DEVICE);
	__free_page(page);
}

/* Moves what has come into the stream's buffer. */
static void ta192_copy(struct work_struct *work)
{
	struct ta192 *chip = container_of(work, struct ta192, copy);
	struct snd_pcm_runtime *runtime = chip->substream->runtime;
	struct page *page;

	while ((page = ta192_take_filled(chip))) {
		unsigned int at = frames_to_bytes(runtime, chip->position);

		memcpy_from_page(runtime->dma_area + at, page, 0,
				 TA192_FRAME_BYTES);
		ta192_free_page(chip, page);
		chip->position = (chip->position + 1) % runtime->buffer_size;
		if (chip->position % runtime->period_size == 0)
			snd_pcm_period_elapsed(chip->substream);
	}
}

static const struct snd_pcm_hardware ta192_hardware = {
	.info = SNDRV_PCM_INFO_INTERLEAVED | SNDRV_PCM_INFO_MMAP,
	.formats = SNDRV_PCM_FMTBIT_S32_LE,
	.rates = SNDRV_PCM_RATE_192000,
	.rate_min = 192000,
	.rate_max = 192000,
	.channels_min = TA192_CHANNELS,
	.channels_max = TA192_CHANNELS,
	.buffer_bytes_max = 1024 * TA192_FRAME_BYTES,
	.period_bytes_min = 16 * TA192_FRAME_BYTES,
	.period_bytes_max = 256 * TA192_FRAME_BYTES,
	.periods_min = 2,
	.periods_max = 64,
};

static int ta192_open(struct snd_pcm_substream *substream)
{
	struct ta192 *chip = snd_pcm_substream_chip(substream);

	substream->runtime->hw = ta192_hardware;
	chip->substream = substream;
	return 0;
}

static int ta192_close(struct snd_pcm_substream *substream)
{
	struct ta192 *chip = snd_pcm_substream_chip(substream);
	struct page *page;

	cancel_work_sync(&chip->copy);
	while ((page = ta192_take_filled(chip)))
		ta192_free_page(chip, page);
	if (chip->current_page)
		ta192_free_page(chip, chip->current_page);
	chip->current_page = NULL;
	if (chip->overruns)
		dev_warn(&chip->pci->dev, "%u overruns\n", chip->overruns);
	return 0;
}

static int ta192_prepare(struct snd_pcm_substream *substream)
{
	struct ta192 *chip = snd_pcm_substream_chip(substream);

	chip->position = 0;
	chip->overruns = 0;
	return chip->current_page ? 0 : ta192_next_page(chip);
}

static int ta192_trigger(struct snd_pcm_substream *substream, int command)
{
	struct ta192 *chip = snd_pcm_substream_chip(substream);
	bool run = command == SNDRV_PCM_TRIGGER_START;

	writel(run ? TA192_CONTROL_RUN : 0, chip->regs + TA192_CONTROL);
	return 0;
}

static snd_pcm_uframes_t ta192_pointer(struct snd_pcm_substream *substream)
{
	struct ta192 *chip = snd_pcm_substream_chip(substream);

	return chip->position;
}

static const struct snd_pcm_ops ta192_ops = {
	.open = ta192_open,
	.close = ta192_close,
	.prepare = ta192_prepare,
	.trigger = ta192_trigger,
	.pointer = ta192_pointer,
};

static int ta192_new_pcm(struct snd_card *card, struct ta192 *chip)
{
	struct snd_pcm *pcm;
	int err = snd_pcm_new(card, "TA-192", 0, 0, 1, &pcm);

	if (err)
		return err;
	pcm->private_data = chip;
	snd_pcm_set_ops(pcm, SNDRV_PCM_STREAM_CAPTURE, &ta192_ops);
	return snd_pcm_set_managed_buffer_all(pcm, SNDRV_DMA_TYPE_VMALLOC, NULL,
					      0, 0);
}

static int ta192_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct snd_card *card;
	struct ta192 *chip;
	int err;

	err = snd_devm_card_new(&pci->dev, -1, NULL, THIS_MODULE, sizeof(*chip),
				&card);
	if (err)
		return err;
	chip = card->private_data;
	chip->pci = pci;
	raw_spin_lock_init(&chip->lock);
	INIT_LIST_HEAD(&chip->filled);
	INIT_WORK(&chip->copy, ta192_copy);

	err = pcim_enable_device(pci);
	if (err)
		return err;
	err = dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(64));
	if (err)
		return err;
	err = pcim_iomap_regions(pci, BIT(0), "ta192");
	if (err)
		return err;
	chip->regs = pcim_iomap_table(pci)[0];
	pci_set_master(pci);

	err = devm_request_irq(&pci->dev, pci->irq, ta192_interrupt,
			       IRQF_SHARED | IRQF_NO_THREAD, "ta192", chip);
	if (err)
		return err;
	err = ta192_new_pcm(card, chip);
	if (err)
		return err;
	strscpy(card->driver, "TA192", sizeof(card->driver));
	strscpy(card->shortname, "TA-192", sizeof(card->shortname));
	return snd_card_register(card);
}

static const struct pci_device_id ta192_ids[] = {{PCI_DEVICE(0x1f0a, 0x0192)},
						 {}};
MODULE_DEVICE_TABLE(pci, ta192_ids);

static struct pci_driver ta192_driver = {
	.name = "ta192",
	.id_table = ta192_ids,
	.probe = ta192_probe,
};
module_pci_driver(ta192_driver);

MODULE_DESCRIPTION("TA-192 capture card");
MODULE_LICENSE("GPL");
