using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Testing;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Prototypes.Tests;

public sealed class PrototypeLibraryBuilderTests
{
    [Fact]
    public void Build_counts_what_it_leaves_out_with_the_reasons()
    {
        using PrototypeLibrary library = Build(
            new PrototypeLibraryOptions { LargestAtomCount = 6 },
            Record("kept", RockSalt("Na", "Cl", 5.64)),
            Record("again", RockSalt("Na", "Cl", 5.645)),
            Record("too dense", RockSalt("Na", "Cl", 1.5)),
            Record("too thin", RockSalt("Na", "Cl", 20)),
            Record("too near", Pair(0.02)),
            Record("too large", Supercell.Of(RockSalt("K", "Cl", 6.3), 2, 2, 1))
        );
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["that are there already"] = 1,
                ["with atoms closer than 0.5 Å"] = 1,
                ["with less than 2 or more than 500 Å³ an atom"] = 2,
                ["with more than 6 atoms"] = 1,
            },
            library.Description.LeftOut
        );
        Assert.Equal(["kept"], library.Find(new AnonymousFormula([1, 1]))!.Crystals.Select(crystal => crystal.Id));
        Assert.Equal((1, 1), (library.Description.CrystalCount, library.Description.TypeCount));
    }

    [Fact]
    public void Build_keeping_duplicates_has_them_side_by_side()
    {
        using PrototypeLibrary library = Build(
            new PrototypeLibraryOptions { KeepsDuplicates = true },
            Record("first", RockSalt("Na", "Cl", 5.64)),
            Record("again", RockSalt("Na", "Cl", 5.64))
        );
        Assert.Equal(2, library.Description.CrystalCount);
        Assert.Empty(library.Description.LeftOut);
    }

    [Fact]
    public void Build_same_crystal_at_another_volume_is_another()
    {
        using PrototypeLibrary library = Library(
            Record("first", RockSalt("Na", "Cl", 5.64)),
            Record("larger", RockSalt("Na", "Cl", 5.8)),
            Record("other way", RockSalt("Cl", "Na", 5.64))
        );
        Assert.Equal(2, library.Description.CrystalCount);
        Assert.Equal([2], library.Find(new AnonymousFormula([1, 1]))!.Members);
    }

    [Fact]
    public void Build_twice_gives_the_same_file()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "first", "second" })
        {
            using PrototypeLibrary library = Library(Dozen);
            library.Write(folder[name]);
        }

        Assert.Equal(File.ReadAllBytes(folder["first"]), File.ReadAllBytes(folder["second"]));
    }

    [Fact]
    public void Build_keeps_the_source_of_each_and_says_what_it_is()
    {
        PrototypeLibraryBuilder builder = new(new PrototypeLibraryOptions { Name = "mine", License = "CC0" });
        using PrototypeLibrary library = builder.Build(
            [("b", Dozen[0]), ("a", Dozen[1]), ("b", Dozen[2])],
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(("mine", "CC0"), (library.Description.Name, library.Description.License));
        Assert.Equal(["a", "b"], library.Description.Sources);
        Assert.Equal(
            [("CsCl", "b"), ("MgO", "a"), ("NaCl", "b")],
            library.Find(new AnonymousFormula([1, 1]))!.Crystals.Select(crystal => (crystal.Id, crystal.Source)).Order()
        );
    }

    [Fact]
    public void Build_reports_all_crystals()
    {
        List<WorkProgress> reports = [];
        using PrototypeLibrary library = new PrototypeLibraryBuilder(new PrototypeLibraryOptions()).Build(
            Dozen.Select(crystal => ("book", crystal)),
            new Reports(reports.Add),
            TestContext.Current.CancellationToken
        );
        Assert.Equal((12, 12), (reports[^1].Done, reports[^1].Total));
    }

    [Fact]
    public void Build_without_a_usable_crystal_says_why()
    {
        InputException exception = Assert.Throws<InputException>(() =>
            Build(new PrototypeLibraryOptions(), Record("too dense", RockSalt("Na", "Cl", 1.5)))
        );
        Assert.Contains("1 with less than 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_of_what_cannot_be_read_fails_with_the_reader_s_own_exception()
    {
        static IEnumerable<(string, CrystalRecord)> Broken()
        {
            yield return ("book", Dozen[0]);
            throw new InputException("line 7 is nonsense");
        }

        InputException exception = Assert.Throws<InputException>(() =>
            new PrototypeLibraryBuilder(new PrototypeLibraryOptions()).Build(
                Broken(),
                cancellation: TestContext.Current.CancellationToken
            )
        );
        Assert.Equal("line 7 is nonsense", exception.Message);
    }

    [Fact]
    public void Build_cancelled_stops()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new PrototypeLibraryBuilder(new PrototypeLibraryOptions()).Build(
                Dozen.Select(crystal => ("book", crystal)),
                null,
                stop.Token
            )
        );
    }

    [Fact]
    public void Validate_options_out_of_range_are_refused()
    {
        Assert.Throws<OptionException>(() => new PrototypeLibraryOptions { LargestAtomCount = 0 }.Validate());
        Assert.Throws<OptionException>(() => new PrototypeLibraryOptions { Name = "" }.Validate());
        Assert.Throws<OptionException>(() => new PrototypeLibraryOptions { License = "" }.Validate());
    }

    private static PrototypeLibrary Build(PrototypeLibraryOptions options, params CrystalRecord[] crystals) =>
        new PrototypeLibraryBuilder(options).Build(crystals.Select(crystal => ("book", crystal)));

    private static Structure Pair(double distance) =>
        new(
            Lattice.Cubic(5),
            [
                new Site(Element.FromSymbol("Na"), default),
                new Site(Element.FromSymbol("Cl"), new Fractional(distance, 0, 0)),
            ]
        );
}
