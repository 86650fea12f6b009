using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Ase;
using Kagome.Formats.Text;
using Microsoft.Data.Sqlite;

namespace Kagome.Formats.Tests.Ase;

/// <summary>Files that are no databases of ASE, or are made to do harm.</summary>
public sealed class AseDatabaseDamageTests : IDisposable
{
    private const int Rows = 200;

    private readonly TemporaryFolder folder = new();

    private string Path => folder["a.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(Path, "data_a\n_cell_length_a 3\n");
        Refused("is no SQLite database; expected one that ASE wrote");
        File.WriteAllText(Path, "");
        Refused("is no SQLite database");
        File.Delete(Path);
        Refused("there is no such file");
    }

    [Theory]
    [InlineData("CREATE TABLE other (a)", "without a table 'systems'")]
    [InlineData("CREATE TABLE systems (id INTEGER PRIMARY KEY, numbers BLOB)", "without the column positions")]
    [InlineData(
        "CREATE VIEW systems AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, i AS numbers, i AS positions, i AS cell, 7 AS pbc FROM n",
        "is computed when it is read"
    )]
    [InlineData(
        "CREATE TABLE systems (id INTEGER PRIMARY KEY, numbers BLOB AS (zeroblob(1000000000)), positions BLOB, cell BLOB, pbc INTEGER)",
        "is computed when it is read"
    )]
    [InlineData(
        "CREATE TABLE systems (id INTEGER PRIMARY KEY, numbers BLOB, positions BLOB, cell BLOB, pbc INTEGER); CREATE TABLE information (name, value); INSERT INTO information VALUES ('version', '10')",
        "is an ASE database of version 10; expected at most 9"
    )]
    public void Read_other_database_is_refused(string schema, string expected)
    {
        Make(schema);
        Refused(expected);
    }

    [Theory]
    [InlineData("zeroblob(400), zeroblob(2400), zeroblob(72), 7", "cell")]
    [InlineData("x'54000000', zeroblob(24), CELL, 7", "")]
    [InlineData("x'54000000', zeroblob(24), CELL, NULL", "pbc is F F F; expected T T T")]
    [InlineData("x'54000000', zeroblob(24), CELL, 3", "pbc is T T F; expected T T T")]
    [InlineData("x'54000000', zeroblob(23), CELL, 7", "numbers has 4 bytes and positions 23")]
    [InlineData("x'', x'', CELL, 7", "expected 4 and 24 an atom, and at least one atom")]
    [InlineData("x'00000000', zeroblob(24), CELL, 7", "numbers holds 0")]
    [InlineData("x'FFFFFFFF', zeroblob(24), CELL, 7", "numbers holds -1")]
    [InlineData("zeroblob(40000004), zeroblob(240000024), CELL, 7", "240000024 bytes")]
    [InlineData("'Po', 'here', CELL, 7", "numbers, positions or cell is absent, no array")]
    [InlineData("x'54000000', x'000000000000F87F0000000000000000' || zeroblob(8), CELL, 7", "")]
    public void Read_damaged_row_says_why_and_goes_on(string values, string expected)
    {
        const string Cell =
            "x'000000000000104000000000000000000000000000000000000000000000000000000000000010400000000000000000000000000000000000000000000000000000000000001040'";
        string row = values.Replace("CELL", Cell, StringComparison.Ordinal);
        Make(
            $"""
            CREATE TABLE systems (id INTEGER PRIMARY KEY, numbers BLOB, positions BLOB, cell BLOB, pbc INTEGER);
            INSERT INTO systems (numbers, positions, cell, pbc) VALUES ({row});
            INSERT INTO systems (numbers, positions, cell, pbc) VALUES (x'54000000', zeroblob(24), {Cell}, 7);
            """
        );
        DataSetEntry[] entries = [.. DataSet.Read(Path)];
        Assert.Equal("a-2", entries[1].Record!.Id);
        if (entries[0].Problem is { } problem)
        {
            Assert.StartsWith($"{Path} in row 1: ", problem.Message, StringComparison.Ordinal);
            Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(expected);
        }
    }

