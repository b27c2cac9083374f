#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run.t - every program here: a directory whose files are linked

use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Fixture;

Fixture::main(@ARGV ? @ARGV : sort grep { -d } glob("$FindBin::Bin/*"));
