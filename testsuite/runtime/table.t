#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# table.t - the truth table's files can be read, and what is malformed in such
# a file is said so with file and line

use strict;
use warnings;
use FindBin;
use File::Temp qw(tempdir);
use lib "$FindBin::Bin/../lib";
use Runtime qw(ok);
use Truth qw(contexts operations reasons module_source);

my $truth = "$FindBin::Bin/truth";
my $directory = tempdir(CLEANUP => 1);

# refused - what is said of a file with this text
sub refused
{
	my ($read, $text) = @_;

	open(my $out, '>', "$directory/file") or die "$!\n";
	print $out $text;
	close($out);
	return eval { $read->("$directory/file"); 'nothing' } // $@;
}

my @contexts = contexts("$truth/contexts");
my @operations = operations("$truth/operations");
my @reasons = reasons("$truth/reasons");
my $steps = "$FindBin::Bin/samples/steps";
my $faults = "$FindBin::Bin/faults/steps";

print "1..14\n";
ok(@contexts >= 25, scalar(@contexts) . ' contexts');
ok(@operations >= 14, scalar(@operations) . ' operations');

my ($raw) = grep { $_->{name} eq 'raw_spin_lock' } @contexts;
my ($timer) = grep { $_->{name} eq 'timer' } @contexts;
my ($kfree) = grep { $_->{name} eq 'kfree' } @operations;
my $source = module_source($raw, $kfree);
ok($source =~ /\traw_spin_lock\(&raw_lock\);\n\tcell_kfree\(\);\n\traw_spin_unlock/,
	'a context of one function stands around its operation', $source);
ok($source =~ /void cell_kfree\(void\)\n\{\n\tkfree\(object\);\n\}/,
	'an operation is alone in its function', $source);
$source = module_source($timer, @operations);
ok($source !~ /\@/ && $source =~ /handler_msleep\(/,
	'every @ is replaced', $source);
ok($source =~ /"msleep", before_msleep, enter_msleep, after_msleep/,
	'every operation is in the list', $source);

my @unknown = grep {
	my $reason = $_;
	!grep {
		my $context = $_->{name};
		grep { "rt $context $_->{name}" =~ $reason->[0]
			|| "nonrt $context $_->{name}" =~ $reason->[0] } @operations
	} @contexts
} @reasons;
ok(!@unknown, 'every reason is of a cell',
	map { "line $_->[2]" } @unknown);

my @samples = Truth::sections($steps, qw(load rounds unload));
my @faulty = grep { !$_->{load} || !$_->{rounds} || !$_->{unload} } @samples;
ok(@samples && !@faulty, 'every sample is loaded, driven and unloaded',
	map { $_->{name} } @faulty);
my @keys = qw(objects finding load run why);
my @faults = Truth::sections($faults, @keys);
@faulty = grep { my $fault = $_; grep { !$fault->{$_} } @keys } @faults;
ok(@faults && !@faulty, 'every fault has all that it needs',
	map { $_->{name} } @faulty);

@keys = qw(source recipe finding load run probe drained expect unload);
my @rewrites = Truth::sections("$FindBin::Bin/rewrites/steps", @keys,
	qw(fault before));
@faulty = grep { my $rewrite = $_; grep { !$rewrite->{$_} } @keys } @rewrites;
ok(@rewrites && !@faulty, 'every rewrite has all that it needs',
	map { $_->{name} } @faulty);

my $said = refused(\&operations, "== a: b\ndo: c;\n== a: b\ndo: c;\n");
ok($said =~ /file:3: a comes twice/, 'a name that comes twice', $said);
$said = refused(\&contexts, "== a: b\nopen: c;\n");
ok($said =~ /a has neither code nor open and close/,
	'a context that is never left', $said);
$said = refused(\&contexts, "== a b\n");
ok($said =~ /file:1: not "== NAME: TITLE"/, 'a section without a name', $said);
$said = refused(\&reasons, "rt a: because\n");
ok($said =~ /file:1: not "KERNEL CONTEXT OPERATION: REASON"/,
	'a reason of no cell', $said);
