# SPDX-License-Identifier: GPL-2.0-or-later
#
# TruthPage.pm - the truth table as a page of doc/

package TruthPage;

use strict;
use warnings;
use Exporter qw(import);
our @EXPORT_OK = qw(page);

my %title = (rt => 'With PREEMPT_RT', nonrt => 'Without PREEMPT_RT');

my $head = <<'EOT';
# What is allowed where: the kernel's verdicts, and Labyrinth's

Every operation below was run in every context below, on Linux 6.12 with and without PREEMPT_RT, with lockdep
(PROVE_LOCKING, PROVE_RAW_LOCK_NESTING) and DEBUG_ATOMIC_SLEEP on; and `labyrinth check` has read the same source. `make
check-runtime` does it again and writes this page: [testsuite/runtime](../testsuite/runtime) has the
[contexts](../testsuite/runtime/truth/contexts) and the [operations](../testsuite/runtime/truth/operations), and
[runtime.md](runtime.md) tells how it is done.

A cell says what the kernel and Labyrinth say:

| | |
|---|---|
| `.` | neither complains |
| **X** | both do: with PREEMPT_RT of an invalid wait context or of sleep, without it of sleep |
| w | without PREEMPT_RT, lockdep reports an invalid wait context: what would be wrong with PREEMPT_RT. Labyrinth says the same for that model, and nothing for this one |
| r | without PREEMPT_RT, Labyrinth says that it would be wrong with PREEMPT_RT; lockdep says nothing, for its wait types know locks and interrupts, not preemption or interrupts that are off |
| k, l | only the kernel, or only Labyrinth, complains; the number leads to the reason |

Allocators take no lock where what they keep at hand will do. So each allocation and each kfree() is made to go the long way:
slab caches run with `slab_debug=F`, and pages are taken until those that the CPU has of its own are used up.

EOT

# heading - the table's first two lines
sub heading
{
	my ($operations) = @_;
	my @titles = map { $_->{title} =~ s/\((?=GFP)/ (/r } @$operations;

	return '| | ' . join(' | ', @titles) . " |\n" .
		'|---' x (1 + @titles) . "|\n";
}

sub page
{
	my ($kernels, $contexts, $operations, $cells) = @_;
	my ($text, %number, @notes) = ($head);

	for my $kernel (@$kernels) {
		$text .= "## $title{$kernel}\n\n" . heading($operations);
		for my $context (@$contexts) {
			my @marks = map {
				my $cell =
					$cells->{$kernel}{"$context->{name} $_->{name}"};
				my $mark = $cell->{mark};

				if ($cell->{reason}) {
					push(@notes, $cell->{reason})
						if !$number{$cell->{reason}};
					$number{$cell->{reason}} ||= @notes;
					$mark .= "<sup>$number{$cell->{reason}}</sup>";
				}
				$mark eq 'X' ? '**X**' : $mark;
			} @$operations;

			$text .= "| $context->{title} | " . join(' | ', @marks) . " |\n";
		}
		$text .= "\n";
	}
	$text .= "## Where they differ, and why\n\n";
	$text .= join('', map { "$number{$_}. $_\n" } @notes) || "Nowhere.\n";
	return $text;
}

1;
