// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/net/ethernet/mellanox/mlx5/core/lib/hv_vhca.c: kzalloc(), with an
 * error path after it, and objects that find their owner by themselves.
 */
#include "../fix/pool.h"

/* { labyrinth-options "-Wextra" } */

struct mlx5_hv_vhca {
	struct workqueue_struct *work_queue;
	unsigned long invalidated;
};

struct mlx5_hv_vhca_work {
	struct work_struct invalidate_work;
	struct mlx5_hv_vhca *hv_vhca;
	u64 block_mask;
};

struct workqueue_struct *new_queue(const char *name);
void destroy_workqueue(struct workqueue_struct *wq);

struct mlx5_hv_vhca *mlx5_hv_vhca_create(void)
{
	struct mlx5_hv_vhca *hv_vhca;

	hv_vhca = kzalloc(sizeof(*hv_vhca), GFP_KERNEL);
	if (!hv_vhca)
		return ERR_PTR(-ENOMEM);

	hv_vhca->work_queue = new_queue("mlx5_hv_vhca");
	if (!hv_vhca->work_queue) {
		kfree(hv_vhca);
		return ERR_PTR(-ENOMEM);
	}
	return hv_vhca;
}

void mlx5_hv_vhca_destroy(struct mlx5_hv_vhca *hv_vhca)
{
	destroy_workqueue(hv_vhca->work_queue);
	kfree(hv_vhca);
}

static void mlx5_hv_vhca_invalidate_work(struct work_struct *work)
{
	struct mlx5_hv_vhca_work *hwork;
	struct mlx5_hv_vhca *hv_vhca;

	hwork = container_of(work, struct mlx5_hv_vhca_work, invalidate_work);
	hv_vhca = hwork->hv_vhca;
	hv_vhca->invalidated |= hwork->block_mask;
	kfree(hwork);
}

void mlx5_hv_vhca_invalidate(void *context, u64 block_mask)
{
	struct mlx5_hv_vhca *hv_vhca = (struct mlx5_hv_vhca *)context;
	struct mlx5_hv_vhca_work *work;

	work = kzalloc(sizeof(*work), GFP_ATOMIC);
	if (!work)
		return;

	INIT_WORK(&work->invalidate_work, mlx5_hv_vhca_invalidate_work);
	work->hv_vhca = hv_vhca;
	work->block_mask = block_mask;
	queue_work(hv_vhca->work_queue, &work->invalidate_work);
}
