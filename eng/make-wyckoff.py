#!/usr/bin/env python3
"""Makes src/Kagome.Crystals/Symmetry/wyckoff-positions.tsv of spglib's database/Wyckoff.csv.

Usage: eng/make-wyckoff.py Wyckoff.csv > src/Kagome.Crystals/Symmetry/wyckoff-positions.tsv

Of the 530 settings there, the one that is usual of each group stays: the first of its number in space-groups.tsv, which has the settings in
spglib's order. Of each position the first site stays; the operations of the group make the others.
"""
import os
import sys

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "Kagome.Crystals", "Symmetry")
with open(os.path.join(folder, "space-groups.tsv"), encoding="utf-8") as table:
    numbers = [int(row.split("\t")[0]) for row in table.readlines()[1:]][:530]
usual = {}
for hall, number in enumerate(numbers, start=1):
    usual.setdefault(number, hall)
wanted = {hall: number for number, hall in usual.items()}

print("number\tletter\tmultiplicity\tsite symmetry\tcoordinates")
number = None
for line in open(sys.argv[1], encoding="utf-8"):
    columns = line.rstrip("\n").split(":")
    if columns[0] == "end of data":
        break
    if columns[0]:
        number = wanted.get(int(columns[0]))
    elif columns[2] and number is not None:
        multiplicity, letter, site_symmetry, first = columns[2:6]
        print(number, letter, multiplicity, site_symmetry, first.strip("()").replace("2x", "x+x"), sep="\t")
