using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Tests.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests;

/// <summary>Compares our writing and reading with pymatgen and ASE.</summary>
public sealed class PythonComparisonTests
{
    /// <summary>pymatgen rounds nothing that we write, but snaps 0.3333 to a third.</summary>
    private const double FileTolerance = 1e-8;

    /// <summary>Relative.</summary>
    private const double VolumeTolerance = 1e-6;

    private const int Crystals = 20;

    /// <summary>Readers that each format has, of pymatgen and ASE.</summary>
    private static readonly Dictionary<string, int> ReadersOfFile = new()
    {
        ["a.cif"] = 2,
        ["POSCAR"] = 2,
        ["a.extxyz"] = 1,
        ["a.json"] = 1,
    };

    [Fact]
    public void Write_every_format_is_read_alike_by_pymatgen_and_ase()
    {
        using TemporaryFolder folder = new();
        List<string> written = [];
        CrystalRecord[] records = CrystalGenerator.Records.Array[Crystals].Single(_ => true, seed: "0N0XIzNsQ0O2");
        foreach ((CrystalRecord record, int index) in records.Select((record, index) => (record, index)))
        {
            foreach (string name in ReadersOfFile.Keys)
            {
                string path = folder[$"{index}/{name}"];
                _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                StructureFile.Write(path, record);
                written.Add(path);
            }
        }

        JsonElement answer = PythonReaders.Read("structures", written);

        foreach (string path in written)
        {
            JsonProperty[] readers = [.. answer.GetProperty(path).EnumerateObject()];
            Assert.Equal(ReadersOfFile[Path.GetFileName(path)], readers.Length);
            Assert.All(readers, reader => AssertSame(StructureFile.ReadSingle(path).Structure, Parse(path, reader)));
        }
    }

    [Fact]
    public void Write_symmetrised_cif_is_expanded_alike_by_pymatgen_and_ase()
    {
        using TemporaryFolder folder = new();
        string path = folder["a.cif"];
        StructureFile.WriteCif(path, "fluorite", CifWriterTests.Fluorite);

        JsonElement answer = PythonReaders.Read("structures", [path]);

        Structure expected = StructureFile.ReadSingle(path).Structure;
        foreach (JsonProperty reader in answer.GetProperty(path).EnumerateObject())
        {
            Structure actual = Parse(path, reader);
            Assert.Equal(expected.Composition, actual.Composition);
            Assert.Equal(expected.Lattice.Volume, actual.Lattice.Volume, FileTolerance);
        }
    }

    /// <summary>Rhombohedral groups without operations: pymatgen does not choose the axes by the cell.</summary>
    private static readonly List<string> NamedInOtherAxes =
    [
        "MgCO3-Magnesite.cif",
        "FeCl3-Molysite.cif",
        "LiNbO3-LithiumNiobate.cif",
    ];

    [Fact]
    public void Read_avogadro_crystals_agrees_with_pymatgen()
    {
        Dictionary<string, Structure> ours = [];
        foreach (string path in AvogadroCrystalTests.Files().Where(path => !NamedInOtherAxes.Exists(path.EndsWith)))
        {
            DataSetEntry entry = DataSet.Read(path).First();
            if (entry.IsRecord)
            {
                ours[path] = entry.Record.Structure;
            }
        }

        JsonElement answer = PythonReaders.Read("compositions", ours.Keys);

        string[] differences = [.. ours.Select(pair => Difference(pair.Key, pair.Value, answer)).OfType<string>()];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
    }

    private static string? Difference(string path, Structure ours, JsonElement answer)
    {
        JsonElement theirs = answer.GetProperty(path).GetProperty("composition");
        if (theirs.TryGetProperty("error", out JsonElement error))
        {
            return $"{path}: {error}";
        }

        SortedDictionary<string, double> counts = new(StringComparer.Ordinal);
        foreach (JsonProperty count in theirs.GetProperty("counts").EnumerateObject())
        {
            string symbol = count.Name is "D" or "T" ? "H" : count.Name;
            counts[symbol] = counts.GetValueOrDefault(symbol) + count.Value.GetDouble();
        }

        string theirFormula = string.Join(' ', counts.Select(pair => $"{pair.Key}{pair.Value}"));
        string ourFormula = string.Join(
            ' ',
            ours.Composition.Counts.OrderBy(pair => pair.Key.Symbol, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}{pair.Value}")
        );
        double ratio = theirs.GetProperty("volume").GetDouble() / ours.Lattice.Volume;
        return theirFormula == ourFormula && Math.Abs(ratio - 1) <= VolumeTolerance
            ? null
            : $"{path}: ours {ourFormula}, theirs {theirFormula}, volume ratio {ratio}";
    }

    /// <summary>What a reader found, in the order of our sites.</summary>
    private static Structure Parse(string path, JsonProperty reader)
    {
        Assert.False(reader.Value.TryGetProperty("error", out JsonElement error), $"{path}, {reader.Name}: {error}");
        double[] cell = [.. reader.Value.GetProperty("cell").EnumerateArray().Select(value => value.GetDouble())];
        IEnumerable<Site> sites = reader
            .Value.GetProperty("species")
            .EnumerateArray()
            .Zip(reader.Value.GetProperty("frac").EnumerateArray())
            .Select(pair => new Site(
                Element.FromSymbol(pair.First.GetString()!),
                new Fractional(pair.Second[0].GetDouble(), pair.Second[1].GetDouble(), pair.Second[2].GetDouble())
            ));
        bool isSorted = reader.Name == "with_pymatgen" && Path.GetFileName(path) == "a.cif"; // by electronegativity
        return new Structure(
            Lattice.FromParameters(new LatticeParameters(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5])),
            isSorted ? InOrderOf(StructureFile.ReadSingle(path).Structure.Sites, [.. sites]) : sites
        );
    }

    private static IEnumerable<Site> InOrderOf(IEnumerable<Site> order, Site[] sites) =>
        order.Select(expected =>
            sites
                .Where(site => site.Element == expected.Element)
                .MinBy(site => Distance(site.Position, expected.Position))
        );

    private static double Distance(Fractional first, Fractional second)
    {
        Fractional shift = (first - second).WrapToNearest();
        return Math.Abs(shift.X) + Math.Abs(shift.Y) + Math.Abs(shift.Z);
    }

    /// <summary>Compares cell parameters and positions, which are what all the readers give.</summary>
    private static void AssertSame(Structure expected, Structure actual) =>
        CrystalAssert.SameUpToOrientation(
            new Structure(Lattice.FromParameters(expected.Lattice.Parameters), expected.Sites),
            actual,
            FileTolerance
        );
}
