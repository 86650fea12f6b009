using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets.Tests;

public sealed class DuplicateSearchTests : IDisposable
{
    private static readonly StructureMatcher Matcher = new();

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Distinct_keeps_the_first_of_each_in_order()
    {
        CrystalRecord[] records =
        [
            new("salt", TestCrystals.RockSalt(5.64)),
            new("magnesia", TestCrystals.RockSalt(4.21, "Mg", "O")),
            new("salt again", TestCrystals.RockSalt(5.70)),
            new("other type", TestCrystals.CaesiumType(3.4)),
            new("other type again", TestCrystals.CaesiumType(3.5)),
        ];
        List<Duplicate> duplicates = [];
        CrystalRecord[] kept = [.. Search().Distinct(records, [], duplicates.Add, null, Cancellation)];
        Assert.Equal(["salt", "magnesia", "other type"], kept.Select(record => record.Id));
        Assert.Equal(
            [
                new Duplicate("salt again", "NaCl", new CrystalOrigin("salt", CrystalSet.Data)),
                new Duplicate("other type again", "NaCl", new CrystalOrigin("other type", CrystalSet.Data)),
            ],
            duplicates
        );
        Assert.True(folder.IsEmpty);
    }

    [Fact]
    public void Distinct_leaves_out_what_the_reference_holds()
    {
        List<Duplicate> duplicates = [];
        CrystalRecord[] kept =
        [
            .. Search()
                .Distinct(
                    [new("mine", TestCrystals.RockSalt(5.64)), new("other", TestCrystals.CaesiumType(3.4))],
                    [new("test-1", TestCrystals.RockSalt(5.6)), new("test-2", TestCrystals.RockSalt(5.6))],
                    duplicates.Add,
                    null,
                    Cancellation
                ),
        ];
        Assert.Equal(["other"], kept.Select(record => record.Id));
        Assert.Equal(new CrystalOrigin("test-1", CrystalSet.Reference), Assert.Single(duplicates).Of);
    }

    [Fact]
    public void Distinct_gives_back_every_number_name_and_label()
    {
        CrystalRecord record = TestCrystals.Labelled("Å/..", TestCrystals.RockSalt(1 / 3.0), 0.1) with
        {
            Split = "val",
        };
        CrystalRecord bare = new("", TestCrystals.CaesiumType(2 / 7.0, "Mg", "O"));
        CrystalRecord[] kept = [.. Search().Distinct([record, bare], [], cancellation: Cancellation)];
        Assert.Equal((record.Id, record.Split), (kept[0].Id, kept[0].Split));
        Assert.Equal(record.Labels, kept[0].Labels);
        Assert.Equal(record.Structure.Lattice, kept[0].Structure.Lattice);
        Assert.Equal(record.Structure.Sites, kept[0].Structure.Sites);
        Assert.Equal((bare.Id, null), (kept[1].Id, kept[1].Split));
    }

    [Fact]
    public void Distinct_agrees_with_comparing_each_with_all_kept_before_it()
    {
        CrystalRecord[] records = [.. Polymorphs(seed: 3, count: 60)];
        List<CrystalRecord> expected = [];
        foreach (CrystalRecord record in records)
        {
            if (!expected.Any(kept => Matcher.Compare(kept.Structure, record.Structure, Cancellation).IsMatch))
            {
                expected.Add(record);
            }
        }

        string[] kept = [.. Search().Distinct(records, [], cancellation: Cancellation).Select(record => record.Id)];
        Assert.Equal(expected.Select(record => record.Id), kept);
        Assert.InRange(kept.Length, 2, records.Length - 10); // both outcomes occur
    }

