#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# quotes.t - what README and the checks' pages quote is what the demo prints

use strict;
use warnings;
use FindBin;

chdir("$FindBin::Bin/../..") or die "$!\n";
$ENV{ASAN_OPTIONS} //= 'detect_leaks=0';

my @pages = ('README.md', sort glob('doc/checks/*.md'));
print '1..', scalar @pages, "\n";

qx(scripts/build-samples amd64 bad);
my %printed = map { $_ => 1 }
	split(/\n/, qx(build/san/labyrinth check -Wextra build/demo/amd64/bad));

my $number = 0;
for my $page (@pages) {
	open(my $in, '<', $page) or die "$page: $!\n";
	my @quoted = map { /^    (\S+: (?:warning|note): .*)/ ? $1 : () } <$in>;
	close($in);
	# The headers' package has a version of its own.
	my @wrong = grep { !$printed{$_} && !m{^/usr/src/} } @quoted;
	$number++;
	print !@quoted || @wrong ? 'not ' : '', "ok $number - $page\n";
	print map { "# not printed: $_\n" } @wrong;
	print "# quotes nothing\n" if !@quoted;
}
