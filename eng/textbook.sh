#!/usr/bin/env sh
# How many of 20 candidates are the textbook structure, and the rank of its crystal: the table of docs/experiments.md.
# Of the generator alone: most of these crystals are in the library of known structure types.
# SOURCES=both eng/textbook.sh tells the rank of what predict does by itself.
# Arguments go to `kagome predict`, such as --steps 250 or --model PATH.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
sources=${SOURCES:-generated}
candidates() { echo "$out/$1"/*/candidates.extxyz; } # the folder in it is named like the formula, in the program's order of elements
count() { "$root/kagome" match "$(candidates "$1")" "$root/samples/textbook/$1.cif" --tolerances "$2" | tail -n 1 | cut -d' ' -f1-3; }
# among the crystals, of which the folder holds a file each
rank() { for file in "$out/$1"/*/*[0-9].cif; do "$root/kagome" match "$file" "$root/samples/textbook/$1.cif" --tolerances default | head -n 1; done | grep -n ': match' | head -n 1 | cut -d: -f1; }

echo "| formula | csp tolerances | default tolerances | rank of the crystal (default) |"
echo "|---|---|---|---|"
for formula in NaCl CsCl Si Cu MgO GaAs SrTiO3 ZnS CaF2 TiO2 PbTe NiAl; do
    "$root/kagome" predict "$formula" --candidates "$sources" --out "$out/$formula" "$@" >/dev/null 2>&1
    echo "| $formula | $(count "$formula" csp) | $(count "$formula" default) | $(rank "$formula" || true) |"
done
