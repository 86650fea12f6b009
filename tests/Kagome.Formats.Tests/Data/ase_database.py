"""Reads and writes databases of ASE, and prints what a database holds as a JSON list of rows.

usage: ase_database.py read x.db
       ase_database.py write x.db      rows of every kind that ASE writes
       ase_database.py copy x.db y.db  writes all rows anew, as ASE does
"""

import json
import sys
import warnings

import ase.db
import numpy as np
from ase import Atoms
from ase.calculators.singlepoint import SinglePointCalculator

warnings.simplefilter("error")  # such as that a key is a formula


def read(path):
    with ase.db.connect(path) as database:
        return [
            {
                "id": row.id,
                "unique_id": row.unique_id,
                "user": row.user,
                "ctime": row.ctime,
                "numbers": row.toatoms().numbers.tolist(),
                "positions": row.toatoms().positions.tolist(),
                "cell": row.toatoms().cell.tolist(),
                "pbc": row.toatoms().pbc.tolist(),
                "formula": row.formula,
                "volume": row.volume,
                "mass": row.mass,
                "keys": row.key_value_pairs,
                "data": row.data,
                "energy": row.get("energy"),
                "found": [
                    found.id for key, value in row.key_value_pairs.items() for found in database.select(row.symbols[0], **{key: value})
                ],
            }
            for row in database.select()
        ]


def write(path):
    salt = Atoms("NaCl", [[0, 0, 0], [2.8, 0, 0]], cell=[[0, 2.8, 2.8], [2.8, 0, 2.8], [2.8, 2.8, 0]], pbc=True)
    with ase.db.connect(path) as database:
        database.write(salt, name="salt", gap=5, hull=0.25, stable=True, note="not a NaN", group="B1", unknown=float("nan"))
        computed = salt.copy()
        computed.calc = SinglePointCalculator(computed, energy=-6.5, free_energy=-6.5, forces=np.zeros((2, 3)))
        database.write(computed, uid="computed", data={"dos": np.arange(5.0), "words": ["a"]})
        database.write(Atoms("H2O", [[0, 0, 0], [0, 0, 1], [0, 1, 0]]))  # a molecule
        database.write(Atoms("C", cell=[2, 2, 20], pbc=[True, True, False]))  # a layer
        database.write(Atoms("Po", cell=[3.35, 3.35, 3.35], pbc=True))  # without a name


def copy(source, target):
    with ase.db.connect(source) as rows, ase.db.connect(target) as database:
        for row in rows.select():
            database.write(row, key_value_pairs=row.key_value_pairs, data=row.data)


answer = {"read": read, "write": write, "copy": copy}[sys.argv[1]](*sys.argv[2:])
json.dump(answer, sys.stdout)
