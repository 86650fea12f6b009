"""What ASE and pymatgen make of inputs of calculations, as one JSON object.

usage: calculation_inputs.py pw.in INCAR KPOINTS run.py DENSITY
"crystal" is what ASE reads in pw.in; "grid" the k-points that ASE takes for it at a density, Gamma among them; "incar" and "kpoints" what pymatgen reads;
"potentials" which potentials its MPRelaxSet names; "calls" the functions that run.py calls, if Python can compile it.
"""

import ast
import json
import sys
import warnings

warnings.simplefilter("ignore")

import ase.io
import numpy
from monty.serialization import loadfn
from pymatgen.io.vasp import sets
from pymatgen.io.vasp.inputs import Incar, Kpoints

pw, incar, kpoints, script, density = sys.argv[1:]
crystal = ase.io.read(pw, format="espresso-in")
lengths = 2 * numpy.pi * numpy.sqrt((crystal.cell.reciprocal() ** 2).sum(1))
potentials = loadfn(sets.__file__.replace("sets.py", "MPRelaxSet.yaml"))["POTCAR"]
tree = ast.parse(open(script).read())
grid = Kpoints.from_file(kpoints)
json.dump(
    {
        "crystal": {
            "cell": crystal.cell.cellpar().tolist(),
            "species": crystal.get_chemical_symbols(),
            "frac": crystal.get_scaled_positions(wrap=False).tolist(),
        },
        "grid": [max(1, int(numpy.ceil(length * float(density) - 1e-6))) for length in lengths],
        "incar": {name: str(value) for name, value in Incar.from_file(incar).items()},
        "kpoints": list(grid.kpts[0]),
        "style": str(grid.style),
        "potentials": {name: value for name, value in potentials.items()},
        "names": sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}),
    },
    sys.stdout,
)
