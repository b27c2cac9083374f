# SPDX-License-Identifier: GPL-2.0-or-later
#
# Guest.pm - a kernel in QEMU that is told what to do on its console
#
# The guest runs testsuite/runtime/init, which prints GUEST_READY and takes
# shell commands, one a line. It can be saved as it stands, and many guests be
# started from that state.

package Guest;

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Path qw(make_path remove_tree);
use IO::Select;
use IO::Socket::UNIX;
use IPC::Open2;
use Time::HiRes qw(sleep time);

our $ready = qr/\bGUEST_READY\r?$/m;

my $top = abs_path(dirname(__FILE__) . '/../..');
my $guests = 0;

# Without KVM, so that it runs the same everywhere; a guest of -cpu max does not
# survive being saved.
my @machine = (qw(qemu-system-x86_64 -M q35 -cpu qemu64 -accel tcg),
	'-smp', '2,sockets=2', qw(-nodefaults -display none -no-reboot
	-serial stdio));

# new(kernel => FILE, initrd => FILE, [arguments => TEXT], [memory => MIB],
#     [devices => [...]], [state => FILE])
sub new
{
	my ($class, %guest) = @_;
	my $self = bless({%guest, text => '', scan => 0}, $class);
	my $memory = $guest{memory} // 256;
	my @command = (
		@machine, '-m', $memory, '-kernel', $guest{kernel}, '-initrd',
		$guest{initrd}, '-append',
		"console=ttyS0 panic=-1 printk.devkmsg=on " .
			($guest{arguments} // ''),
		@{$guest{devices} // []});

	$self->{monitor} = "/tmp/labyrinth-guest-$$-" . $guests++;
	push(@command, '-monitor', "unix:$self->{monitor},server,nowait");
	push(@command, '-incoming', "exec:cat $guest{state}")
		if $guest{state};
	$self->{pid} = open2($self->{out}, $self->{in}, @command);
	$self->{select} = IO::Select->new($self->{out});
	# What is typed before the state is there is lost.
	while ($guest{state} && $self->monitor('info status', qr/VM status:.*/)
		!~ /running/) {
		sleep(0.1);
	}
	return $self;
}

# wait_for - read until the console's new text matches; false if it does not
# in so many seconds, or if the guest ends before
sub wait_for
{
	my ($self, $pattern, $seconds) = @_;
	my $end = time() + $seconds;

	until (substr($self->{text}, $self->{scan}) =~ $pattern) {
		my $left = $end - time();
		return 0 if $left <= 0 || !$self->{select}->can_read($left);
		sysread($self->{out}, $self->{text}, 65536,
			length($self->{text})) or return 0;
	}
	return 1;
}

# send - type a line; what wait_for() looks at begins here
sub send
{
	my ($self, $line) = @_;

	local $SIG{PIPE} = 'IGNORE';
	$self->{scan} = length($self->{text});
	syswrite($self->{in}, "$line\n");
}

# new_text - what was printed since the last line was typed
sub new_text
{
	my ($self) = @_;

	return substr($self->{text}, $self->{scan});
}

# run - type a line and wait until the guest is ready again
sub run
{
	my ($self, $line, $seconds) = @_;

	$self->send($line);
	return $self->wait_for($ready, $seconds);
}

# initrd - write an initial file system: testsuite/runtime/init, busybox, and
# the files named, in /modules
sub initrd
{
	my ($file, @files) = @_;
	my $root = "$file.root";

	remove_tree($root);
	make_path("$root/bin", "$root/modules");
	copy('/bin/busybox', "$root/bin/busybox") or die "busybox: $!\n";
	copy("$top/testsuite/runtime/init", "$root/init") or die "init: $!\n";
	copy($_, "$root/modules") or die "$_: $!\n" for @files;
	chmod(0755, glob("$root/init $root/bin/* $root/modules/*"));
	system("(cd $root && find . | cpio -o -H newc -R 0:0 --quiet) | " .
		"gzip -1 >$file") == 0 or die "$file: cpio or gzip fails\n";
	remove_tree($root);
}

# modules - the file of a kernel's own module; none if it is built in
sub modules
{
	my ($build, $name) = @_;

	open(my $in, '<', "$build/modules.order") or die "$build: $!\n";
	my ($path) = grep { m{/\Q$name\E\.o$} } map { s/\n//r } <$in>;
	return $path ? ("$build/" . $path =~ s/\.o$/.ko/r) : ();
}

sub monitor
{
	my ($self, $command, $pattern) = @_;
	my ($text, $socket) = ('');

	for (1 .. 100) {
		$socket = IO::Socket::UNIX->new($self->{monitor}) and last;
		sleep(0.1);
	}
	die "no monitor at $self->{monitor}\n" if !$socket;
	print $socket "$command\n";
	$socket->flush();
	while ($text !~ $pattern) {
		sysread($socket, $text, 4096, length($text)) or last;
	}
	return $text;
}

# save - write the guest's state to a file; the guest ends
sub save
{
	my ($self, $file) = @_;

	unlink($file);
	$self->monitor("migrate \"exec:cat >$file\"",
		qr/\(qemu\).*\(qemu\)/s);
	$self->stop();
	return -s $file;
}

sub stop
{
	my ($self) = @_;

	return if !$self->{pid};
	kill('KILL', $self->{pid});
	waitpid($self->{pid}, 0);
	unlink($self->{monitor});
	close($self->{in});
	close($self->{out});
	$self->{pid} = 0;
}

sub DESTROY
{
	my ($self) = @_;
	local $?;

	$self->stop();
}

1;
