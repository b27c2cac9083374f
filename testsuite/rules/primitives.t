#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# primitives.t - hold the rules to the headers of Debian's two kernels
#
# Compiles primitives.c as a module of each, and compares what is found in
# each of its functions with what it says is allowed there.

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename);
use File::Copy qw(copy);
use File::Path qw(make_path);
use FindBin;
use JSON::PP;

my $top = abs_path("$FindBin::Bin/../..");
my $labyrinth = $ENV{LABYRINTH} // "$top/build/san/labyrinth";
my @flags = qw(GFP_KERNEL GFP_ATOMIC);
my $count = 0;

sub result
{
	my ($ok, $name, @details) = @_;

	$count++;
	print $ok ? '' : 'not ', "ok $count - $name\n";
	print map { "#   $_\n" } @details;
}

# regions - name to what is allowed, of primitives.c
sub regions
{
	my %allowed;

	open(my $in, '<', "$FindBin::Bin/primitives.c") or die;
	while (<$in>) {
		$allowed{$2} = $3
			if /^(REGION|TRYREGION)\((\w+), (\w+),/;
		$allowed{lc($1) . "_$2"} = $3
			if /^(GUARDED|SCOPED|CONDITIONAL)\((\w+), (\w+)/;
		$allowed{"by_$1"} = 'CONFIG'
			if /^ALLOCATED\((\w+), /;
	}
	return %allowed;
}

# build - primitives.c with each of the flags; the objects, or none if it fails
sub build
{
	my ($flavour, $headers, $compiler) = @_;
	my $directory = "$top/build/primitives/$flavour";
	my @objects = map { "$_.o" } @flags;

	make_path($directory);
	open(my $kbuild, '>', "$directory/Kbuild") or die;
	print $kbuild "obj-m := @objects\n";
	for my $gfp (@flags) {
		copy("$FindBin::Bin/primitives.c", "$directory/$gfp.c") or die;
		print $kbuild "CFLAGS_$gfp.o := -DGFP=$gfp\n";
		unlink("$directory/$gfp.o");
	}
	close($kbuild);
	my $plugin = "$top/build/plugin/$compiler/labyrinth.so";
	my @log = qx(make -s -C $headers M=$directory \\
		KCFLAGS=-fplugin=$plugin @objects 2>&1);
	return map { "$directory/$_" } @objects if !$?;
	chomp(@log);
	result(0, "primitives.c compiles for $flavour", @log);
	return;
}

# findings - the functions of an object in which something was found
sub findings
{
	my ($object) = @_;
	my $json = qx($labyrinth check --format=json $object);

	die "primitives.t: cannot check $object\n" if $?;
	# What flags an allocator ignores is no matter of where it is called.
	return map { $_->{function} => 1 } grep { $_->{check} ne 'bad-gfp' }
		@{decode_json($json)->{findings}};
}

my %expected = (
	SLEEP => '',
	CONFIG => 'GFP_KERNEL',
	SPIN => 'GFP_KERNEL GFP_ATOMIC',
);

sub check
{
	my ($flavour, @objects) = @_;
	my %allowed = regions();
	my %compiled = map { $_ => 1 } map { /\bT (\w+)/ } qx(nm $objects[0]);
	my (%found, @wrong);

	for my $object (@objects) {
		my %functions = findings($object);

		push @{$found{$_}}, basename($object, '.o') for keys %functions;
	}
	for my $name (sort keys %allowed) {
		if (!$compiled{"region_$name"}) {
			delete $allowed{$name};
			next;
		}
		my $got = join(' ', @{$found{"region_$name"} // []});
		my $wanted = $expected{$allowed{$name}};

		push @wrong, "$name: found '$got', not '$wanted'"
			if $got ne $wanted;
	}
	result(!@wrong, keys(%allowed) . " primitives for $flavour", @wrong);
}

for my $flavour (qw(amd64 rt-amd64)) {
	my ($headers, $compiler) =
		split(' ', qx($top/scripts/kernel-headers $flavour 2>/dev/null));

	if (!$headers) {
		result(1, "primitives # SKIP no headers of $flavour");
		next;
	}
	my @objects = build($flavour, $headers, $compiler);
	check($flavour, @objects) if @objects;
}
print "1..$count\n";
