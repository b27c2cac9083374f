# SPDX-License-Identifier: GPL-2.0-or-later
#
# Driven.pm - guests in which drivers run with no hardware
#
# What stands for the hardware is testsuite/runtime/samples/drive-NAME.c, a
# device "edu" of QEMU's, a USB gadget, a stream that is captured.

package Driven;

use strict;
use warnings;
use Exporter qw(import);
use File::Basename qw(basename);
use Guest;
use Runtime qw(build_modules image read_file);
use Splat qw(functions_of);
our @EXPORT_OK = qw(boot leaks unseen);

my $here = 'testsuite/runtime/samples';

# What is inlined is on no stack.
my $ccflags = join(' ', qw(-Dprobe_new=probe -fno-inline-small-functions
	-fno-inline-functions-called-once -fno-optimize-sibling-calls
	-fno-partial-inlining -fno-ipa-cp -fno-ipa-sra));

# needed - the modules that a section's title names
sub needed
{
	my ($section) = @_;

	return grep { $_ ne 'none' } split(/ /, $section->{title});
}

# build - modules, {name => text} with a Kbuild, and the initial file system
# with them, with what drives them, what they need, and further files
sub build
{
	my ($kernel, $directory, $sections, $files, @further) = @_;
	my @drives = glob("$here/drive-*.c");
	my %all = (%$files, map { basename($_) => read_file($_) } @drives,
		"$here/drive.h", "$here/../truth/truth-reset.c");
	my %needed = map { $_ => 1 } map { needed($_) } @$sections;
	my @objects = map { basename($_, '.c') . '.o' } @drives;

	$all{Kbuild} .= "obj-m += @objects truth-reset.o\n" .
		"ccflags-y += $ccflags\n";
	build_modules($kernel, $directory, %all);
	system(qw(gcc -static -O2 -o), "$directory/capture",
		"$here/capture.c") == 0 or die "capture.c does not compile\n";
	Guest::initrd("$directory/initrd", "$directory/capture", "$here/gadget",
		glob("$directory/*.ko"), @further,
		map { Guest::modules("build/runtime/$kernel", $_) }
			keys %needed);
}

# start - a guest of that kernel. One in a hundred has not come up on a busy
# machine: it is told of, and another one started.
sub start
{
	my ($kernel, %guest) = @_;

	for (1 .. 3) {
		my $guest = Guest->new(%guest);

		return $guest if $guest->wait_for($Guest::ready, 600);
		warn "$kernel does not boot:\n$guest->{text}";
	}
	die "$kernel does not boot\n";
}

# boot - a guest with the modules loaded that a section needs
sub boot
{
	my ($kernel, $directory, $arguments, $section) = @_;
	my $guest = start($kernel, kernel => image($kernel),
		initrd => "$directory/initrd", devices => [qw(-device edu)],
		arguments => "memmap=1M\$0xb000000 $arguments");

	for my $module (needed($section)) {
		$guest->run("[ ! -e $module.ko ] || insmod $module.ko", 300)
			if $module ne 'i2c-stub';
	}
	return $guest;
}

# leaks - whether kmemleak finds anything. It lets objects be for five seconds,
# and those that have changed since it looked last: all, the first time.
sub leaks
{
	my ($guest) = @_;

	$guest->run('sleep 6; for i in 1 2; do ' .
		'echo scan >/sys/kernel/debug/kmemleak; done', 900);
	return $guest->new_text() =~ /kmemleak: \d+ new suspected/;
}

# unseen - what of a finding's chain is not on the stack of any complaint
sub unseen
{
	my ($finding, $text) = @_;
	my %seen = map { s/\..*//r => 1 } functions_of($text);
	my @named = map { $_->{function} } @{$finding->{chain} // []};

	# Who has registered a handler is not on its stack.
	shift(@named) while @named && $named[0] ne $finding->{function};
	return grep { !$seen{$_} } @named;
}

1;
