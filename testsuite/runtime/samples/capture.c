// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * capture.c - opens the capture card's stream, prepares and starts it, and
 * keeps it so until its standard input ends
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <sound/asound.h>

static void check(int result, const char *what)
{
	if (result < 0) {
		perror(what);
		exit(1);
	}
}

/* Any value of everything: the driver has but one of each. */
static void any(struct snd_pcm_hw_params *params)
{
	unsigned int i;

	memset(params, 0, sizeof(*params));
	memset(params->masks, 0xff, sizeof(params->masks));
	for (i = 0;
	     i < sizeof(params->intervals) / sizeof(params->intervals[0]); i++)
		params->intervals[i].max = UINT_MAX;
	params->rmask = ~0U;
}

int main(int argc, char **argv)
{
	struct snd_pcm_hw_params params;
	char byte;
	int fd = open(argc > 1 ? argv[1] : "/dev/snd/pcmC0D0c", O_RDWR);

	check(fd, "open");
	any(&params);
	check(ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &params), "hw_params");
	check(ioctl(fd, SNDRV_PCM_IOCTL_PREPARE), "prepare");
	check(ioctl(fd, SNDRV_PCM_IOCTL_START), "start");
	while (read(0, &byte, 1) > 0)
		;
	close(fd);
	return 0;
}
