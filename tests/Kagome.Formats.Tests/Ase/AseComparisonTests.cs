using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Ase;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Ase;

/// <summary>ASE reads what we write, and we what it writes.</summary>
public sealed class AseComparisonTests : IDisposable
{
    private const double Tolerance = 1e-9;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_is_read_by_ase_with_keys_that_it_finds()
    {
        CrystalRecord[] records = CrystalGenerator.Records.Array[20].Single(_ => true, seed: "0N0XIzNsQ0O2");
        records = [.. records.Select((record, index) => record with { Id = $"mp-{index}" })];
        StructureFile.Write(folder["a.db"], records);

        JsonElement rows = PythonReaders.Database("read", folder["a.db"]);

        Assert.Equal(records.Length, rows.GetArrayLength());
        foreach ((int index, CrystalRecord record) in records.Index())
        {
            JsonElement row = rows[index];
            Assert.Equal(index + 1, row.GetProperty("id").GetInt32());
            Assert.Equal(record.Structure.Lattice.Volume, row.GetProperty("volume").GetDouble(), Tolerance);
            CrystalAssert.Same(record.Structure, Parse(row));
            Assert.Equal(record.Id, row.GetProperty("keys").GetProperty("material_id").GetString());
            Assert.Equal("train", row.GetProperty("keys").GetProperty("split").GetString());
            Assert.Equal(record.Labels["e_hull"], row.GetProperty("keys").GetProperty("e_hull").GetDouble());
            Assert.Equal("{}", row.GetProperty("data").GetRawText());
            Assert.Contains(index + 1, row.GetProperty("found").EnumerateArray().Select(found => found.GetInt32()));
        }

        Assert.Equal(
            records.Length,
            rows.EnumerateArray().Select(row => row.GetProperty("unique_id").GetString()).Distinct().Count()
        );
    }

    [Fact]
    public void Write_labels_that_are_no_keys_is_taken_by_ase_again()
    {
        string[] labels =
        [
            "Tc",
            "CO",
            "energy",
            "fmax",
            "band gap",
            "e²",
            "2nd",
            "id",
            "name",
            "label_x",
            "e_form",
            "data",
            "pbc",
            "NaCl",
        ];
        CrystalRecord record = new(
            "1e5",
            new Structure(Lattice.Cubic(3), [new Site(Element.FromSymbol("Po"), default)])
        )
        {
            Labels = labels
                .Index()
                .ToImmutableSortedDictionary(pair => pair.Item, pair => pair.Index + 0.5, StringComparer.Ordinal),
            Split = "nan",
        };
        StructureFile.Write(folder["a.db"], record);

        // ASE checks keys when it writes, and warnings are errors there
        _ = PythonReaders.Database("copy", folder["a.db"], folder["b.db"]);

        foreach (string path in new[] { folder["a.db"], folder["b.db"] })
        {
            CrystalRecord again = StructureFile.ReadSingle(path);
            Assert.Equal((record.Id, record.Split), (again.Id, again.Split));
            Assert.Equal(record.Labels, again.Labels);
        }
    }

    [Fact]
    public void Read_of_ase_gives_its_crystals_and_refuses_the_rest()
    {
        _ = PythonReaders.Database("write", folder["a.db"]);

        DataSetEntry[] entries = [.. DataSet.Read(folder["a.db"])];

        Assert.Equal(["salt", "computed", null, null, "a-5"], entries.Select(entry => entry.Record?.Id));
        CrystalRecord salt = entries[0].Record!;
        Assert.Equal("NaCl", salt.Structure.Composition.Formula);
        Assert.Equal(2 * Math.Pow(2.8, 3), salt.Structure.Lattice.Volume, Tolerance);
        Assert.Equal(0.5, Math.Abs(salt.Structure.Sites[1].Position.Y), Tolerance);
        Assert.Equal(["gap", "hull"], salt.Labels.Keys);
        Assert.Equal((5, 0.25), (salt.Labels["gap"], salt.Labels["hull"]));
        Assert.Equal(-6.5, entries[1].Record!.Labels["energy"]);
        Assert.Contains(
            "in row 3: pbc is F F F; expected T T T",
            entries[2].Problem!.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "in row 4: pbc is T T F; expected T T T",
            entries[3].Problem!.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Write_by_a_clock_gives_ase_its_years()
    {
        using (DataSetWriter writer = new(folder["a.db"], new AseDatabaseFormat { Clock = new FixedClock() }))
        {
            writer.Add(
                new CrystalRecord("po", new Structure(Lattice.Cubic(3), [new Site(Element.FromSymbol("Po"), default)]))
            );
            writer.Complete();
        }

        // (time.time() - 946681200.0) / 31557600.0
        Assert.Equal(26.9, PythonReaders.Database("read", folder["a.db"])[0].GetProperty("ctime").GetDouble(), 0.01);
    }

    private static Structure Parse(JsonElement row)
    {
        Cartesian[] cell = Vectors(row.GetProperty("cell"));
        Lattice lattice = new(cell[0], cell[1], cell[2]);
        Assert.All(row.GetProperty("pbc").EnumerateArray(), periodic => Assert.True(periodic.GetBoolean()));
        return new Structure(
            lattice,
            row.GetProperty("numbers")
                .EnumerateArray()
                .Zip(Vectors(row.GetProperty("positions")))
                .Select(atom => new Site(new Element(atom.First.GetInt32()), lattice.ToFractional(atom.Second)))
        );
    }

    private static Cartesian[] Vectors(JsonElement list) =>
        [
            .. list.EnumerateArray()
                .Select(vector => new Cartesian(vector[0].GetDouble(), vector[1].GetDouble(), vector[2].GetDouble())),
        ];

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    }
}
