#!/usr/bin/env sh
# Damaged files through the readers, each of which has to give valid crystals or say why not.
#   eng/fuzz.sh                      10,000 inputs for each reader
#   eng/fuzz.sh cif 1000000 7        a million for one of them, seed 7
#   eng/fuzz.sh cif 1 7 123456       input 123,456 of that seed again
# KAGOME_FUZZ_SEEDS names a folder of more files to damage. Progress goes to TestResults/fuzzing.tsv.
set -eu
cd "$(dirname "$0")/.."
mkdir -p TestResults
dotnet build tests/Kagome.Fuzzing.Tests -c Release -v quiet --nologo
export KAGOME_FUZZ_READER="${1:-all}" KAGOME_FUZZ_INPUTS="${2:-10000}" KAGOME_FUZZ_SEED="${3:-1}" KAGOME_FUZZ_FIRST="${4:-0}"
exec tests/Kagome.Fuzzing.Tests/bin/Release/net10.0/Kagome.Fuzzing.Tests
