# SPDX-License-Identifier: GPL-2.0-or-later
#
# Splat.pm - what a kernel complains of on its console
#
# A text has kinds: "wait" where lockdep finds a lock's wait type too large,
# "sleep" where the kernel finds that it sleeps where it must not, "crash"
# where it cannot go on, "usage" where a lock is taken in an interrupt that was
# also taken with interrupts on (fs_reclaim, by what may reclaim), "other" for
# any other complaint.

package Splat;

use strict;
use warnings;
use Exporter qw(import);
our @EXPORT_OK = qw(complains kinds_of functions_of splats_of);

my @heads = (
	[wait => qr/BUG: Invalid wait context/],
	[sleep => qr/BUG: sleeping function called from invalid context/],
	[sleep => qr/BUG: scheduling while atomic/],
	[sleep => qr/bad: scheduling from the idle thread!/],
	[sleep => qr/Illegal context switch in RCU/],
	[sleep => qr/[Vv]oluntary context switch within RCU read-side/],
	[crash => qr/kernel BUG at /],
	[crash => qr/BUG: kernel NULL pointer dereference/],
	[crash => qr/BUG: unable to handle/],
	[crash => qr/Kernel panic - not syncing/],
	[crash => qr/^Oops/],
	[crash => qr/general protection fault/],
	[usage => qr/^WARNING: inconsistent lock state/],
	[other => qr/^WARNING: (?!.* rcu_note_context_switch|suspicious RCU)/],
	[other => qr/^INFO: (?:task|rcu|trying|possible)/],
	[other => qr/^BUG: /],
	[other => qr/suspicious rcu_/],
	[other => qr/kmemleak: \d+ new suspected/],
);

# message - a console's line without its time stamp
sub message
{
	my ($line) = @_;

	$line =~ s/\r//g;
	$line =~ s/^\[\s*\d+\.\d+\](?:\[\s*[TC]\d+\])? //;
	return $line;
}

sub kind_of_line
{
	my ($line) = @_;
	my $message = message($line);

	for my $head (@heads) {
		return $head->[0] if $message =~ $head->[1];
	}
	return undef;
}

# complains - whether a text has the beginning of any complaint
sub complains
{
	my ($text) = @_;

	return grep({ defined(kind_of_line($_)) } split(/\n/, $text)) > 0;
}

# kinds_of - the kinds of the complaints in a text, each once, sorted
sub kinds_of
{
	my ($text) = @_;
	my %kinds = map { $_ => 1 }
		grep { defined($_) } map { kind_of_line($_) } split(/\n/, $text);

	return sort keys %kinds;
}

# functions_of - the functions of all stacks in a text, in their order, each
# once; those that the unwinder is not sure of are left out
sub functions_of
{
	my ($text) = @_;
	my (%seen, @functions);

	for my $line (map { message($_) } split(/\n/, $text)) {
		next if $line !~ /^(?:RIP: 0010:| )([A-Za-z_][\w.]*)\+0x/;
		push(@functions, $1) if !$seen{$1}++;
	}
	return @functions;
}

# splats_of - the complaints, each with its lines up to the end of its stack
sub splats_of
{
	my ($text) = @_;
	my @splats;

	for my $line (map { message($_) } split(/\n/, $text)) {
		my $kind = kind_of_line($line);

		push(@splats, {kind => $kind, text => ''})
			if $kind && (!@splats || $splats[-1]{over}
			|| $splats[-1]{kind} ne $kind);
		next if !@splats || $splats[-1]{over};
		$splats[-1]{text} .= "$line\n";
		$splats[-1]{over} = 1 if $line =~ m{^ </TASK>};
	}
	return @splats;
}

1;
