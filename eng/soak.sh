#!/usr/bin/env sh
# Predicts, relaxes and evaluates in one process, over and over, and writes down its memory each minute; fails where that grows.
#   eng/soak.sh          an hour
#   eng/soak.sh 20       20 minutes
# The table is TestResults/soak.md.
set -eu
cd "$(dirname "$0")/.."
dotnet build tests/Kagome.Evaluation.Tests -c Release -v quiet --nologo
export KAGOME_SOAK_MINUTES="${1:-60}"
status=0
tests/Kagome.Evaluation.Tests/bin/Release/net10.0/Kagome.Evaluation.Tests -explicit only -class Kagome.Evaluation.Tests.SoakTests || status=$?
cat TestResults/soak.md
exit $status
