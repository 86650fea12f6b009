using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Tests.Cif;

namespace Kagome.Formats.Tests;

public sealed class CrystalReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_counts_what_it_left_out_and_why()
    {
        DataSet.Write(
            folder["a.jsonl"],
            [Polonium("1", "train"), Polonium("2", "val"), Polonium("3", null), Polonium("4", "test")]
        );
        File.AppendAllText(folder["a.jsonl"], "{\"id\": 5}\nnot json\n");
        List<string> problems = [];
        CrystalReader reader = new(folder["a.jsonl"])
        {
            Splits = ["train", "val"],
            Reject = crystal => crystal.Id == "2" ? "two" : null,
            OnUnreadable = problem => problems.Add($"{problem.Line}"),
        };

        Assert.Equal(["1", "3"], reader.Read(Cancellation).Select(crystal => crystal.Id));

        Assert.Equal((2, 2, 1), (reader.Count, reader.UnreadableCount, reader.OtherSplitCount));
        Assert.Equal(
            [new("of the test split", 1), new("two", 1), new("unreadable", 2)],
            reader.Skipped.Select(pair => pair)
        );
        Assert.Contains("a.jsonl:5", reader.FirstProblem, StringComparison.Ordinal);
        Assert.Equal(["5", "6"], problems);
    }

    [Fact]
    public void Read_strictly_ends_with_the_first_unreadable_entry()
    {
        _ = folder.Add("a.jsonl", "{\"id\": 5}\n");
        CrystalReader reader = new(folder["a.jsonl"]) { IsStrict = true };
        Assert.Equal(1, Assert.Throws<StructureFormatException>(() => reader.Read(Cancellation).Count()).Line);
    }

    [Fact]
    public void Read_of_a_path_that_is_absent_is_refused_before_any_crystal()
    {
        DataSet.Write(folder["a.jsonl"], [Polonium("1", null)]);
        CrystalReader reader = new(folder["a.jsonl"], folder["absent.jsonl"]);
        Assert.Contains(
            "absent.jsonl",
            Assert.Throws<StructureFormatException>(() => reader.Read(Cancellation)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_files_and_folders_one_after_another()
    {
        DataSet.Write(folder["set.jsonl"], [Polonium("1", null), Polonium("2", null)]);
        _ = folder.Add("many/a.cif", CifText.RockSalt);
        _ = folder.Add("many/b.cif", "damaged");
        CrystalReader reader = new(folder["many"], folder["set.jsonl"]);
        Assert.Equal(["a", "1", "2"], reader.Read(Cancellation).Select(crystal => crystal.Id));
        Assert.Equal(1, reader.UnreadableCount);
    }

    [Fact]
    public void Read_in_a_format_that_the_name_does_not_tell()
    {
        _ = folder.Add("data.txt", CifText.RockSalt);
        CrystalReader reader = new(folder["data.txt"]) { Format = StructureFormats.ByName("cif") };
        Assert.Single(reader.Read(Cancellation));
    }

    [Fact]
    public void Read_cancelled_stops_at_once()
    {
        using CancellationTokenSource cancellation = new();
        DataSet.Write(folder["a.jsonl"], [Polonium("1", null), Polonium("2", null)]);
        CrystalReader reader = new(folder["a.jsonl"]);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (CrystalRecord _ in reader.Read(cancellation.Token))
            {
                cancellation.Cancel();
            }
        });
        Assert.Equal(1, reader.Count);
    }

    [Fact]
    public void Read_with_progress_reports_now_and_then_with_an_estimate_of_files_and_none_of_folders()
    {
        DataSet.Write(folder["sets/a.jsonl.gz"], Many());
        Recording files = new();
        Assert.Equal(300, new CrystalReader(folder["sets/a.jsonl.gz"]).Read(files, "counting", Cancellation).Count());
        Assert.Equal([100, 200, 300], files.Reports.Select(report => report.Done));
        Assert.All(files.Reports, report => Assert.True(report.Total >= report.Done, $"{report}"));
        Assert.Equal(("counting", "crystals"), (files.Reports[0].Task, files.Reports[0].Unit));
        Recording folders = new();
        Assert.Equal(300, new CrystalReader(folder["sets"]).Read(folders, "counting", Cancellation).Count());
        Assert.All(folders.Reports, report => Assert.Equal(0, report.Total));
    }

    [Fact]
    public void Read_with_a_handler_that_throws_passes_that_on()
    {
        DataSet.Write(folder["sets/a.jsonl.gz"], Many());
        Recording broken = new() { Throws = true };
        Assert.Throws<InvalidOperationException>(() =>
            new CrystalReader(folder["sets"]).Read(broken, "counting", Cancellation).Count()
        );
    }

    private CrystalRecord[] Many()
    {
        Directory.CreateDirectory(folder["sets"]);
        return [.. Enumerable.Range(1, 300).Select(number => Polonium($"{number}", null))];
    }

    private static CrystalRecord Polonium(string id, string? split) =>
        new(id, new Structure(Lattice.Cubic(3.3), [new Site(Element.FromSymbol("Po"), default)])) { Split = split };

    private sealed class Recording : IProgress<WorkProgress>
    {
        public bool Throws { get; init; }

        public List<WorkProgress> Reports { get; } = [];

        public void Report(WorkProgress value)
        {
            if (Throws)
            {
                throw new InvalidOperationException("a handler");
            }

            Reports.Add(value);
        }
    }
}
