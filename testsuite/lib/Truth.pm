# SPDX-License-Identifier: GPL-2.0-or-later
#
# Truth.pm - the table of contexts and operations, and the modules made of it

package Truth;

use strict;
use warnings;
use Exporter qw(import);
our @EXPORT_OK = qw(contexts operations reasons module_source);

# sections - [{name, title, keys..., code}] of a file; dies where it is
# malformed
sub sections
{
	my ($file, @known) = @_;
	my %known = map { $_ => 1 } @known;
	my (@sections, %seen);

	open(my $in, '<', $file) or die "$file: $!\n";
	while (my $line = <$in>) {
		chomp($line);
		next if $line =~ /^#/;
		if ($line =~ /^==/) {
			my ($name, $title) = $line =~ /^== ([\w-]+): (\S.*)$/
				or die "$file:$.: not \"== NAME: TITLE\"\n";
			die "$file:$.: $name comes twice\n" if $seen{$name}++;
			push(@sections,
				{name => $name, title => $title, code => ''});
		} elsif (!@sections) {
			die "$file:$.: text before the first section\n"
				if $line =~ /\S/;
		} elsif ($line =~ /^([a-z]+):(?: (.*))?$/ && $known{$1}) {
			die "$file:$.: $1 comes twice\n"
				if exists($sections[-1]{$1});
			$sections[-1]{$1} = $2 // '';
		} else {
			$sections[-1]{code} .= "$line\n";
		}
	}
	close($in);
	return @sections;
}

sub contexts
{
	my ($file) = @_;
	my @contexts = sections($file, qw(open close));

	for my $context (@contexts) {
		die "$file: $context->{name} has neither code nor open and close\n"
			if $context->{code} !~ /\benter_@\(/
			&& !(exists($context->{open}) && exists($context->{close}));
		die "$file: $context->{name} does not call cell_@()\n"
			if $context->{code} =~ /\S/
			&& $context->{code} !~ /\bcell_@\(\)/;
	}
	return @contexts;
}

sub operations
{
	my ($file) = @_;
	my @operations = sections($file, qw(before do after slow));

	for my $operation (@operations) {
		die "$file: $operation->{name} has no \"do:\"\n"
			if !$operation->{do};
	}
	return @operations;
}

# reasons - of a file with lines "KERNEL CONTEXT OPERATION: reason", where *
# stands for any part of a name, as [[regex, reason, line]]
sub reasons
{
	my ($file) = @_;
	my @reasons;

	open(my $in, '<', $file) or die "$file: $!\n";
	while (my $line = <$in>) {
		chomp($line);
		next if $line =~ /^(?:#|\s*$)/;
		my ($cell, $reason) = $line =~ /^(\S+ \S+ \S+): (\S.*)$/
			or die "$file:$.: not \"KERNEL CONTEXT OPERATION: REASON\"\n";
		my $pattern = join('\S*', map { quotemeta } split(/\*/, $cell, -1));
		push(@reasons, [qr/^$pattern$/, $reason, $.]);
	}
	close($in);
	return @reasons;
}

sub function
{
	my ($head, $statements, $local) = @_;
	my @lines = map { "\t$_;\n" } grep { /\S/ } split(/;\s*/, $statements);

	return "$head\n{\n" . ($local // '') . join('', @lines) . "}\n\n";
}

# module_source - the C of the module that has all operations in one context
sub module_source
{
	my ($context, @operations) = @_;
	my $source = "#include \"frame.h\"\n\n";
	my @cells;

	for my $operation (@operations) {
		my $name = $operation->{name};
		my $enter = $context->{code} =~ /\S/ ? $context->{code} : function(
			'static void enter_@(void)',
			"$context->{open} cell_@(); $context->{close}",
			"\tunsigned long flags __maybe_unused;\n\n");

		$source .= function("static void before_$name(void)",
			$operation->{before} // '');
		$source .= function("static noinline void cell_$name(void)",
			$operation->{do});
		$source .= function("static void after_$name(void)",
			$operation->{after} // '');
		$source .= $enter =~ s/\@/$name/gr;
		push(@cells,
			"{\"$name\", before_$name, enter_$name, after_$name}");
	}
	return $source . "#define CONTEXT \"$context->{name}\"\n" .
		"#define CELLS " . join(", \\\n\t", @cells) .
		"\n#include \"frame.h\"\n";
}

1;
