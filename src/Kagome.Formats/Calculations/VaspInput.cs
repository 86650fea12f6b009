using System.Globalization;
using System.Text;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Formats.Poscar;

namespace Kagome.Formats.Calculations;

/// <summary>INCAR, KPOINTS, POSCAR and POTCAR.spec of VASP 5 and 6.</summary>
/// <remarks>
/// Potentials and cut-off are the Materials Project's, without its U (pymatgen's MPRelaxSet), so that energies compare with those of PBE. Smearing is Gaussian: tetrahedra,
/// which it takes, give metals no right forces.
/// </remarks>
internal static class VaspInput
{
    private const double UsualCutoff = 520; // eV

    /// <summary>What the potentials are called that have other electrons in the valence than the plain ones.</summary>
    private static readonly Dictionary<string, string> Endings = (
        from choice in new (string Ending, string Elements)[]
        {
            ("_sv", "Ba Be Ca Cs K Li Rb Sc Sr Y Zr"),
            ("_pv", "Cr Cu Fe Hf Mg Mn Mo Na Nb Ni Os Re Rh Ru Ta Tc Ti V W"),
            ("_d", "Ga Ge In Pb Sn Tl"),
            ("_3", "Dy Er Ho Lu Nd Pm Pr Sm Tb Tm"),
            ("_2", "Yb"),
        }
        from element in choice.Elements.Split(' ')
        select (element, choice.Ending)
    ).ToDictionary(pair => pair.element, pair => pair.Ending);

    /// <exception cref="InputException">A part of POTCAR is missing in the folder that was named, or is that of another potential.</exception>
    public static CalculationFiles Of(CrystalRecord crystal, CalculationSettings settings)
    {
        KPointGrid grid = KPointGrid.Of(crystal.Structure.Lattice, settings.KPointDensity);
        double cutoff = settings.Cutoff ?? UsualCutoff;
        IGrouping<Element, Site>[] groups = [.. crystal.Structure.Sites.GroupBy(site => site.Element)]; // as POSCAR has them
        string[] potentials = [.. groups.Select(group => Potential(group.Key))];
        using StringWriter poscar = new() { NewLine = "\n" };
        PoscarWriter.Write(poscar, crystal);
        Dictionary<string, string> texts = new()
        {
            ["POSCAR"] = poscar.ToString(),
            ["INCAR"] = Incar(crystal, settings, groups, cutoff),
            ["KPOINTS"] = $"Gamma-centred grid\n0\nGamma\n{grid}\n0 0 0\n",
            ["POTCAR.spec"] = string.Concat(potentials.Select(potential => $"{potential}\n")),
        };
        List<string> remarks = [];
        if (settings.Pseudopotentials is { } folder)
        {
            texts["POTCAR"] = string.Concat(potentials.Select(potential => Part(folder, potential)));
        }
        else
        {
            remarks.Add(
                $"POTCAR is VASP's own and to be added: PBE's {string.Join(", ", potentials)} in this order, as POTCAR.spec says."
            );
        }

        return new CalculationFiles(texts, new Dictionary<string, string>(), grid, cutoff, remarks);
    }

    /// <summary>What VASP calls the element's potential, such as Sr_sv.</summary>
    internal static string Potential(Element element) => element.Symbol + Endings.GetValueOrDefault(element.Symbol, "");

    /// <summary>Whether the potential has the 4f electrons in its core, where they have no moment.</summary>
    private static bool HasFrozenShell(Element element) => Endings.GetValueOrDefault(element.Symbol) is "_3" or "_2";

    private static string Part(string folder, string potential)
    {
        string path = Path.Combine(folder, potential, "POTCAR");
        if (!File.Exists(path))
        {
            throw Refused($"{folder} has no {potential}/POTCAR; expected the folder of VASP's PBE potentials.");
        }

        string text = File.ReadAllText(path);
        string? title = text.Split('\n')
            .FirstOrDefault(line => line.Contains("TITEL", StringComparison.Ordinal))
            ?.Trim();
        return
            title?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, "=", "PAW_PBE", var name, ..]
            && name == potential
            && text.Contains("End of Dataset", StringComparison.Ordinal)
            ? text
            : throw Refused(
                $"{path} says '{title ?? "nothing"}'{(text.Contains("End of Dataset", StringComparison.Ordinal) ? "" : " and is cut off")}; expected the whole of PAW_PBE {potential}."
            );

        InputException Refused(string message) => new(message, path, nameof(CalculationSettings.Pseudopotentials));
    }

    private static string Incar(
        CrystalRecord crystal,
        CalculationSettings settings,
        IGrouping<Element, Site>[] groups,
        double cutoff
    )
    {
        int atoms = crystal.Structure.AtomCount;
        StringBuilder text = new();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"SYSTEM = {InputText.OneLine(crystal.Id)}");
        Line($"GGA = PE");
        Line($"PREC = Accurate");
        Line($"ENCUT = {cutoff}");
        Line($"EDIFF = {Math.Min(1e-4, 1e-6 * atoms):0.0E+0}");
        Line($"ISMEAR = 0");
        Line($"SIGMA = 0.05");
        Line($"LASPH = .TRUE.");
        Line($"LREAL = .FALSE.");
        Line($"NELM = 100");
        if (settings.Relaxes)
        {
            Line($"IBRION = 2");
            Line($"ISIF = 3");
            Line($"NSW = 99");
            Line($"EDIFFG = -0.02");
        }

        if (InitialMoments.Of(crystal.Structure, settings, HasFrozenShell) is { } moments)
        {
            Line($"ISPIN = 2");
            string counts = string.Join(
                ' ',
                groups.Select(group =>
                    string.Create(CultureInfo.InvariantCulture, $"{group.Count()}*{moments[group.Key]}")
                )
            );
            Line($"MAGMOM = {counts}");
        }

        return text.ToString();
    }
}
