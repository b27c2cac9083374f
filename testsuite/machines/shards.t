#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# shards.t - two jobs that compile a half each and a third that links their
# objects find what one job finds

# shellcheck source=SCRIPTDIR/machines.sh
. "$(dirname "$0")/machines.sh"

checkout whole
compile_all whole
findings whole "$scratch/whole/drivers"

# Each job has a checkout somewhere else, and uploads its objects.
checkout job-1
compile job-1 driver
compile job-1 queue
tar -C "$scratch/job-1" -cf "$scratch/1.tar" drivers/driver.o drivers/queue.o
checkout job-2
compile job-2 buffer
tar -C "$scratch/job-2" -cf "$scratch/2.tar" drivers/buffer.o
findings job-1 "$scratch/job-1/drivers"
findings job-2 "$scratch/job-2/drivers"
! cmp -s "$scratch/job-1.json" "$scratch/whole.json" &&
	! cmp -s "$scratch/job-2.json" "$scratch/whole.json"
result $? "neither half is the whole"
rm -r "$scratch/job-1" "$scratch/job-2"

checkout link
tar -C "$scratch/link" -xf "$scratch/1.tar"
tar -C "$scratch/link" -xf "$scratch/2.tar"
findings link "$scratch/link/drivers"
exits 0 "a third job links what they uploaded"
same_findings whole link "and finds what one job finds"
finish
