# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fixture.pm - compile fixtures with the plugin, check them, compare
#
# A fixture is one C file, or a directory of C files that are linked. Comments
# in it, in the notation of GCC's own tests, say what is expected on a line:
#
#   { dg-warning "regex" }                       a warning that matches
#   { dg-warning "regex" "" { xfail *-*-* } }    one that is not reached yet
#   { dg-warning "regex" "" { target *-*-* } .-1 }   on the line before
#   { dg-bogus "regex" }                         none that matches
#   { labyrinth-options "-Wextra" }              options of labyrinth check
#   { labyrinth-cflags "-DCONFIG_PREEMPT_RT" }   options of the compiler
#
# A warning that no comment asks for fails the fixture.
package Fixture;

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Path qw(make_path);

my $top = abs_path(dirname(__FILE__) . '/../..');
my @cflags = (qw(-std=gnu11 -O2 -g0 -nostdinc -fno-strict-aliasing
	-fno-delete-null-pointer-checks -fno-PIE -mno-red-zone -Wall -Werror),
	"-I$top/testsuite/check");
my $count = 0;

# plugins - the native GCCs that there is a plugin for, as [compiler, plugin]
sub plugins
{
	my @found;

	for my $plugin (sort glob("$top/build/plugin/gcc-*/labyrinth.so")) {
		my $gcc = basename(dirname($plugin));
		push @found, [$gcc, $plugin];
	}
	return @found;
}

sub result
{
	my ($ok, $name, @details) = @_;

	$count++;
	print $ok ? '' : 'not ', "ok $count - $name\n";
	print map { "#   $_\n" } @details;
}

# run - a command; returns its exit status and output
sub run
{
	my (@command) = @_;

	my $pid = open(my $out, '-|') // die "fork: $!\n";
	if (!$pid) {
		open(STDERR, '>&', \*STDOUT);
		exec(@command) or exit 127;
	}
	my @lines = <$out>;
	close($out);
	chomp(@lines);
	return ($? & 127 ? 128 + ($? & 127) : $? >> 8, @lines);
}

# expectations - the directives of a file
sub expectations
{
	my ($file) = @_;
	my (@expected, %extra);

	open(my $in, '<', $file) or die "$file: $!\n";
	while (my $text = <$in>) {
		while ($text =~ /\{\s*(dg-(?:warning|bogus))\s+"([^"]*)"
				(?:\s+"[^"]*")?
				(?:\s+\{\s*(xfail|target)\s+[^}]*\})?
				(?:\s+\.([-+]\d+))?\s*\}/gx) {
			push @expected, {
				kind => $1, regex => $2, file => basename($file),
				line => $. + ($4 // 0),
				xfail => ($3 // '') eq 'xfail',
			};
		}
		push @{$extra{$1}}, split(' ', $2)
			while $text =~ /\{\s*(labyrinth-\w+)\s+"([^"]*)"\s*\}/g;
	}
	close($in);
	return (\@expected, \%extra);
}

# compare - the expectations against the warnings
sub compare
{
	my ($name, $expected, $warnings) = @_;
	my (@wrong, @todo, %claimed);

	for my $want (grep { $_->{kind} eq 'dg-warning' } @$expected) {
		my ($hit) = grep {
			my $w = $warnings->[$_];
			!$claimed{$_} && $w->{file} eq $want->{file} &&
				$w->{line} == $want->{line} &&
				$w->{message} =~ /$want->{regex}/
		} 0 .. $#$warnings;
		$claimed{$hit} = 1 if defined $hit;
		my $place = "$want->{file}:$want->{line}";
		if ($want->{xfail}) {
			push @todo, [defined $hit,
				"$name: $place: \"$want->{regex}\""];
		} elsif (!defined $hit) {
			push @wrong, "$place: no warning like \"$want->{regex}\"";
		}
	}
	my @bogus = grep { $_->{kind} eq 'dg-bogus' } @$expected;
	for my $i (0 .. $#$warnings) {
		next if $claimed{$i};
		my $w = $warnings->[$i];
		my $text = "$w->{file}:$w->{line}: $w->{message}";
		my ($xfail) = grep {
			$_->{xfail} && $_->{file} eq $w->{file} &&
				$_->{line} == $w->{line} &&
				$w->{message} =~ /$_->{regex}/
		} @bogus;
		if ($xfail) {
			$xfail->{hit} = 1;
		} else {
			push @wrong, "not expected: $text";
		}
	}
	push @todo, [!$_->{hit}, "$name: $_->{file}:$_->{line}: no " .
		"\"$_->{regex}\""] for grep { $_->{xfail} } @bogus;
	result(!@wrong, $name, @wrong);
	result($_->[0], "$_->[1] # TODO known limit") for @todo;
}

# check - one fixture with one compiler
sub check
{
	my ($compiler, $plugin, $fixture) = @_;
	my @sources = -d $fixture ? sort glob("$fixture/*.c") : ($fixture);
	my $name = basename($fixture, '.c');
	my $out = "$top/build/fixtures/$compiler/$name";
	my (@expected, %extra, @objects, @warnings);

	make_path($out);
	for my $source (@sources) {
		my ($want, $more) = expectations($source);
		push @expected, @$want;
		push @{$extra{$_}}, @{$more->{$_}} for keys %$more;
	}
	for my $source (@sources) {
		my $object = "$out/" . basename($source, '.c') . '.o';
		my ($status, @lines) = run($compiler, "-fplugin=$plugin",
			@cflags, @{$extra{'labyrinth-cflags'} // []},
			'-c', $source, '-o', $object);
		if ($status || @lines) {
			result(0, "$name ($compiler)", @lines,
				"$compiler: exit $status");
			return;
		}
		push @objects, $object;
	}
	my ($status, @lines) = run("$top/build/san/labyrinth", 'check',
		'--format=text', @{$extra{'labyrinth-options'} // []},
		@objects);
	if ($status) {
		result(0, "$name ($compiler)", @lines, "check: exit $status");
		return;
	}
	for (@lines) {
		next if !/^(\S+?):(\d+):\d+: warning: (.*)/;
		push @warnings, {
			file => basename($1), line => $2, message => $3
		};
	}
	compare("$name ($compiler)", \@expected, \@warnings);
}

# main - all the fixtures given, with every GCC that has a plugin
sub main
{
	my @fixtures = @_;
	my @plugins = plugins();

	if (!@plugins) {
		result(0, 'a plugin is built');
		print "1..1\n";
		exit 1;
	}
	$| = 1;
	$ENV{ASAN_OPTIONS} //= 'detect_leaks=0';
	for (@plugins) {
		my ($compiler, $plugin) = @$_;
		check($compiler, $plugin, $_) for @fixtures;
	}
	print "1..$count\n";
}

1;
