"""Reads symmetrised CIFs with pymatgen and ASE and compares them with the P1 files beside them.

usage: symmetrised.py FILE_sym.cif...   (FILE.cif holds all atoms)
Prints a JSON object: {path: {"pymatgen": [atoms, rms], "ase": [atoms, rms], "number": space group that spglib finds in FILE.cif}}.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import ase.io
import spglib
from pymatgen.analysis.structure_matcher import StructureMatcher
from pymatgen.core import Structure
from pymatgen.io.ase import AseAtomsAdaptor
from pymatgen.io.cif import CifParser

matcher = StructureMatcher(primitive_cell=True, scale=False)
answer = {}
for path in sys.argv[1:]:
    plain = Structure.from_file(path.replace("_sym.cif", ".cif"))
    by_pymatgen = CifParser(path).get_structures(primitive=False)[0]
    by_ase = AseAtomsAdaptor.get_structure(ase.io.read(path))
    cell = (plain.lattice.matrix, plain.frac_coords, [site.specie.Z for site in plain])
    answer[path] = {
        "pymatgen": [len(by_pymatgen), matcher.get_rms_dist(plain, by_pymatgen)[0]],
        "ase": [len(by_ase), matcher.get_rms_dist(plain, by_ase)[0]],
        "number": spglib.get_symmetry_dataset(cell, symprec=0.1)["number"],
    }
json.dump(answer, sys.stdout)
