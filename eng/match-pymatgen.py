#!/usr/bin/python3
"""Compares `kagome match` with pymatgen's StructureMatcher: verdicts, RMS and time per pair, one core each, in one run.

usage: match-pymatgen.py make COUNT OUT.jsonl DATA.jsonl.gz...   new pairs from data sets, with pymatgen's verdicts
       match-pymatgen.py run PAIRS.jsonl[.gz] [COUNT]            both programs on the same pairs

Pairs are perturbed copies, other descriptions of one crystal (unimodular and supercells), other crystals of one formula, and random
structures of one composition, as a poor generator makes them. Needs python3-pymatgen; taskset keeps each program on one core.
"""

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import warnings

warnings.simplefilter("ignore")

import numpy as np
from pymatgen.analysis.structure_matcher import StructureMatcher
from pymatgen.core import Lattice, Structure

SETTINGS = {
    "csp": StructureMatcher(stol=0.5, ltol=0.3, angle_tol=10),
    "default": StructureMatcher(stol=0.3, ltol=0.2, angle_tol=5),
}
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = ["dotnet", os.path.join(ROOT, "src/Kagome.Cli/bin/Release/net10.0/kagome.dll")]
RMS_TOLERANCE = 1e-4
KINDS = ["perturbed", "redescribed", "supercell", "same-formula", "random", "sloppy"]


def lines_of(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
        yield from (line for line in file if line.strip())


def structure_of(crystal):
    return Structure(Lattice.from_parameters(*crystal["cell"]), crystal["z"], crystal["frac"])


def crystal_of(structure):
    lattice = structure.lattice
    return {
        "cell": [round(x, 8) for x in (*lattice.abc, *lattice.angles)],
        "z": [site.specie.Z for site in structure],
        "frac": [[round(x, 8) for x in position] for position in structure.frac_coords.tolist()],
    }


def formula_of(crystal):
    return structure_of(crystal).composition.reduced_formula


def perturb(structure, rng, shift, strain):
    matrix = structure.lattice.matrix @ (np.eye(3) + rng.normal(scale=strain, size=(3, 3)))
    moved = structure.lattice.get_cartesian_coords(structure.frac_coords) + rng.normal(scale=shift, size=(len(structure), 3))
    return Structure(Lattice(matrix), structure.species, structure.lattice.get_fractional_coords(moved))


def redescribe(structure, rng, size=1):
    matrix = np.eye(3, dtype=int)
    for _ in range(3):
        i, j = rng.choice(3, 2, replace=False)
        matrix[i] += rng.integers(-1, 2) * matrix[j]
    other = structure.copy()
    matrix[rng.integers(3)] *= size
    other.make_supercell(matrix)
    order = rng.permutation(len(other))
    frac = other.frac_coords + rng.random(3)
    return Structure(other.lattice, [other.species[i] for i in order], frac[order])


def random_like(structure, rng):
    while True:
        lattice = Lattice.from_parameters(*rng.uniform(2.5, 12, 3), *rng.uniform(55, 125, 3))
        if np.isfinite(lattice.volume) and lattice.volume > 50:
            break
    return Structure(lattice.scale(structure.volume), structure.species, rng.random((len(structure), 3)))


def second_of(kind, crystals, by_formula, crystal, rng):
    first = structure_of(crystal)
    if kind == "perturbed":
        return redescribe(perturb(first, rng, rng.choice([0.03, 0.1, 0.2, 0.4]), rng.choice([0.01, 0.03, 0.08])), rng)
    if kind == "redescribed":
        return redescribe(first, rng)
    if kind == "supercell":
        return redescribe(perturb(first, rng, 0.02, 0.005), rng, int(rng.integers(2, 4)))
    if kind == "random":
        return random_like(first, rng)
    if kind == "sloppy":
        return perturb(Structure(first.lattice, first.species, rng.random((len(first), 3))), rng, 0, 0.02)
    others = [other for other in by_formula[formula_of(crystal)] if other is not crystal]
    return structure_of(others[rng.integers(len(others))]) if others else None


def rms_of(first, second):
    start = time.perf_counter()
    found = {name: matcher.get_rms_dist(first, second) for name, matcher in SETTINGS.items()}
    seconds = time.perf_counter() - start
    return {name: None if rms is None else [float(x) for x in rms] for name, rms in found.items()}, seconds


def make(count, target, sources):
    rng = np.random.default_rng(4)
    crystals = []
    for source in sources:
        lines = list(lines_of(source))
        random.Random(4).shuffle(lines)
        crystals += [json.loads(line) for line in lines[:1500]]
    by_formula = {}
    for crystal in crystals:
        by_formula.setdefault(formula_of(crystal), []).append(crystal)
    with open(target, "w") as out:
        written = 0
        while written < count:
            kind = KINDS[written % len(KINDS)]
            crystal = crystals[rng.integers(len(crystals))]
            second = second_of(kind, crystals, by_formula, crystal, rng)
            if second is None or len(second) > 120:
                continue
            pair = {"kind": kind, "a": {name: crystal[name] for name in ("cell", "z", "frac")}, "b": crystal_of(second)}
            pair["rms"], pair["seconds"] = rms_of(structure_of(pair["a"]), structure_of(pair["b"]))
            out.write(json.dumps(pair) + "\n")
            out.flush()
            written += 1


def run(source, count):
    pairs = [line for line, _ in zip(lines_of(source), range(count))]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(pairs)
        file.flush()
        start = time.perf_counter()
        answer = subprocess.run(
            ["taskset", "-c", "0", *PROGRAM, "match", "--pairs", file.name, "--json"], stdout=subprocess.PIPE, check=True
        )
        whole = time.perf_counter() - start
    ours = [json.loads(line) for line in answer.stdout.splitlines()]
    theirs = [rms_of(*(structure_of(json.loads(line)[name]) for name in "ab")) for line in pairs]
    for name in SETTINGS:
        differences = [
            (at + 1, json.loads(pairs[at])["kind"], mine["rms"][name], rms[name])
            for at, (mine, (rms, _)) in enumerate(zip(ours, theirs))
            if (mine["rms"][name] is None) != (rms[name] is None)
            or (rms[name] is not None and abs(mine["rms"][name][0] - rms[name][0]) > RMS_TOLERANCE)
        ]
        print(f"{name}: {len(pairs) - len(differences)} of {len(pairs)} agree")
        for difference in differences:
            print("  line {}, {}: kagome {}, pymatgen {}".format(*difference))
    own = sum(mine["seconds"] for mine in ours)
    pymatgen = sum(seconds for _, seconds in theirs)
    print(f"pymatgen {1000 * pymatgen / len(pairs):.3f} ms a pair, kagome {1000 * own / len(pairs):.3f}: {pymatgen / own:.0f} times as fast")
    print(f"with start, reading and writing: {1000 * whole / len(pairs):.3f} ms a pair, {pymatgen / whole:.0f} times as fast")


if len(sys.argv) > 4 and sys.argv[1] == "make":
    make(int(sys.argv[2]), sys.argv[3], sys.argv[4:])
elif len(sys.argv) > 2 and sys.argv[1] == "run":
    os.sched_setaffinity(0, {0})
    run(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 10**9)
else:
    sys.exit(__doc__)
