#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run.t - every fixture of this directory; or those named on the command line

use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Fixture;

Fixture::main(@ARGV ? @ARGV : sort glob("$FindBin::Bin/*.c"));
