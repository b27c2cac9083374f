#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# samples.t - the samples' findings are the expected ones; mended, there are none

use strict;
use warnings;
use FindBin;
use File::Basename qw(basename);
use JSON::PP;

chdir("$FindBin::Bin/../..") or die "$!\n";
$ENV{ASAN_OPTIONS} //= 'detect_leaks=0';

sub expected
{
	open(my $in, '<', "$FindBin::Bin/expected") or die "expected: $!\n";
	my @lines = grep { !/^#/ } <$in>;
	chomp(@lines);
	return @lines;
}

# found - the findings as lines of the expected form, each once
sub found
{
	my ($flavour, $kind) = @_;

	my @objects = split(' ', qx(scripts/build-samples $flavour $kind));
	return "samples/$kind does not build for $flavour" if $?;
	my $json = qx(build/san/labyrinth check -Wextra --format=json @objects);
	return "labyrinth check: exit $?" if $?;
	my %seen = map {
		join(' ', basename($_->{file}), @{$_}{qw(function check)}) => 1
	} @{decode_json($json)->{findings}};
	return sort keys %seen;
}

sub same
{
	my ($number, $name, $want, $have) = @_;
	my %want = map { $_ => 1 } @$want;
	my %have = map { $_ => 1 } @$have;
	my @missing = grep { !$have{$_} } @$want;
	my @extra = grep { !$want{$_} } @$have;

	print @missing || @extra ? 'not ' : '', "ok $number - $name\n";
	print map({ "# missing: $_\n" } @missing),
		map({ "# not expected: $_\n" } @extra);
}

my $number = 0;
my @expected = expected();

print "1..4\n";
for my $flavour (qw(amd64 rt-amd64)) {
	same(++$number, "bad, $flavour", \@expected, [found($flavour, 'bad')]);
	same(++$number, "mended, $flavour", [], [found($flavour, 'mended')]);
}
