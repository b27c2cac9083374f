#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# splat.t - what is read from consoles' texts that were recorded, in splats/

use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Runtime qw(ok read_file);
use Splat qw(complains functions_of kinds_of splats_of);

# file => [kinds, complaints, a function on a stack]
my %recorded = (
	'kmalloc-in-interrupt' => ['sleep usage', 2, 'handler_kmalloc_kernel'],
	'kmalloc-under-raw-lock' => ['wait', 1, 'enter_kmalloc_atomic'],
	'msleep-nonrt' => ['sleep', 3, 'cell_msleep'],
	'msleep-under-spin-lock' => ['sleep', 1, 'cell_msleep'],
	'mutex-under-raw-lock' => ['sleep wait', 2, 'cell_mutex_lock'],
	'silent' => ['', 0, undef],
);

print '1..', 4 * keys(%recorded), "\n";
for my $name (sort keys %recorded) {
	my ($kinds, $count, $function) = @{$recorded{$name}};
	my $text = read_file("$FindBin::Bin/splats/$name");
	my @functions = functions_of($text);
	my @splats = splats_of($text);

	ok("@{[kinds_of($text)]}" eq $kinds, "$name: kinds",
		"have: @{[kinds_of($text)]}", "want: $kinds");
	ok(!complains($text) == !$count, "$name: whether it complains");
	ok(@splats == $count, "$name: complaints",
		map { (split(/\n/, $_->{text}))[0] } @splats);
	ok(defined($function) ? grep({ $_ eq $function } @functions)
			: !@functions, "$name: functions", @functions);
}
