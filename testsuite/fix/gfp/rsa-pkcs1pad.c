// SPDX-License-Identifier: GPL-2.0-or-later
/* From crypto/rsa-pkcs1pad.c: the completion of a request, in a softirq. */
#include "kernel.h"

/* { labyrinth-options "--all" } */

struct crypto_async_request {
	void *data;
};

struct akcipher_request {
	struct crypto_async_request base;
	unsigned int key_size;
	unsigned int dst_len;
};

void akcipher_request_set_callback(
	struct akcipher_request *req, u32 flags,
	void (*complete)(struct crypto_async_request *, int), void *data);
void akcipher_request_complete(struct akcipher_request *req, int err);
void sg_copy(struct akcipher_request *req, void *buffer, unsigned int len);

static int pkcs1pad_encrypt_sign_complete(struct akcipher_request *req, int err)
{
	unsigned int pad_len;
	u8 *out_buf;

	if (err)
		goto out;

	pad_len = req->key_size - req->dst_len;

	/* Four billion to one */
	if (likely(!pad_len))
		goto out;

	out_buf = kzalloc(req->key_size, GFP_KERNEL);
	err = -ENOMEM;
	if (!out_buf)
		goto out;

	sg_copy(req, out_buf, pad_len);
	kfree(out_buf);
	err = 0;

out:
	req->dst_len = req->key_size;
	return err;
}

static void
pkcs1pad_encrypt_sign_complete_cb(struct crypto_async_request *child_async_req,
				  int err)
{
	struct akcipher_request *req = child_async_req->data;

	err = pkcs1pad_encrypt_sign_complete(req, err);
	akcipher_request_complete(req, err);
}

void pkcs1pad_encrypt(struct akcipher_request *req,
		      struct akcipher_request *child)
{
	akcipher_request_set_callback(child, 0,
				      pkcs1pad_encrypt_sign_complete_cb, req);
}
