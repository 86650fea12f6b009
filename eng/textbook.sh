#!/usr/bin/env sh
# How many of 20 candidates are the textbook structure, and the rank of its crystal: the tables of docs/experiments.md.
# Of the generator alone: most of these crystals are in the library of known structure types.
# SOURCES=both eng/textbook.sh tells the rank of what predict does by itself.
# CRYSTALS=samples/held-out eng/textbook.sh takes thirty whose formulas generators, predictor, library and ranker never learned from
# (nineteen are in MP-20's validation split, by which settings were chosen, and thirteen among the superconductors of kagome-tc).
# Arguments go to `kagome predict`, such as --steps 250 or --model PATH.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
sources=${SOURCES:-generated}
crystals=${CRYSTALS:-$root/samples/textbook}
candidates() { echo "$out/$1"/*/candidates.extxyz; } # the folder in it is named like the formula, in the program's order of elements
count() { "$root/kagome" match "$(candidates "$1")" "$crystals/$1.cif" --tolerances "$2" | tail -n 1 | cut -d' ' -f1-3; }
# among the crystals, of which the folder holds a file each
rank() { for file in "$out/$1"/*/*[0-9].cif; do "$root/kagome" match "$file" "$crystals/$1.cif" --tolerances default | head -n 1; done | grep -n ': match' | head -n 1 | cut -d: -f1; }

echo "| formula | csp tolerances | default tolerances | rank of the crystal (default) |"
echo "|---|---|---|---|"
for file in "$crystals"/*.cif; do
    formula=$(basename "$file" .cif)
    "$root/kagome" predict "$formula" --candidates "$sources" --out "$out/$formula" "$@" >/dev/null 2>&1
    place=$(rank "$formula" || true)
    echo "| $formula | $(count "$formula" csp) | $(count "$formula" default) | $place |"
    echo "$place" >>"$out/ranks"
done
echo
echo "Found $(grep -c . "$out/ranks" || true) of $(wc -l <"$out/ranks"), first $(grep -cx 1 "$out/ranks" || true)."
