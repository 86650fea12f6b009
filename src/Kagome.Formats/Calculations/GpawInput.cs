using System.Globalization;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Calculations;

/// <summary>A script for GPAW and ASE that goes on where it was when it is run again.</summary>
/// <remarks>Both of Debian's versions (GPAW 22.8, ASE 3.22) and newer ones run it. 300 eV, which is enough for energies, shrinks cells by 10 %: 500 eV at least.</remarks>
internal static class GpawInput
{
    private const double UsualCutoff = 500; // eV

    /// <summary>Elements of Debian's gpaw-data (setups of 2016) that PBE has setups of.</summary>
    private static readonly HashSet<string> WithSetups =
    [
        .. "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo".Split(
            ' '
        ),
        .. "Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Rn".Split(' '),
    ];

    public static CalculationFiles Of(CrystalRecord crystal, CalculationSettings settings)
    {
        KPointGrid grid = KPointGrid.Of(crystal.Structure.Lattice, settings.KPointDensity);
        double cutoff = settings.Cutoff ?? UsualCutoff;
        IReadOnlyDictionary<Element, double>? moments = InitialMoments.Of(crystal.Structure, settings);
        string magnetic = moments is null
            ? "None"
            : $"{{{string.Join(", ", moments.Select(pair => string.Create(CultureInfo.InvariantCulture, $"'{pair.Key}': {pair.Value}")))}}}";
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            # {{InputText.OneLine(crystal.Id)}}: mpirun -n 4 python3 run.py
            # PBE with plane waves; {{(
                settings.Relaxes ? "cell and atoms are relaxed" : "energy, forces and stress as it is"
            )}}. Run again, it goes on where it was.
            import json
            import os

            from ase.io import read, write
            from ase.io.trajectory import Trajectory
            from ase.optimize import BFGS
            from ase.parallel import paropen
            from gpaw import GPAW, PW, FermiDirac

            try:
                from ase.filters import FrechetCellFilter as CellFilter
            except ImportError:  # ASE before 3.23
                from ase.constraints import UnitCellFilter as CellFilter

            CUTOFF = {{cutoff}}  # eV; below 500 cells come out too small
            K_POINTS = ({{grid.A}}, {{grid.B}}, {{grid.C}})
            MOMENTS = {{magnetic}}  # Bohr magnetons to begin with; None without spin
            SETUPS = {}  # such as {'V': '5'} where Debian's gpaw-data has no default
            RELAXES = {{(settings.Relaxes ? "True" : "False")}}

            trajectory = 'relax.traj'
            begun = RELAXES and os.path.exists(trajectory) and os.path.getsize(trajectory) > 0
            atoms = read(trajectory if begun else 'structure.xyz')
            if MOMENTS:
                atoms.set_initial_magnetic_moments([MOMENTS[symbol] for symbol in atoms.get_chemical_symbols()])
            atoms.calc = GPAW(
                mode=PW(CUTOFF),
                xc='PBE',
                kpts={'size': K_POINTS, 'gamma': True},
                occupations=FermiDirac(0.1),
                setups=SETUPS,
                symmetry={'tolerance': 1e-3},
                convergence={'energy': 1e-5},
                txt='gpaw.txt',
            )
            converged = True
            if RELAXES:
                with Trajectory(trajectory, 'a' if begun else 'w', atoms) as steps:
                    search = BFGS(CellFilter(atoms), logfile='relax.log', maxstep=0.1)
                    search.attach(steps.write)
                    converged = bool(search.run(fmax=0.03, steps=100))
            energy = atoms.get_potential_energy()
            write('result.xyz', atoms, format='extxyz')
            with paropen('result.json', 'w') as file:
                json.dump({'energy': energy, 'energy_per_atom': energy / len(atoms), 'converged': converged}, file)

            """
        );
        using StringWriter structure = new() { NewLine = "\n" };
        ((ITextFormat)StructureFormats.ByName("extxyz")).Write(
            structure,
            [new CrystalRecord(crystal.Id, crystal.Structure)]
        );
        return new CalculationFiles(
            new Dictionary<string, string>
            {
                ["run.py"] = text.ReplaceLineEndings("\n"),
                ["structure.xyz"] = structure.ToString(),
            },
            new Dictionary<string, string>(),
            grid,
            cutoff,
            [.. Remarks(crystal.Structure, settings)]
        );
    }

    private static IEnumerable<string> Remarks(Structure structure, CalculationSettings settings)
    {
        if (settings.Pseudopotentials is not null)
        {
            yield return "GPAW finds its setups by GPAW_SETUP_PATH; the folder that was named is not used.";
        }

        string[] without =
        [
            .. structure
                .Composition.Counts.Keys.Select(element => element.Symbol)
                .Where(name => !WithSetups.Contains(name)),
        ];
        if (without.Length > 0)
        {
            yield return $"Debian's gpaw-data has no setup of {string.Join(", ", without)} for PBE: run.py stops there unless GPAW_SETUP_PATH leads to newer ones.";
        }
    }
}
