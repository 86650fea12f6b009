#!/usr/bin/env sh
# The three superconductors that DAO's paper predicts from their formulas (samples/superconductors, in no data that any model learned from): whether the
# crystal is among the candidates, at which rank, how far off, its critical temperature, and how long that took. docs/results/README.md has the table.
# CRYSTALS=FOLDER takes other crystals, a CIF named like its formula each. Arguments go to `kagome predict`, such as --samples 60 or --seed 2.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
crystals=${CRYSTALS:-$root/samples/superconductors}
# a line for each candidate, the best first; none for those whose atoms lie in one place, which come last
verdicts() { for candidate in "$out/$1"/*/*[0-9].cif; do "$root/kagome" match "$candidate" "$crystals/$1.cif" --tolerances default 2>/dev/null | head -n 1; done; }
# id, cell, space group, energy, tc, range: of a file
tc() { "$root/kagome" tc "$1" 2>/dev/null | awk -F '\t' 'NR == 2 { print $5 " (" $6 ")" }'; }

echo "| formula | candidates | rank of the crystal | RMSE | space group there | tc of the first, K (80 % range) | tc of the crystal | seconds |"
echo "|---|---|---|---|---|---|---|---|"
for file in "$crystals"/*.cif; do
    formula=$(basename "$file" .cif)
    start=$(date +%s)
    "$root/kagome" predict "$formula" --out "$out/$formula" "$@" >"$out/$formula.txt" 2>/dev/null
    seconds=$(($(date +%s) - start))
    verdicts "$formula" >"$out/$formula.verdicts"
    rank=$(grep -n ': match' "$out/$formula.verdicts" | head -n 1 | cut -d: -f1)
    rmse=$(grep ': match' "$out/$formula.verdicts" | head -n 1 | sed 's/.*RMS \([0-9.]*\).*/\1/')
    group=""
    if [ -n "$rank" ]; then
        found=$(ls "$out/$formula"/*/*[0-9].cif | sed -n "${rank}p")
        group=$("$root/kagome" info "$found" | awk -F '\t' '$1 == "space group" { print $2 }')
    fi
    first=$(ls "$out/$formula"/*/*[0-9].cif | head -n 1)
    echo "| $formula | $(wc -l <"$out/$formula.verdicts") | ${rank:-not found} | $rmse | $group | $(tc "$first") | $(tc "$file") | $seconds |"
done
