#!/usr/bin/env python3
"""Makes recipes/prototypes.jsonl.gz, a small data set for trying out training without data of one's own.

usage: make-prototypes.py recipes/prototypes.jsonl.gz

Textbook structure types filled with elements, with lattice constants from rounded ionic radii: about right, and measured nowhere. The
label e_hull is made up too: 0 to 0.05 for the types as they are, more the further they are distorted. Nothing can be learned from it
about nature; it only shows that a pipeline runs. Same numbers on every run.
"""

import gzip
import json
import math
import random
import sys

CATIONS = {1: {"Li": 0.76, "Na": 1.02, "K": 1.38, "Rb": 1.52, "Cs": 1.67, "Ag": 1.15},
           2: {"Mg": 0.72, "Ca": 1.00, "Sr": 1.18, "Ba": 1.35, "Zn": 0.74, "Cd": 0.95},
           4: {"Ti": 0.61, "Zr": 0.72, "Hf": 0.71, "Sn": 0.69, "Ce": 0.87, "Ge": 0.53}}
ANIONS = {1: {"F": 1.33, "Cl": 1.81, "Br": 1.96, "I": 2.20}, 2: {"O": 1.40, "S": 1.84, "Se": 1.98, "Te": 2.21}}
NUMBERS = {"Li": 3, "O": 8, "F": 9, "Na": 11, "Mg": 12, "S": 16, "Cl": 17, "K": 19, "Ca": 20, "Ti": 22, "Zn": 30, "Ge": 32, "Se": 34,
           "Br": 35, "Rb": 37, "Sr": 38, "Zr": 40, "Ag": 47, "Cd": 48, "Sn": 50, "Te": 52, "I": 53, "Cs": 55, "Ba": 56, "Ce": 58, "Hf": 72}


def rock_salt(cation, anion, distance):
    return [cation, anion], math.sqrt(2) * distance, 60, [(0, 0, 0), (0.5, 0.5, 0.5)]


def caesium_chloride(cation, anion, distance):
    return [cation, anion], 2 / math.sqrt(3) * distance, 90, [(0, 0, 0), (0.5, 0.5, 0.5)]


def zinc_blende(cation, anion, distance):
    return [cation, anion], 4 / math.sqrt(6) * distance, 60, [(0, 0, 0), (0.25, 0.25, 0.25)]


def fluorite(cation, anion, distance):
    return [cation, anion, anion], 4 / math.sqrt(6) * distance, 60, [(0, 0, 0), (0.25, 0.25, 0.25), (0.75, 0.75, 0.75)]


def perovskite(large, small, anion, distance):
    sites = [(0, 0, 0), (0.5, 0.5, 0.5), (0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)]
    return [large, small, anion, anion, anion], 2 * distance, 90, sites


def ideal_crystals():
    for charge in (1, 2):
        for cation, plus in CATIONS[charge].items():
            for anion, minus in ANIONS[charge].items():
                for build in (rock_salt, caesium_chloride, zinc_blende):
                    yield build.__name__, build(cation, anion, plus + minus)
    for charge, anions in ((2, ANIONS[1]), (4, ANIONS[2])):
        for cation, plus in CATIONS[charge].items():
            for anion, minus in anions.items():
                yield "fluorite", fluorite(cation, anion, plus + minus)
    for small, plus in CATIONS[4].items():
        for large in CATIONS[2]:
            for anion, minus in ANIONS[2].items():
                yield "perovskite", perovskite(large, small, anion, plus + minus)


def record(kind, crystal, draw, width):
    elements, edge, angle, sites = crystal
    strain = [1 + draw.gauss(0, width) for _ in range(3)]
    return {
        "id": f"{kind}-{'-'.join(dict.fromkeys(elements))}-{'ideal' if width == 0 else 'distorted'}",
        "cell": [round(edge * factor, 4) for factor in strain] + [angle] * 3,
        "z": [NUMBERS[element] for element in elements],
        "frac": [[round((x + draw.gauss(0, width)) % 1, 4) % 1 for x in site] for site in sites],
        "e_hull": round(draw.uniform(0, 0.05) + 8 * width, 4),
    }


def main(path):
    draw = random.Random(1)
    with open(path, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as lines:
        for kind, crystal in ideal_crystals():
            for width in (0.0, draw.choice([0.01, 0.02, 0.04, 0.08])):
                lines.write((json.dumps(record(kind, crystal, draw, width)) + "\n").encode())


main(sys.argv[1])