    [Fact]
    public void Read_truncated_file_gives_rows_or_says_why_at_any_length()
    {
        Write();
        byte[] whole = File.ReadAllBytes(Path);
        int problems = 0;
        for (int length = whole.Length - 1; length > 0; length -= 1777)
        {
            File.WriteAllBytes(Path, whole[..length]);
            problems += Entries().Count(entry => !entry.IsRecord);
        }

        Assert.True(problems > 20);
    }

    [Fact]
    public void Read_pages_that_point_to_one_another_ends()
    {
        Write();
        byte[] whole = File.ReadAllBytes(Path);
        Gen.Select(Gen.Int[100, whole.Length - 1], Gen.Byte)
            .Sample(
                (at, value) =>
                {
                    byte[] damaged = [.. whole];
                    damaged[at] = value;
                    File.WriteAllBytes(Path, damaged);
                    Assert.InRange(Entries().Length, 0, Rows + 1);
                },
                seed: "0N0XIzNsQ0O2",
                iter: 200,
                threads: 1
            );
    }

    /// <summary>Each page of the tree but its leaves names its first child again and again, down to the last level.</summary>
    [Fact]
    public void Read_tree_whose_pages_point_to_one_page_many_times_ends()
    {
        const int PageSize = 4096;
        const byte InteriorOfTable = 5;
        StructureFile.Write(Path, [.. Enumerable.Range(1, 2000).Select(Polonium)]);
        byte[] file = File.ReadAllBytes(Path);
        int scratched = 0;
        for (int page = PageSize; page < file.Length; page += PageSize)
        {
            if (file[page] == InteriorOfTable)
            {
                scratched++;
                int cells = (file[page + 3] << 8) + file[page + 4];
                int first = page + (file[page + 12] << 8) + file[page + 13];
                for (int cell = 1; cell < cells; cell++)
                {
                    int pointer = page + 12 + (2 * cell);
                    int place = page + (file[pointer] << 8) + file[pointer + 1];
                    file.AsSpan(first, 4).CopyTo(file.AsSpan(place));
                }

                file.AsSpan(first, 4).CopyTo(file.AsSpan(page + 8));
            }
        }

        Assert.True(scratched > 0);
        File.WriteAllBytes(Path, file);
        DataSetEntry[] entries = Entries();
        Assert.InRange(entries.Length, 1, 2000);
        Assert.Contains(
            "rows are not in the order of their ids",
            entries[^1].Problem!.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_database_that_is_being_written_is_refused()
    {
        Write();
        File.WriteAllText($"{Path}-wal", "changes");
        Refused("has " + Path + "-wal beside it");
    }

    [Fact]
    public void Read_leaves_the_file_and_its_folder_as_they_are()
    {
        Write();
        byte[] before = File.ReadAllBytes(Path);
        _ = Entries();
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Single(Directory.GetFileSystemEntries(folder[""]));
    }

    [Fact]
    public void Read_compressed_database_or_one_in_an_archive_is_refused()
    {
        File.WriteAllText(folder["a.db.gz"], "any");
        Assert.Contains(
            "unpack it first",
            Assert.Throws<StructureFormatException>(() => StructureFile.Read(folder["a.db.gz"])).Message,
            StringComparison.Ordinal
        );
        Write();
        File.Delete(folder["a.db.gz"]);
        System.IO.Compression.ZipFile.CreateFromDirectory(
            folder[""],
            folder["../" + System.IO.Path.GetFileName(folder[""].TrimEnd('/')) + ".zip"]
        );
        string archive = folder[""].TrimEnd('/') + ".zip";
        try
        {
            Assert.Contains(
                "within an archive",
                Assert.Single(DataSet.Read(archive)).Problem!.Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private DataSetEntry[] Entries() => [.. DataSet.Read(Path)];

    private void Refused(string expected)
    {
        StructureFormatException problem = Assert.Throws<StructureFormatException>(() => StructureFile.Read(Path));
        Assert.StartsWith(Path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    private void Write() => StructureFile.Write(Path, [.. Enumerable.Range(1, Rows).Select(Polonium)]);

    private static CrystalRecord Polonium(int number) =>
        new($"po-{number}", new Structure(Lattice.Cubic(3), [new Site(Element.FromSymbol("Po"), default)]));

    private void Make(string sql)
    {
        using SqliteConnection connection = SqliteFile.Create(Path);
        SqliteFile.Execute(connection, sql);
    }
}
