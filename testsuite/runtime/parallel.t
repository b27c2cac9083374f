#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# parallel.t - tests that run at once come out one kernel after the other

use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Runtime qw(ok);

my $program = <<'EOT';
use Runtime qw(ok tap_in_parallel);
tap_in_parallel(sub {
	ok(1, "$_[0] begins");
	die "crash\n" if $_[0] eq "b";
	ok(0, "$_[0] ends", "a note");
}, qw(a b c));
EOT
my $command = qq(perl -I "$FindBin::Bin/../lib" -e '$program');
my $tap = qx($command 2>/dev/null);
my $said = qx($command 2>&1 >/dev/null);

print "1..2\n";
ok($tap eq "ok 1 - a begins\nnot ok 2 - a ends\n# a note\n" .
	"ok 3 - b begins\nok 4 - c begins\nnot ok 5 - c ends\n# a note\n",
	'in order, numbered anew', $tap);
ok($said =~ /^crash$/m, 'what has died is heard of', $said);
