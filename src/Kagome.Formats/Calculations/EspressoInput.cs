using System.Globalization;
using System.Text;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.Calculations;

/// <summary>pw.in of Quantum ESPRESSO 6 and 7.</summary>
/// <remarks>Source: its INPUT_PW. Smearing is Marzari and Vanderbilt's, 0.015 Ry, which suits metals and leaves insulators alone.</remarks>
internal static class EspressoInput
{
    private const double ElectronvoltsPerRydberg = 13.605693122994;
    private const double UsualCutoff = 60; // Ry, where pseudopotentials say nothing

    /// <exception cref="InputException">A pseudopotential is missing in the folder that was named.</exception>
    public static CalculationFiles Of(CrystalRecord crystal, CalculationSettings settings)
    {
        Structure structure = crystal.Structure;
        KPointGrid grid = KPointGrid.Of(structure.Lattice, settings.KPointDensity);
        UpfFolder folder = UpfFolder.For(settings.Pseudopotentials);
        Element[] elements = [.. structure.Composition.Counts.Select(pair => pair.Key)];
        Dictionary<Element, UpfFile?> potentials = elements.ToDictionary(element => element, folder.Find);
        UpfFile[] found = [.. potentials.Values.OfType<UpfFile>()];
        double cutoff = settings.Cutoff is { } asked
            ? asked / ElectronvoltsPerRydberg
            : found.Select(file => file.Cutoff ?? UsualCutoff).DefaultIfEmpty(UsualCutoff).Max();
        double ratio = found.Length == elements.Length && found.All(file => file.IsNormConserving) ? 4 : 8;
        double density = Math.Max(
            ratio * cutoff,
            settings.Cutoff is null ? found.Max(file => file.DensityCutoff) ?? 0 : 0
        );
        List<string> remarks = [];
        Element[] missing = [.. elements.Where(element => potentials[element] is null)];
        if (missing.Length > 0)
        {
            remarks.Add(
                $"no pseudopotential for {string.Join(", ", missing)} was found; put {string.Join(", ", missing.Select(element => $"{element}.upf"))} beside pw.in, such as those of SSSP (https://www.materialscloud.org/sssp), and see to the cut-offs."
            );
        }

        UpfFile[] others = [.. found.Where(file => !file.IsPbe)];
        if (others.Length > 0)
        {
            remarks.Add(
                $"{string.Join(", ", others.Select(file => Path.GetFileName(file.Path)))}: not made for PBE, which is computed (input_dft); take others where energies matter."
            );
        }

        string text = Text(crystal, settings, potentials, grid, cutoff, density);
        return new CalculationFiles(
            new Dictionary<string, string> { ["pw.in"] = text },
            found.ToDictionary(file => Path.GetFileName(file.Path), file => file.Path),
            grid,
            cutoff * ElectronvoltsPerRydberg,
            remarks
        );
    }

    private static string Text(
        CrystalRecord crystal,
        CalculationSettings settings,
        Dictionary<Element, UpfFile?> potentials,
        KPointGrid grid,
        double cutoff,
        double densityCutoff
    )
    {
        Structure structure = crystal.Structure;
        IReadOnlyDictionary<Element, double>? moments = InitialMoments.Of(structure, settings);
        StringBuilder text = new();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"! {InputText.OneLine(crystal.Id)}: mpirun -n 4 pw.x -in pw.in > pw.out");
        Line($"&CONTROL");
        Line($"  calculation = '{(settings.Relaxes ? "vc-relax" : "scf")}'");
        Line($"  prefix = 'crystal', outdir = './tmp', pseudo_dir = '.'");
        Line($"  tprnfor = .true., tstress = .true., nstep = 100");
        Line($"  etot_conv_thr = {1e-5 * structure.AtomCount:0.0e+0}, forc_conv_thr = 1.0e-3");
        Line($"/");
        Line($"&SYSTEM");
        Line($"  ibrav = 0, nat = {structure.AtomCount}, ntyp = {potentials.Count}");
        Line($"  ecutwfc = {cutoff:0.###}, ecutrho = {densityCutoff:0.###}");
        Line($"  input_dft = 'PBE'");
        Line($"  occupations = 'smearing', smearing = 'mv', degauss = 0.015");
        if (moments is not null)
        {
            Line($"  nspin = 2");
            foreach ((Element element, int type) in potentials.Keys.Select((element, type) => (element, type + 1)))
            {
                Line($"  starting_magnetization({type}) = {(moments[element] > 1 ? 0.5 : 0.05)}");
            }
        }

        Line($"/");
        Line($"&ELECTRONS");
        Line($"  conv_thr = {1e-9 * structure.AtomCount:0.0e+0}, mixing_beta = 0.4");
        Line($"/");
        if (settings.Relaxes)
        {
            Line($"&IONS");
            Line($"/");
            Line($"&CELL");
            Line($"  press_conv_thr = 0.5");
            Line($"/");
        }

        Line($"ATOMIC_SPECIES");
        foreach ((Element element, UpfFile? file) in potentials)
        {
            string name = file is null ? $"{element}.upf" : Path.GetFileName(file.Path);
            Line($"  {element} {element.Data.AtomicMass:0.####} {name}");
        }

        Line($"K_POINTS automatic");
        Line($"  {grid.A} {grid.B} {grid.C} 0 0 0");
        Line($"CELL_PARAMETERS angstrom");
        Lattice lattice = structure.Lattice;
        foreach (Cartesian vector in new[] { lattice.A, lattice.B, lattice.C })
        {
            Line($"  {vector.X, 18:F12} {vector.Y, 18:F12} {vector.Z, 18:F12}");
        }

        Line($"ATOMIC_POSITIONS crystal");
        foreach ((Element element, Fractional position) in structure.Sites)
        {
            Line($"  {element, -2} {position.X, 18:F14} {position.Y, 18:F14} {position.Z, 18:F14}");
        }

        return text.ToString();
    }
}
