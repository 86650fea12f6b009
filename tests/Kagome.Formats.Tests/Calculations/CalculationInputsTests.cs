using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Calculations;

namespace Kagome.Formats.Tests.Calculations;

public sealed class CalculationInputsTests : IDisposable
{
    private const double Rounding = 1e-9;

    private static readonly Element Iron = Element.FromSymbol("Fe");
    private static readonly Element Oxygen = Element.FromSymbol("O");

    private readonly TemporaryFolder folder = new();

    /// <summary>Sites of an element stand apart, and the cell is skewed: FeO with another Fe.</summary>
    private static CrystalRecord Oxide { get; } =
        new(
            "oxide",
            new Structure(
                new Lattice(new(3, 0, 0), new(0.4, 4, 0), new(0.1, -0.3, 7)),
                [
                    new Site(Iron, new Fractional(0, 0, 0)),
                    new Site(Oxygen, new Fractional(0.5, 0.25, 0.125)),
                    new Site(Iron, new Fractional(0.1, 0.6, 0.7)),
                ]
            )
        );

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_each_code_is_read_alike_by_ase_and_pymatgen()
    {
        string Of(CalculationCode code) =>
            Write(new CalculationSettings { Code = code, KPointDensity = 3 }, folder[$"{code}"]).Folder;
        (string qe, string vasp, string gpaw) = (
            Of(CalculationCode.QuantumEspresso),
            Of(CalculationCode.Vasp),
            Of(CalculationCode.Gpaw)
        );
        JsonElement read = PythonReaders.Calculation(
            Path.Combine(qe, "pw.in"),
            Path.Combine(vasp, "INCAR"),
            Path.Combine(vasp, "KPOINTS"),
            Path.Combine(gpaw, "run.py"),
            "3"
        );
        JsonElement crystal = read.GetProperty("crystal");
        Assert.Equal(
            ["Fe", "O", "Fe"],
            crystal.GetProperty("species").EnumerateArray().Select(symbol => symbol.GetString())
        );
        double[] expected =
        [
            .. Oxide.Structure.Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z }),
        ];
        Assert.Equal(expected, Numbers(crystal.GetProperty("frac")), (x, y) => Math.Abs(x - y) < Rounding);
        LatticeParameters cell = Oxide.Structure.Lattice.Parameters;
        Assert.Equal(
            [cell.A, cell.B, cell.C, cell.Alpha, cell.Beta, cell.Gamma],
            Numbers(crystal.GetProperty("cell")),
            (x, y) => Math.Abs(x - y) < Rounding
        );
        double[] grid = Numbers(read.GetProperty("grid"));
        Assert.Equal([7, 5, 3], grid);
        Assert.Equal(grid, Numbers(read.GetProperty("kpoints")));
        Assert.EndsWith("Gamma", read.GetProperty("style").GetString(), StringComparison.Ordinal);
        Assert.Contains("K_POINTS = (7, 5, 3)", Text(gpaw, "run.py"), StringComparison.Ordinal);
        Assert.Contains("\n  7 5 3 0 0 0\n", Text(qe, "pw.in"), StringComparison.Ordinal);
        JsonElement incar = read.GetProperty("incar");
        Assert.Equal("3", incar.GetProperty("ISIF").GetString());
        string moments = incar.GetProperty("MAGMOM").GetString()!; // by element, as POSCAR has them
        Assert.Equal("[5, 5, 0.6]", moments.Replace(".0", "", StringComparison.Ordinal));
        Assert.Contains("CellFilter", read.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
    }

    /// <summary>The twin of the table of potentials.</summary>
    [Fact]
    public void Potential_is_what_the_Materials_Project_takes()
    {
        string vasp = Write(new CalculationSettings { Code = CalculationCode.Vasp }, folder["vasp"]).Folder;
        string qe = Write(new CalculationSettings(), folder["qe"]).Folder;
        string gpaw = Write(new CalculationSettings { Code = CalculationCode.Gpaw }, folder["gpaw"]).Folder;
        JsonElement read = PythonReaders.Calculation(
            Path.Combine(qe, "pw.in"),
            Path.Combine(vasp, "INCAR"),
            Path.Combine(vasp, "KPOINTS"),
            Path.Combine(gpaw, "run.py"),
            "4"
        );
        JsonProperty[] potentials = [.. read.GetProperty("potentials").EnumerateObject()];
        Assert.True(potentials.Length > 80);
        Assert.All(
            potentials,
            named => Assert.Equal(named.Value.GetString(), VaspInput.Potential(Element.FromSymbol(named.Name)))
        );
    }

    [Fact]
    public void Write_energy_only_relaxes_nothing()
    {
        CalculationSettings settings = new() { Relaxes = false, HasSpin = false };
        string qe = Write(settings, folder["qe"]).Folder;
        Assert.Contains("calculation = 'scf'", Text(qe, "pw.in"), StringComparison.Ordinal);
        Assert.DoesNotContain("&CELL", Text(qe, "pw.in"), StringComparison.Ordinal);
        Assert.DoesNotContain("nspin", Text(qe, "pw.in"), StringComparison.Ordinal);
        string vasp = Write(settings with { Code = CalculationCode.Vasp }, folder["vasp"]).Folder;
        Assert.DoesNotContain("ISIF", Text(vasp, "INCAR"), StringComparison.Ordinal);
        Assert.DoesNotContain("MAGMOM", Text(vasp, "INCAR"), StringComparison.Ordinal);
        string gpaw = Write(settings with { Code = CalculationCode.Gpaw }, folder["gpaw"]).Folder;
        Assert.Contains("RELAXES = False", Text(gpaw, "run.py"), StringComparison.Ordinal);
        Assert.Contains("MOMENTS = None", Text(gpaw, "run.py"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_takes_cutoffs_of_pseudopotentials_and_copies_these()
    {
        _ = folder.Add("upf/Fe.pz.UPF", "<UPF><PP_HEADER functional=\"PZ\" wfc_cutoff=\"200\" />");
        _ = folder.Add("upf/fe_pbe_v1.5.uspp.F.UPF", "functional=\"PBE\" wfc_cutoff=\" 4.5E+01\" rho_cutoff=\"540.0\"");
        _ = folder.Add(
            "upf/O.pbe-n-kjpaw.UPF",
            "Functional:  SLA  PW   PBX  PBC\nSuggested minimum cutoff for wavefunctions:  47. Ry"
        );
        _ = folder.Add("upf/Os.UPF", "another element");
        CalculationInput input = Write(new CalculationSettings { Pseudopotentials = folder["upf"] }, folder["qe"]);
        Assert.Contains("ecutwfc = 47, ecutrho = 540", Text(input.Folder, "pw.in"), StringComparison.Ordinal);
        Assert.Contains("  Fe 55.845 fe_pbe_v1.5.uspp.F.UPF\n", Text(input.Folder, "pw.in"), StringComparison.Ordinal);
        Assert.Empty(input.Remarks);
        Assert.Equal(
            ["O.pbe-n-kjpaw.UPF", "fe_pbe_v1.5.uspp.F.UPF", "pw.in"],
            Directory.EnumerateFiles(input.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        );
        CalculationSettings asked = new() { Pseudopotentials = folder["upf"], Cutoff = 680.2846561 };
        string other = Write(asked, folder["other"]).Folder;
        Assert.Contains("ecutwfc = 50, ecutrho = 400", Text(other, "pw.in"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_with_potentials_of_another_functional_says_so_and_computes_PBE()
    {
        _ = folder.Add("upf/Fe.UPF", "functional=\"PBESOL\" pseudo_type=\"NC\"");
        _ = folder.Add("upf/O.UPF", "functional=\"PBE\" pseudo_type=\"NC\"");
        CalculationInput input = Write(new CalculationSettings { Pseudopotentials = folder["upf"] }, folder["qe"]);
        Assert.StartsWith("Fe.UPF: not made for PBE", Assert.Single(input.Remarks), StringComparison.Ordinal);
        Assert.Contains("input_dft = 'PBE'", Text(input.Folder, "pw.in"), StringComparison.Ordinal);
        Assert.Contains("ecutwfc = 60, ecutrho = 240", Text(input.Folder, "pw.in"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_without_a_pseudopotential_in_the_named_folder_names_what_is_missing_and_writes_nothing()
    {
        _ = folder.Add("upf/Fe.UPF", "");
        InputException missing = Assert.Throws<InputException>(() =>
            Write(new CalculationSettings { Pseudopotentials = folder["upf"] }, folder["qe"])
        );
        Assert.Contains("no pseudopotential of O", missing.Message, StringComparison.Ordinal);
        _ = folder.Add("potentials/Fe_pv/POTCAR", "iron\n");
        CalculationSettings vasp = new() { Code = CalculationCode.Vasp, Pseudopotentials = folder["potentials"] };
        missing = Assert.Throws<InputException>(() => Write(vasp, folder["vasp"]));
        Assert.Contains("no O/POTCAR", missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["qe"]) || Directory.Exists(folder["vasp"]));
        _ = folder.Add("potentials/O/POTCAR", "oxygen\n");
        Assert.Equal("iron\noxygen\n", Text(Write(vasp, folder["vasp"]).Folder, "POTCAR"));
    }

    /// <summary>Names come from files; they begin no command of the codes and stay in the folder.</summary>
    [Fact]
    public void Write_a_crystal_of_a_hostile_name_stays_in_the_folder_and_in_its_comment()
    {
        CrystalRecord hostile = Oxide with { Id = "../x\nimport os; os.system('rm')\"\"\"" };
        foreach (CalculationCode code in Enum.GetValues<CalculationCode>())
        {
            CalculationInput input = Assert.Single(
                CalculationInputs.Write(
                    folder[$"{code}"],
                    [hostile],
                    new CalculationSettings { Code = code },
                    false,
                    Cancellation
                )
            );
            Assert.Equal(folder[$"{code}"], Path.GetDirectoryName(input.Folder));
            Assert.All(
                Directory.EnumerateFiles(input.Folder),
                path => Assert.DoesNotContain("\nimport os;", File.ReadAllText(path), StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Write_again_is_refused_before_anything_is_written_unless_it_replaces()
    {
        CalculationSettings settings = new() { Code = CalculationCode.Vasp };
        CalculationInput first = Write(settings, folder["out"]);
        File.WriteAllText(Path.Combine(first.Folder, "OUTCAR"), "precious");
        CrystalRecord other = Oxide with { Id = "other" };
        InputException refused = Assert.Throws<InputException>(() =>
            CalculationInputs.Write(folder["out"], [other, Oxide], settings, false, Cancellation)
        );
        Assert.Contains(first.Folder, refused.Message, StringComparison.Ordinal);
        Assert.Equal([first.Folder], Directory.EnumerateDirectories(folder["out"]));
        Assert.Equal("precious", Text(first.Folder, "OUTCAR"));
        _ = CalculationInputs.Write(folder["out"], [Oxide], settings, replaces: true, Cancellation);
        Assert.False(File.Exists(Path.Combine(first.Folder, "OUTCAR")));
    }

    [Theory]
    [InlineData(nameof(CalculationSettings.KPointDensity), 0, 500)]
    [InlineData(nameof(CalculationSettings.KPointDensity), double.NaN, 500)]
    [InlineData(nameof(CalculationSettings.KPointDensity), 1000, 500)]
    [InlineData(nameof(CalculationSettings.Cutoff), 4, -1)]
    [InlineData(nameof(CalculationSettings.Cutoff), 4, double.PositiveInfinity)]
    public void Write_with_impossible_settings_names_them(string option, double density, double cutoff)
    {
        CalculationSettings settings = new() { KPointDensity = density, Cutoff = cutoff };
        Assert.Equal(option, Assert.Throws<OptionException>(() => Write(settings, folder["out"])).Option);
    }

    private static CalculationInput Write(CalculationSettings settings, string path) =>
        Assert.Single(CalculationInputs.Write(path, [Oxide], settings, false, Cancellation));

    private static string Text(string path, string name) => File.ReadAllText(Path.Combine(path, name));

    private static double[] Numbers(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().SelectMany(Numbers)] : [list.GetDouble()];
}
