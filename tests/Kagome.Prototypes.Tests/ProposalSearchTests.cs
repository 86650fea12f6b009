using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Symmetry;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Prototypes.Tests;

public sealed class ProposalSearchTests
{
    [Fact]
    public void Find_strontium_titanate_is_calcium_titanate_with_strontium()
    {
        PrototypeLibrary library = LibraryOfDozen;
        IReadOnlyList<Proposal> proposals = Find("SrTiO3", library);
        Proposal first = proposals[0];
        Assert.Equal("CaTiO3", first.Template.Id);
        Assert.Equal("Ca -> Sr", $"{Assert.Single(first.Substitutions)}");
        Assert.Null(first.Probability);
        Assert.Equal(1, first.FormulaUnits);
        Assert.True(
            new StructureMatcher()
                .Compare(Perovskite("Sr", "Ti", "O", 3.9), first.Structure, TestContext.Current.CancellationToken)
                .IsMatch
        );
        Assert.Equal(2, proposals.Count); // and the one whose Sr and Ti have changed places
        Assert.Equal(2, first.Votes); // KMgF3 says so, too
        Assert.Equal("Pm-3m", new SymmetryFinder(1e-4).Find(first.Structure)?.Group.Symbol);
    }

    [Fact]
    public void Find_known_crystal_is_proposed_as_it_is()
    {
        PrototypeLibrary library = LibraryOfDozen;
        Proposal first = Find("CaTiO3", library)[0];
        Assert.Empty(first.Substitutions);
        Assert.Equal(0, first.Distance);
        Assert.Equal(first.Template.VolumePerAtom, first.Structure.VolumePerAtom, 1e-9);
    }

    [Fact]
    public void Find_without_a_ranker_is_by_distance_and_distinct()
    {
        PrototypeLibrary library = LibraryOfDozen;
        IReadOnlyList<Proposal> proposals = Find("KBr", library);
        Assert.Equal(
            proposals.Select(proposal => proposal.Distance).Order(),
            proposals.Select(proposal => proposal.Distance)
        );
        AssertDistinct(proposals);
        Assert.Equal(3, proposals.Count);
        Assert.Equal(proposals.Take(2).Select(Text), Find("KBr", library, most: 2).Select(Text));
    }

    [Fact]
    public void Find_proposals_keep_the_space_group_of_their_template()
    {
        PrototypeLibrary library = LibraryOfDozen;
        SymmetryFinder strict = new(1e-4);
        foreach (string formula in new[] { "KBr", "Co2S2", "BaF2", "Pb2O4", "BaZrO3", "LiMgAs" })
        {
            Assert.All(
                Find(formula, library),
                proposal =>
                {
                    Assert.NotNull(proposal.Template.SpaceGroup);
                    Assert.Equal(proposal.Template.SpaceGroup, strict.Find(proposal.Structure)?.Group.Number);
                }
            );
        }
    }

    [Fact]
    public void Find_scales_to_the_volumes_of_the_new_elements()
    {
        PrototypeLibrary library = LibraryOfDozen;
        IReadOnlyList<double> volumes = library.Description.AtomicVolumes;
        double Space(params string[] symbols) =>
            symbols.Sum(symbol => volumes[Element.FromSymbol(symbol).AtomicNumber]);
        Proposal first = Find("CaO", library)[0];
        Assert.Equal("MgO", first.Template.Id);
        Assert.Equal(
            Space("Ca", "O") / Space("Mg", "O") * first.Template.VolumePerAtom,
            first.Structure.VolumePerAtom,
            1e-9
        );
        Assert.NotEqual(first.Template.VolumePerAtom, first.Structure.VolumePerAtom, 0.1);
    }

    [Fact]
    public void Find_in_two_libraries_has_what_either_has()
    {
        using PrototypeLibrary first = Library(Dozen.Where(crystal => crystal.Id is "NaCl" or "CaF2"));
        using PrototypeLibrary second = Library(Dozen.Where(crystal => crystal.Id is "CsCl" or "GaAs"));
        IReadOnlyList<Proposal> proposals = Find("KBr", first, second);
        Assert.Equal(["CsCl", "GaAs", "NaCl"], proposals.Select(proposal => proposal.Template.Id).Order());
        Assert.Equal("CaF2", Assert.Single(Find("BaF2", first, second)).Template.Id);
    }

    [Fact]
    public void Find_in_two_libraries_that_know_the_same_proposes_it_once()
    {
        using PrototypeLibrary first = Library(Dozen);
        using PrototypeLibrary second = Library(Dozen.Reverse());
        foreach (string formula in new[] { "SrTiO3", "KBr", "LiMgAs" })
        {
            IReadOnlyList<Proposal> proposals = Find(formula, first, second);
            AssertDistinct(proposals);
            Assert.Equal(Find(formula, first).Count, proposals.Count);
        }
    }

    [Fact]
    public void Find_without_a_template_is_empty()
    {
        PrototypeLibrary library = LibraryOfDozen;
        Assert.Empty(Find("Al2O3", library));
        Assert.Empty(Find("KBr"));
        Assert.Empty(new ProposalSearch([library], null).Find(FormulaParser.Parse("KBr"), 10, isLeftOut: _ => true));
    }

    [Fact]
    public void Cells_are_those_that_a_library_has_crystals_like()
    {
        PrototypeLibrary library = LibraryOfDozen;
        ProposalSearch search = new([library], null);
        Assert.Equal(["KBr", "K2Br2"], search.Cells(FormulaParser.Parse("K4Br4"), 20).Select(cell => cell.Formula));
        Assert.Equal(["KBr"], search.Cells(FormulaParser.Parse("KBr"), 3).Select(cell => cell.Formula));
        Assert.Empty(search.Cells(FormulaParser.Parse("KBr"), 1));
        Assert.Empty(search.Cells(FormulaParser.Parse("Al2O3"), 100));
    }

    private static IReadOnlyList<Proposal> Find(string formula, PrototypeLibrary library, int most) =>
        new ProposalSearch([library], null).Find(FormulaParser.Parse(formula), most);

    private static IReadOnlyList<Proposal> Find(string formula, params PrototypeLibrary[] libraries) =>
        new ProposalSearch(libraries, null).Find(FormulaParser.Parse(formula), 20);

    private static void AssertDistinct(IReadOnlyList<Proposal> proposals)
    {
        StructureMatcher matcher = new();
        foreach ((int at, Proposal proposal) in proposals.Index())
        {
            Assert.DoesNotContain(
                proposals.Take(at),
                other =>
                    matcher.Compare(other.Structure, proposal.Structure, TestContext.Current.CancellationToken).IsMatch
            );
        }
    }

    private static string Text(Proposal proposal) =>
        $"{proposal.Template.Id} {string.Join(',', proposal.Structure.Sites.Select(site => site.Element))}";
}
