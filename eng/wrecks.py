"""Whether a predictor tells crystals from relaxed wrecks: python3 eng/wrecks.py DATA [--model MODEL] [--crystals 200] [--iterations 20] [--split val]

A wreck has the cell and the atoms of a crystal, at random places: where there is room, no nearer to each other than two thirds of what a dense packing
has. Both are relaxed by the predictor; printed is the area under the ROC curve of the energies after that, over all pairs, and how often a crystal
lies below its own wreck.
"""

import argparse
import gzip
import itertools
import json
import math
import os
import random
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def lattice(cell):
    a, b, c, alpha, beta, gamma = cell
    alpha, beta, gamma = (math.radians(angle) for angle in (alpha, beta, gamma))
    cx, cy = c * math.cos(beta), c * (math.cos(alpha) - math.cos(beta) * math.cos(gamma)) / math.sin(gamma)
    return [
        [a, 0, 0],
        [b * math.cos(gamma), b * math.sin(gamma), 0],
        [cx, cy, math.sqrt(max(0, c * c - cx * cx - cy * cy))],
    ]


def volume(rows):
    (a, b, c), (d, e, f), (g, h, i) = rows
    return abs(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))


SHIFTS = list(itertools.product((-1, 0, 1), repeat=3))


def distance(rows, one, other):
    """To the nearest copy of an atom, in the cell and its 26 neighbours."""
    best = math.inf
    for shift in SHIFTS:
        d = [one[k] - other[k] + shift[k] for k in range(3)]
        best = min(best, sum(sum(d[k] * rows[k][axis] for k in range(3)) ** 2 for axis in range(3)))
    return math.sqrt(best)


def wreck(crystal, draw):
    """Atoms one after the other, each at a random place that is far enough from those before; nearer where there is none."""
    rows = lattice(crystal["cell"])
    least = 2 / 3 * (math.sqrt(2) * volume(rows) / crystal["n"]) ** (1 / 3)
    frac = []
    while len(frac) < crystal["n"]:
        for _ in range(50):
            place = [draw.random() for _ in range(3)]
            if all(distance(rows, place, other) >= least for other in frac):
                frac.append(place)
                break
        else:
            least *= 0.95
    return {**crystal, "frac": frac}


def relaxed(name, crystals, folder, options):
    path = os.path.join(folder, name + ".jsonl.gz")
    with gzip.open(path, "wt") as file:
        for crystal in crystals:
            file.write(json.dumps(crystal) + "\n")
    model = ["--model", options.model] if options.model else []
    subprocess.run(
        [os.path.join(ROOT, "kagome"), "relax", "--data", path, "--out", os.path.join(folder, name), "--iterations", str(options.iterations), *model],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with open(os.path.join(folder, name, "relaxation.json")) as file:
        return {crystal["id"]: crystal["energy_after"] for crystal in json.load(file)["crystals"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data")
    parser.add_argument("--model")
    parser.add_argument("--split")
    parser.add_argument("--crystals", type=int, default=200)
    parser.add_argument("--iterations", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with (gzip.open if options.data.endswith(".gz") else open)(options.data, "rt") as file:
        crystals = [json.loads(line) for line in file]
    crystals = [crystal for crystal in crystals if 2 < crystal["n"] <= 20 and options.split in (None, crystal.get("split"))]
    crystals = draw.sample(crystals, min(options.crystals, len(crystals)))
    with tempfile.TemporaryDirectory() as folder:
        true = relaxed("crystals", crystals, folder, options)
        false = relaxed("wrecks", [wreck(crystal, draw) for crystal in crystals], folder, options)
    pairs = [(true[key], false[key]) for key in true if true[key] is not None and false.get(key) is not None]
    below = sum((t < f) + 0.5 * (t == f) for t, _ in pairs for _, f in pairs) / len(pairs) ** 2
    own = sum((t < f) + 0.5 * (t == f) for t, f in pairs) / len(pairs)
    middle = sorted(f - t for t, f in pairs)[len(pairs) // 2]
    print(f"{len(pairs)} crystals and as many relaxed wrecks: area under the ROC curve {below:.3f}; below its own wreck {100 * own:.1f} %; wrecks higher by {middle:.3f} eV/atom (median)")


if __name__ == "__main__":
    main()
