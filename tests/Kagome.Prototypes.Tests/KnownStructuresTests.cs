using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Testing;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Prototypes.Tests;

public sealed class KnownStructuresTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Find_reduced_formula_looks_into_cells_of_all_sizes()
    {
        using KnownStructures known = Load(Dozen);
        IReadOnlyList<Proposal> proposals = Find(known, "NiS");
        Assert.Equal([1, 2], proposals.Select(proposal => proposal.FormulaUnits).Distinct().Order());
        Assert.Equal("FeS", proposals[0].Template.Id);
    }

    [Fact]
    public void Find_cells_larger_than_asked_for_are_left_out()
    {
        using KnownStructures known = Load(Dozen);
        Assert.All(
            known.Find(FormulaParser.Parse("NiS"), 20, largestAtomCount: 3),
            proposal => Assert.Equal(1, proposal.FormulaUnits)
        );
    }

    [Theory]
    [InlineData("Ni2S2", null)]
    [InlineData("NiS", 4)]
    [InlineData("Ni2S2", 4)]
    public void Find_whole_cell_is_that_alone(string formula, int? atoms)
    {
        using KnownStructures known = Load(Dozen);
        IReadOnlyList<Proposal> proposals = known.Find(FormulaParser.Parse(formula), 20, atomCount: atoms);
        Assert.Equal("FeS", Assert.Single(proposals.Select(proposal => proposal.Template.Id).Distinct()));
        Assert.All(proposals, proposal => Assert.Equal(2, proposal.FormulaUnits));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(-2)]
    public void Find_atoms_that_are_no_multiple_are_refused(int atoms)
    {
        using KnownStructures known = Load(Dozen);
        InputException exception = Assert.Throws<InputException>(() =>
            known.Find(FormulaParser.Parse("NaCl"), 5, atomCount: atoms)
        );
        Assert.Contains($"{atoms} atoms: expected a multiple of 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_known_crystal_on_the_hull_comes_first_and_is_sure()
    {
        using KnownStructures known = Load(Dozen);
        IReadOnlyList<Proposal> proposals = Find(known, "NaCl");
        Assert.Equal(("NaCl", 0.99), (proposals[0].Template.Id, proposals[0].Probability));
        Assert.Equal("NaCl", Find(known, "NaCl", most: 1)[0].Template.Id);
    }

    /// <summary>Nothing but itself speaks for cells of its size, and others speak for another.</summary>
    [Fact]
    public void Find_known_crystal_on_the_hull_comes_first_also_where_it_is_the_only_one_of_its_size()
    {
        using KnownStructures known = Load(Dozen.Where(crystal => crystal.Id is "CaF2" or "TiO2" or "SnO2"));
        Proposal first = Find(known, "CaF2")[0];
        Assert.Equal(("CaF2", 0.99), (first.Template.Id, first.Probability));
    }

    /// <summary>In a library of one's own, no energy says nothing; an energy above the hull says that the answer is another one.</summary>
    [Theory]
    [InlineData(null, 1)]
    [InlineData(0.3, 0.2)]
    public void Find_known_crystal_of_ones_own_counts_in_full_unless_it_is_known_to_lie_above_the_hull(
        double? energy,
        double factor
    )
    {
        Write(
            "own",
            Dozen.Select(crystal =>
                crystal with
                {
                    Labels = energy is { } number
                        ? crystal.Labels.SetItem("e_hull", number)
                        : crystal.Labels.Remove("e_hull"),
                }
            )
        );
        using KnownStructures known = KnownStructures.Load(new KnownStructureOptions { Libraries = [folder["own"]] });
        Composition cell = FormulaParser.Parse("NaCl");
        double Probability(IEnumerable<Proposal> proposals) =>
            proposals.Single(proposal => proposal.Template.Id == "NaCl").Probability!.Value;
        Assert.Equal(
            factor * Probability(known.FindCell(cell, 20)),
            Probability(known.Find([cell], 20, isPrimitive: true)),
            1e-9
        );
    }

    [Theory]
    [InlineData("NaCl", "CaF2", false)]
    [InlineData("Ca2F4", "CaF2", true)]
    [InlineData("CaF2", "Ca3F6", true)]
    [InlineData("CaF2", "CaF4", false)]
    [InlineData("CaF2", "CdF2", false)]
    [InlineData("CaF2", "CaF", false)]
    [InlineData("CaF2", "CaF2H", false)]
    public void HasFormulaOf_is_that_of_any_cell(string asked, string known, bool isOf)
    {
        Composition cell = FormulaParser.Parse(known);
        using PrototypeLibrary library = Library(
            Record(
                "known",
                new Structure(
                    Crystals.Lattices.Lattice.Cubic(9),
                    cell.Counts.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value))
                        .Select((element, at) => new Site(element, new(0.11 * at, 0.05 * at * at, 0.23 * at)))
                )
            )
        );
        KnownCrystal crystal = library.Find(AnonymousFormula.Of(cell))!.Crystals[0];
        Assert.Equal(isOf, crystal.HasFormulaOf(FormulaParser.Parse(asked)));
    }

    [Fact]
    public void Load_two_libraries_asks_both()
    {
        Write("first", Dozen.Take(1));
        Write("second", Dozen.Skip(2).Take(1));
        using KnownStructures known = KnownStructures.Load(
            new KnownStructureOptions
            {
                Libraries = [folder["first"], folder["second"]],
                Ranker = KnownStructureOptions.None,
            }
        );
        Assert.Equal(["CsCl", "NaCl"], Find(known, "KBr").Select(proposal => proposal.Template.Id).Order());
        Assert.Equal(2, known.Libraries.Count());
        Assert.Null(known.Ranker);
    }

    [Fact]
    public void Load_file_that_is_missing_is_named()
    {
        string missing = folder["missing.prototypes"];
        InputException library = Assert.Throws<InputException>(() =>
            KnownStructures.Load(new KnownStructureOptions { Libraries = [missing], Ranker = "none" })
        );
        Assert.Contains(missing, library.Message, StringComparison.Ordinal);
        Assert.Equal(["Libraries"], library.Options);
        Write("first", Dozen.Take(1));
        InputException ranker = Assert.Throws<InputException>(() =>
            KnownStructures.Load(
                new KnownStructureOptions { Libraries = [folder["first"]], Ranker = folder["missing.safetensors"] }
            )
        );
        Assert.Equal(["Ranker"], ranker.Options);
    }

    [Fact]
    public void Load_file_that_is_no_ranker_is_refused()
    {
        Write("first", Dozen.Take(1));
        File.WriteAllText(folder["nonsense.safetensors"], "nonsense");
        Assert.Throws<Models.CheckpointException>(() =>
            KnownStructures.Load(
                new KnownStructureOptions { Libraries = [folder["first"]], Ranker = folder["nonsense.safetensors"] }
            )
        );
    }

    [Fact]
    public void Validate_options_without_a_library_are_refused()
    {
        Assert.Throws<OptionException>(() => new KnownStructureOptions { Libraries = [] }.Validate());
        Assert.Throws<OptionException>(() => new KnownStructureOptions { Ranker = "" }.Validate());
    }

    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<Proposal> Find(KnownStructures known, string formula, int most = 20) =>
        known.Find(FormulaParser.Parse(formula), most);

    private void Write(string name, IEnumerable<CrystalRecord> crystals)
    {
        using PrototypeLibrary library = Library(crystals);
        library.Write(folder[name]);
    }

    private KnownStructures Load(IEnumerable<CrystalRecord> crystals)
    {
        Write("typical", crystals);
        return KnownStructures.Load(
            new KnownStructureOptions { Libraries = [folder["typical"]], Ranker = KnownStructureOptions.None }
        );
    }
}
