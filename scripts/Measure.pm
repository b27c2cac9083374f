# SPDX-License-Identifier: GPL-2.0-or-later
#
# Measure.pm - what a command costs, for the benchmarks
#
#	my ($cpu, $rss, $wall) = measure($directory, $errors, @command);
package Measure;

use strict;
use warnings;
use Exporter qw(import);
use POSIX ();
use Time::HiRes qw(time);

our @EXPORT_OK = qw(measure);

# measure - run a command in a directory, its output thrown away, its errors
# in a file; its CPU time in seconds, peak memory in KiB and elapsed time
sub measure
{
	my ($directory, $errors, @command) = @_;

	pipe(my $reader, my $writer) or die "pipe: $!\n";
	my $pid = fork() // die "fork: $!\n";
	if (!$pid) {
		chdir($directory) or die "$directory: $!\n";
		my $usage = "\0" x 144;
		my $start = time();
		my $child = fork() // die "fork: $!\n";
		if (!$child) {
			open(STDOUT, '>', '/dev/null');
			open(STDERR, '>', $errors);
			exec(@command) or POSIX::_exit(127);
		}
		waitpid($child, 0);
		my $status = $?;
		my $wall = time() - $start;
		# getrusage(RUSAGE_CHILDREN) of x86_64: exact, unlike times()
		syscall(98, -1, $usage);
		my @u = unpack('q6', $usage);
		printf $writer "%d %.6f %d %.6f\n", $status,
			$u[0] + $u[2] + ($u[1] + $u[3]) / 1e6, $u[4], $wall;
		close($writer);
		POSIX::_exit(0);
	}
	close($writer);
	my ($status, $cpu, $rss, $wall) = split(' ', <$reader> // '1 0 0 0');
	waitpid($pid, 0);
	if ($status) {
		system('cat', $errors);
		die "bench: error: failed: @command[0 .. ($#command < 9 ? $#command : 9)]\n";
	}
	return ($cpu, $rss, $wall);
}

1;
