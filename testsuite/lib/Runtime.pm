# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runtime.pm - what the programs of check-runtime share: files, modules, TAP

package Runtime;

use strict;
use warnings;
use Exporter qw(import);
use File::Basename qw(basename);
use File::Path qw(make_path);
our @EXPORT_OK = qw(image read_file write_changed build_modules findings ok
	in_parallel tap_in_parallel);

my $number = 0;

sub image
{
	my ($kernel) = @_;

	return "build/runtime/$kernel/arch/x86/boot/bzImage";
}

sub read_file
{
	my ($file) = @_;
	local $/;

	open(my $in, '<', $file) or die "$file: $!\n";
	return scalar(<$in>);
}

# write_changed - a file that already holds the text keeps its time
sub write_changed
{
	my ($file, $text) = @_;

	return if -e $file && read_file($file) eq $text;
	open(my $out, '>', $file) or die "$file: $!\n";
	print $out $text;
	close($out) or die "$file: $!\n";
}

# build_modules - build what files say, {name => text}, one of them Kbuild
sub build_modules
{
	my ($kernel, $directory, %files) = @_;

	make_path($directory);
	write_changed("$directory/$_", $files{$_}) for keys %files;
	system('scripts/runtime-modules', $kernel, $directory) == 0 or exit(1);
}

# findings - those of a directory, with these options
sub findings
{
	my ($directory, @options) = @_;
	require JSON::PP;
	my $json = qx(build/labyrinth check --format=json @options $directory);

	die "labyrinth check: exit $?\n" if $?;
	return @{JSON::PP::decode_json($json)->{findings}};
}

# ok - a line of TAP, with notes if it is not ok
sub ok
{
	my ($ok, $name, @notes) = @_;

	$number++;
	print $ok ? '' : 'not ', "ok $number - $name\n";
	print map { "# $_\n" } map { split(/\n/) } @notes if !$ok;
	return $ok;
}

# in_parallel - call a function for each kernel, all at once
sub in_parallel
{
	my ($function, @kernels) = @_;
	my @children = map {
		my $pid = fork() // die "fork: $!\n";

		if (!$pid) {
			exit(0) if eval { $function->($_); 1 };
			warn $@;
			exit(1);
		}
		$pid;
	} @kernels;
	my $failed = 0;

	for my $pid (@children) {
		waitpid($pid, 0);
		$failed ||= $?;
	}
	die "a kernel's tests have not ended\n" if $failed;
}

# tap_in_parallel - likewise, with the tests of one kernel after the other's
sub tap_in_parallel
{
	my ($function, @kernels) = @_;
	my $tap = 'build/runtime/' . basename($0, '.run');
	my $wanted = sub {
		open(STDOUT, '>', "$tap-$_[0].tap") or die "$tap: $!\n";
		$| = 1;
		$function->($_[0]);
	};

	make_path('build/runtime');
	# What has died has printed too few tests.
	eval { in_parallel($wanted, @kernels); 1 } or warn $@;
	for my $kernel (@kernels) {
		for my $line (split(/^/, read_file("$tap-$kernel.tap"))) {
			$line =~ s/^((?:not )?ok) \d+/"$1 " . ++$number/e;
			print $line;
		}
		unlink("$tap-$kernel.tap");
	}
}

1;
