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
        const string IronPart = "  PAW_PBE Fe_pv 06Sep2000\n   TITEL  = PAW_PBE Fe_pv 06Sep2000\n End of Dataset\n";
        _ = folder.Add("potentials/Fe_pv/POTCAR", IronPart);
        CalculationSettings vasp = new() { Code = CalculationCode.Vasp, Pseudopotentials = folder["potentials"] };
        missing = Assert.Throws<InputException>(() => Write(vasp, folder["vasp"]));
        Assert.Contains("no O/POTCAR", missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["qe"]) || Directory.Exists(folder["vasp"]));
        foreach (
            string wrong in new[]
            {
                IronPart,
                IronPart.Replace("PAW_PBE Fe_pv", "PAW O", StringComparison.Ordinal),
                "  PAW_PBE O\n   TITEL  = PAW_PBE O\n",
                "",
            }
        )
        {
            _ = folder.Add("potentials/O/POTCAR", wrong);
            missing = Assert.Throws<InputException>(() => Write(vasp, folder["vasp"]));
            Assert.Contains("expected the whole of PAW_PBE O", missing.Message, StringComparison.Ordinal);
        }

        string oxygen = IronPart.Replace("Fe_pv", "O", StringComparison.Ordinal);
        _ = folder.Add("potentials/O/POTCAR", oxygen);
        Assert.Equal(IronPart + oxygen, Text(Write(vasp, folder["vasp"]).Folder, "POTCAR"));
    }

    [Theory]
    [InlineData("<PP_HEADER element=\" K \" functional=\"PBE\" />")]
    [InlineData("<PP_HEADER>\n   0                   Version Number\n  K                   Element\n   US   Ultrasoft")]
    public void Write_with_a_pseudopotential_of_another_element_is_refused(string header)
    {
        _ = folder.Add("upf/Fe.UPF", header);
        _ = folder.Add("upf/O.UPF", "functional=\"PBE\" element=\"O\"");
        InputException refused = Assert.Throws<InputException>(() =>
            Write(new CalculationSettings { Pseudopotentials = folder["upf"] }, folder["qe"])
        );
        Assert.Contains("is a pseudopotential of K", refused.Message, StringComparison.Ordinal);
        _ = folder.Add("upf/Fe.UPF", header.Replace("K ", "Fe", StringComparison.Ordinal));
        Assert.NotNull(Write(new CalculationSettings { Pseudopotentials = folder["upf"] }, folder["qe"]));
    }

    /// <summary>VASP stops at a left-handed cell; atoms stay where they are.</summary>
    [Fact]
    public void Write_left_handed_vectors_turns_them_round()
    {
        Lattice lattice = Oxide.Structure.Lattice;
        CrystalRecord left = Oxide with
        {
            Structure = new Structure(new Lattice(lattice.B, lattice.A, lattice.C), Oxide.Structure.Sites),
        };
        string written = Assert
            .Single(
                CalculationInputs.Write(
                    folder["left"],
                    [left],
                    new CalculationSettings { Code = CalculationCode.Vasp },
                    cancellation: Cancellation
                )
            )
            .Folder;
        Structure read = new CrystalReader(Path.Combine(written, "POSCAR")).Read(Cancellation).Single().Structure;
        Assert.Equal(-left.Structure.Lattice.Determinant, read.Lattice.Determinant, 1e-6);
        // POSCAR has the atoms of an element together
        foreach (
            (Site before, Site after) in left.Structure.Sites.OrderBy(site => site.Element == Oxygen).Zip(read.Sites)
        )
        {
            Fractional place = left.Structure.Lattice.ToFractional(read.Lattice.ToCartesian(after.Position));
            Fractional apart = (place - before.Position).WrapToNearest();
            Assert.Equal(0, Math.Abs(apart.X) + Math.Abs(apart.Y) + Math.Abs(apart.Z), 1e-6);
        }
    }

    [Fact]
    public void Write_atoms_in_one_place_says_so()
    {
        CrystalRecord twice = Oxide with
        {
            Structure = new Structure(Oxide.Structure.Lattice, [Oxide.Structure.Sites[0], Oxide.Structure.Sites[0]]),
        };
        CalculationInput input = Assert.Single(
            CalculationInputs.Write(folder["twice"], [twice], new CalculationSettings(), cancellation: Cancellation)
        );
        Assert.StartsWith("oxide is hardly a crystal: ", input.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_for_GPAW_of_elements_without_setups_names_them()
    {
        CalculationSettings settings = new() { Code = CalculationCode.Gpaw };
        Assert.Empty(Write(settings, folder["iron"]).Remarks);
        CalculationInput input = Assert.Single(
            CalculationInputs.Write(folder["gpaw"], [Of("Gd", "Tc")], settings, cancellation: Cancellation)
        );
        Assert.Contains("no setup of Tc, Gd for PBE", Assert.Single(input.Remarks), StringComparison.Ordinal);
    }

    /// <summary>Potentials with 4f electrons in the core, as VASP's Sm_3, leave nothing that could be magnetic.</summary>
    [Theory]
    [InlineData("Sm", null)]
    [InlineData("Yb", null)]
    [InlineData("Gd", "1*0.6 1*5")]
    [InlineData("U", "1*0.6 1*5")]
    public void Write_for_VASP_gives_moments_to_electrons_that_the_potential_has(string symbol, string? moments)
    {
        CalculationSettings settings = new() { Code = CalculationCode.Vasp };
        CalculationInput input = Assert.Single(
            CalculationInputs.Write(folder[symbol], [Of("O", symbol)], settings, cancellation: Cancellation)
        );
        string[] lines = Text(input.Folder, "INCAR").Split('\n');
        Assert.Equal(
            moments is null ? [] : new[] { $"MAGMOM = {moments}" },
            lines.Where(line => line.StartsWith("MAGMOM", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Write_a_flat_cell_is_refused_and_writes_nothing()
    {
        CrystalRecord flat = Oxide with
        {
            Structure = new Structure(
                new Lattice(new(3, 0, 0), new(0, 4, 0), new(2.9, 0, 0.01)),
                Oxide.Structure.Sites
            ),
        };
        string message = Assert
            .Throws<InputException>(() =>
                CalculationInputs.Write(folder["flat"], [Oxide, flat], new(), cancellation: Cancellation)
            )
            .Message;
        Assert.StartsWith("oxide has a cell of 0.01 Å between two of its faces", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["flat"]));
    }

    [Fact]
    public void Write_atoms_far_from_the_cell_puts_them_into_it()
    {
        CrystalRecord far = Oxide with
        {
            Structure = new Structure(
                Oxide.Structure.Lattice,
                Oxide.Structure.Sites.Select(site => site with { Position = site.Position + new Fractional(7, -3, 1) })
            ),
        };
        CalculationSettings settings = new() { Code = CalculationCode.Vasp };
        Write(settings, folder["near"]);
        _ = CalculationInputs.Write(folder["far"], [far], settings, cancellation: Cancellation);
        CrystalRecord[] read =
        [
            .. new[] { "near", "far" }.SelectMany(name =>
                new CrystalReader(folder[$"{name}/oxide/POSCAR"]).Read(Cancellation)
            ),
        ];
        Assert.All(
            read[0].Structure.Sites.Zip(read[1].Structure.Sites),
            pair =>
                Assert.True(
                    (pair.First.Position - pair.Second.Position) is var gap
                        && Math.Abs(gap.X) + Math.Abs(gap.Y) + Math.Abs(gap.Z) < Rounding
                )
        );
    }

    private static CrystalRecord Of(params string[] symbols) =>
        new(
            "crystal",
            new Structure(
                Oxide.Structure.Lattice,
                symbols.Select((symbol, at) => new Site(Element.FromSymbol(symbol), new Fractional(0.5 * at, 0, 0)))
            )
        );

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