    [Fact]
    public void Distinct_cancelled_leaves_no_files()
    {
        using CancellationTokenSource cancellation = new();
        IEnumerable<CrystalRecord> Endless()
        {
            for (int number = 0; ; number++)
            {
                yield return new CrystalRecord($"{number}", TestCrystals.RockSalt(5.64));
                if (number == 1000)
                {
                    cancellation.Cancel();
                }
            }
        }

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Search().Distinct(Endless(), [], cancellation: cancellation.Token).Count()
        );
        Assert.True(folder.IsEmpty);
    }

    [Fact]
    public void Distinct_given_up_after_the_first_leaves_no_files()
    {
        Assert.Equal(
            "salt",
            Search().Distinct([new("salt", TestCrystals.RockSalt(5.64))], [], cancellation: Cancellation).First().Id
        );
        Assert.True(folder.IsEmpty);
    }

    [Fact]
    public void Overlap_counts_formulas_and_crystals_of_both_sides()
    {
        CrystalRecord[] first =
        [
            new("salt", TestCrystals.RockSalt(5.64)),
            new("salt again", TestCrystals.RockSalt(5.7)),
            new("magnesia", TestCrystals.RockSalt(4.21, "Mg", "O")),
            new("caesium", TestCrystals.CaesiumType(4.1, "Cs")),
        ];
        CrystalRecord[] second =
        [
            new("salt", TestCrystals.RockSalt(5.5)),
            new("high pressure", TestCrystals.CaesiumType(3.4)),
            new("caesium as salt", TestCrystals.RockSalt(7, "Cs")),
            new("lime", TestCrystals.RockSalt(4.8, "Ca", "O")),
        ];
        SharedCrystals shared = Overlap(first, second);
        Assert.Equal(new SharedCrystals(new(4, 2, 3), new(4, 1, 3), 2), shared);
        Assert.Equal(new SharedCrystals(shared.Second, shared.First, 2), Overlap(second, first));
        Assert.True(folder.IsEmpty);
    }

    [Fact]
    public void Overlap_with_nothing_shares_nothing() =>
        Assert.Equal(
            new SharedCrystals(new(1, 0, 1), new(0, 0, 0), 0),
            Overlap([new("salt", TestCrystals.RockSalt(5.64))], [])
        );

    private SharedCrystals Overlap(CrystalRecord[] first, CrystalRecord[] second) =>
        Search().Overlap(first, second, cancellation: Cancellation);

    [Fact]
    public void Write_leaves_out_duplicates_and_what_the_reference_holds_and_reports_them()
    {
        DataSet.Write(folder["all.jsonl"], TestCrystals.Formulas(4));
        DataSet.Write(folder["known.jsonl"], TestCrystals.Formulas(2));
        DuplicateCounts counts = new DuplicateSearch().Write(
            new CrystalReader(folder["all.jsonl"]),
            folder["new.jsonl"],
            new CrystalReader(folder["known.jsonl"]),
            folder["report.jsonl"],
            null,
            Cancellation
        );
        Assert.Equal(new DuplicateCounts(8, 2, 2, 4), counts);
        Assert.Equal(["4", "6"], new CrystalReader(folder["new.jsonl"]).Read(Cancellation).Select(record => record.Id));
        string[] lines = File.ReadAllLines(folder["report.jsonl"]);
        Assert.Equal(6, lines.Length);
        Assert.Equal("""{"schema_version":1,"id":"0","formula":"CaO","of":{"id":"0","set":"reference"}}""", lines[0]);
        Assert.Equal(["all.jsonl", "known.jsonl", "new.jsonl", "report.jsonl"], folder.FileNames);
    }

    [Fact]
    public void Write_where_nothing_is_left_writes_nothing()
    {
        DataSet.Write(folder["all.jsonl"], TestCrystals.Formulas(2));
        InputException refused = Assert.Throws<InputException>(() =>
            new DuplicateSearch().Write(
                new CrystalReader(folder["all.jsonl"]),
                folder["new.jsonl"],
                new CrystalReader(folder["all.jsonl"]),
                folder["report.jsonl"],
                cancellation: Cancellation
            )
        );
        Assert.Contains("all 4 occur", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["all.jsonl"], folder.FileNames);
    }

    [Fact]
    public void Distinct_handler_that_throws_reaches_the_caller_as_it_is()
    {
        CrystalRecord[] many = [.. Polymorphs(seed: 4, count: 200)];
        Assert.Throws<InvalidOperationException>(() =>
            Search().Distinct(many, progress: new Throwing(), cancellation: Cancellation).Count()
        );
        Assert.True(folder.IsEmpty);
    }

    [Fact]
    public void Distinct_in_a_folder_that_is_absent_is_refused_by_the_system() =>
        Assert.ThrowsAny<IOException>(() =>
            new DuplicateSearch { TemporaryFolder = folder.WriteText("file", "") }
                .Distinct(TestCrystals.Formulas(1), cancellation: Cancellation)
                .Count()
        );

    /// <summary>A few crystals of one formula, distorted by little or much.</summary>
    private static IEnumerable<CrystalRecord> Polymorphs(int seed, int count)
    {
        Random random = new(seed);
        Structure[] types = [TestCrystals.RockSalt(5.64), TestCrystals.CaesiumType(3.4)];
        for (int number = 0; number < count; number++)
        {
            double size = 0.02 + (0.2 * random.NextDouble());
            Structure type = types[number % types.Length];
            yield return new CrystalRecord(
                $"{number}",
                new Structure(type.Lattice, type.Sites.Select(site => Moved(site, size, random)))
            );
        }
    }

    private static Site Moved(Site site, double size, Random random)
    {
        double Draw() => size * (random.NextDouble() - 0.5);
        return site with { Position = site.Position + new Fractional(Draw(), Draw(), Draw()) };
    }

    private DuplicateSearch Search() => new() { TemporaryFolder = folder.FullName };

    private sealed class Throwing : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => throw new InvalidOperationException("a handler");
    }
}
