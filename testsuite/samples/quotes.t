#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# quotes.t - what README and the checks' pages quote is what the demo prints,
# or what is printed for samples/pages

use strict;
use warnings;
use FindBin;

chdir("$FindBin::Bin/../..") or die "$!\n";
$ENV{ASAN_OPTIONS} //= 'detect_leaks=0';

my @documents = ('README.md', sort glob('doc/checks/*.md'));
print '1..', scalar @documents, "\n";

# samples - build the samples of a kind, and return where
sub samples
{
	my ($kind) = @_;

	qx(scripts/build-samples amd64 $kind);
	die "samples/$kind does not build\n" if $?;
	return "build/demo/amd64/$kind";
}

my ($headers) = split(' ', qx(scripts/kernel-headers amd64));
my $labyrinth = 'build/san/labyrinth';
my $bad = samples('bad');
my $pages = samples('pages');
# sparse comes last: what its make builds has no facts.
my %printed = map { $_ => 1 } map { split(/\n/, qx($_)) } (
	"$labyrinth check -Wextra $bad",
	"$labyrinth check -Wextra --whole-program --tree=$pages $pages",
	"$labyrinth sparse --tree=$pages -- make -s -C $headers M=\$PWD/$pages modules 2>/dev/null",
);

my $number = 0;
for my $page (@documents) {
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
