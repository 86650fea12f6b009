"""Reads crystals with pymatgen and ASE, and prints what they hold as one JSON object: {path: {reader: crystal}}.

usage: read_structures.py compositions|structures path...
A crystal is {"cell": [a, b, c, alpha, beta, gamma], "species": [...], "frac": [[x, y, z], ...]}, or {"error": "..."}.
With "compositions", pymatgen alone reads, and gives {"counts": {"Na": 4, ...}, "volume": 179.4}.
"""

import json
import os
import sys
import warnings

warnings.simplefilter("ignore")

import ase.io
from pymatgen.core import Structure
from pymatgen.io.cif import CifParser

ASE_FORMATS = {"a.cif": "cif", "POSCAR": "vasp", "a.extxyz": "extxyz"}


def with_pymatgen(path):
    if path.endswith("xyz"):
        return None  # pymatgen reads molecules only
    crystal = Structure.from_file(path)
    return {
        "cell": [*crystal.lattice.abc, *crystal.lattice.angles],
        "species": [site.specie.symbol for site in crystal],
        "frac": crystal.frac_coords.tolist(),
    }


def with_ase(path):
    name = ASE_FORMATS.get(os.path.basename(path))
    if name is None:
        return None
    crystal = ase.io.read(path, format=name)
    return {
        "cell": crystal.cell.cellpar().tolist(),
        "species": crystal.get_chemical_symbols(),
        "frac": crystal.get_scaled_positions(wrap=False).tolist(),
    }


def composition(path):
    # the default tolerance, 1e-4, counts atoms on special positions of 18 zeolites twice: O76 Si36 instead of O72 Si36
    crystal = CifParser(path, site_tolerance=2e-3).get_structures(primitive=False)[0]
    return {"counts": crystal.composition.get_el_amt_dict(), "volume": crystal.volume}


def attempt(read, path):
    try:
        return read(path)
    except Exception as error:  # what a reader refuses is part of the answer
        return {"error": str(error)}


readers = [with_pymatgen, with_ase] if sys.argv[1] == "structures" else [composition]
answer = {}
for path in sys.argv[2:]:
    found = {read.__name__: attempt(read, path) for read in readers}
    answer[path] = {name: crystal for name, crystal in found.items() if crystal is not None}
json.dump(answer, sys.stdout)
