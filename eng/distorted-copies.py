#!/usr/bin/env python3
"""Makes a large data set by repeating others with small distortions: for measuring, not for training.

    eng/distorted-copies.py --count 1000000 --out million.jsonl.gz mp20-train.jsonl.gz mp-extra.jsonl.gz

Copies have ids of their own, lattice vectors longer or shorter by about 1 % and atoms displaced by about 0.03 Å; labels stay.
The same arguments give the same file. Needs Python 3 alone.
"""
import argparse
import gzip
import itertools
import json
import random

STRAIN = 0.01
DISPLACEMENT = 0.03  # Å


def distorted(line, copy, draw):
    crystal = json.loads(line)
    lengths = crystal["cell"][:3]
    crystal["id"] = f"{crystal['id']}-{copy}"
    crystal["cell"] = [round(length * (1 + draw(0, STRAIN)), 6) for length in lengths] + crystal["cell"][3:]
    crystal["frac"] = [
        [round(x + draw(0, DISPLACEMENT) / length, 6) for x, length in zip(position, lengths)]
        for position in crystal["frac"]
    ]
    return json.dumps(crystal, separators=(",", ":")) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", help="JSON lines, compressed with gzip")
    parser.add_argument("--count", type=int, default=1_000_000, help="lines to write")
    parser.add_argument("--out", required=True, help="file to write, .jsonl.gz")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    lines = [line for path in arguments.files for line in gzip.open(path, "rt", encoding="utf-8")]
    draw = random.Random(arguments.seed).gauss
    copies = ((line, copy) for copy in itertools.count() for line in lines)
    with gzip.open(arguments.out, "wt", compresslevel=1, encoding="utf-8") as out:
        for line, copy in itertools.islice(copies, arguments.count):
            out.write(distorted(line, copy, draw))


if __name__ == "__main__":
    main()
