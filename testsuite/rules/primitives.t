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
use File::Copy qw(copy);
use File::Path qw(make_path);
use FindBin;
use JSON::PP;

my $top = abs_path("$FindBin::Bin/../..");
my $labyrinth = $ENV{LABYRINTH} // "$top/build/san/labyrinth";
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
		$allowed{"guard_$1"} = $2
			if /^GUARDED\((\w+), (\w+)/;
	}
	return %allowed;
}

# headers - the newest of Debian's headers of a flavour
sub headers
{
	my ($flavour) = @_;
	my @found = grep { m{/linux-headers-[\d.]+(?:-\d+)*-$flavour$} }
		glob('/usr/src/linux-headers-*');

	return (sort @found)[-1];
}

# build - primitives.o, or undef after a failed result
sub build
{
	my ($flavour, $headers) = @_;
	my $directory = "$top/build/primitives/$flavour";
	my $variables = "$headers/.kernelvariables";
	my $compiler = 'gcc-12';

	if (open(my $in, '<', $variables)) {
		/^CC = .*\)(gcc-\d+)$/ and $compiler = $1 while <$in>;
	}
	make_path($directory);
	copy("$FindBin::Bin/primitives.c", $directory) or die;
	open(my $kbuild, '>', "$directory/Kbuild") or die;
	print $kbuild "obj-m := primitives.o\n";
	close($kbuild);
	unlink("$directory/primitives.o");
	my $plugin = "$top/build/plugin/$compiler/labyrinth.so";
	my @log = qx(make -s -C $headers M=$directory \\
		KCFLAGS=-fplugin=$plugin primitives.o 2>&1);
	return "$directory/primitives.o" if !$?;
	chomp(@log);
	result(0, "primitives.c compiles for $flavour", @log);
	return undef;
}

# findings - function to the sorted names of what was found in it
sub findings
{
	my ($object) = @_;
	my $json = qx($labyrinth check --format=json $object);
	my %found;

	return undef if $?;
	for my $finding (@{decode_json($json)->{findings}}) {
		$found{$finding->{function}}{$finding->{operation}} = 1;
	}
	return {map { $_ => join(' ', sort keys %{$found{$_}}) } keys %found};
}

my %expected = (
	SLEEP => '',
	CONFIG => 'kmalloc',
	SPIN => 'kmalloc kzalloc',
);

sub check
{
	my ($flavour, $object) = @_;
	my %allowed = regions();
	my $found = findings($object);
	my @wrong;

	if (!$found) {
		result(0, "primitives.c can be checked for $flavour");
		return;
	}
	for my $name (sort keys %allowed) {
		my $got = $found->{"region_$name"} // '';
		my $wanted = $expected{$allowed{$name}};

		push @wrong, "$name: found '$got', not '$wanted'"
			if $got ne $wanted;
	}
	result(!@wrong, keys(%allowed) . " primitives for $flavour", @wrong);
}

for my $flavour (qw(amd64 rt-amd64)) {
	my $headers = headers($flavour);

	if (!$headers) {
		result(1, "primitives # SKIP no headers of $flavour");
		next;
	}
	my $object = build($flavour, $headers);
	check($flavour, $object) if $object;
}
print "1..$count\n";
