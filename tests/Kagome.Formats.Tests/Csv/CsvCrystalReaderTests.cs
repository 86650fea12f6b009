using Kagome.Crystals.Structures;
using Kagome.Formats.Csv;
using Kagome.Formats.Tests.Cif;
using Kagome.Formats.Text;
using Kagome.Testing;

namespace Kagome.Formats.Tests.Csv;

public sealed class CsvCrystalReaderTests
{
    /// <summary>The CSV's CIFs have eight digits, the JSON lines six.</summary>
    private const double RoundingTolerance = 2e-6;

    private static readonly CsvFormat Format = new();

    private static readonly string Field = $"\"{CifText.RockSalt.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [Fact]
    public void Read_row_gives_crystal_name_and_numbers()
    {
        string text = $",material_id,band_gap,elements,empty,cif\n0,mp-1,5.5,\"['Na', 'Cl']\",,{Field}\n";

        CrystalRecord record = Assert.Single(FormatText.Read(Format, text)).Record!;

        Assert.Equal("mp-1", record.Id);
        Assert.Equal([KeyValuePair.Create("band_gap", 5.5)], record.Labels);
        Assert.Equal(8, record.Structure.AtomCount);
    }

    [Fact]
    public void Read_damaged_rows_says_what_is_wrong_and_goes_on()
    {
        string damaged = Field.Replace("5.64(2)", "x", StringComparison.Ordinal);
        string text = $"id,cif\na,{Field}\nb,{damaged}\nc,\nd\ne,{Field}\n";

        DataSetEntry[] entries = FormatText.Read(Format, text, "set.csv");

        Assert.Equal(["a", null, null, null, "e"], entries.Select(entry => entry.Record?.Id));
        Assert.Contains(
            "in row 2 (b): the cif field: line 2 of the CIF: _cell_length_a is 'x'",
            entries[1].Problem!.Message,
            StringComparison.Ordinal
        );
        Assert.All(
            entries[2..4],
            entry => Assert.Contains("the cif field is empty", entry.Problem!.Message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("id,formula\n1,NaCl\n")]
    public void Read_without_cif_column_is_refused(string text) =>
        Assert.Contains("expected one named cif", FormatText.ProblemOf(Format, text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("id,cif\na,\"")]
    [InlineData("id,cif\na,\"data_\"x\"\n")]
    [InlineData("\"")]
    [InlineData("id,\"ci\"f\"\n")]
    public void Read_quotesThatDoNotPair_isRefused(string text) =>
        Assert.Contains("row is damaged", FormatText.ProblemOf(Format, text).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_endless_field_is_refused()
    {
        string text = $"cif\n\"{new string('x', FormatLimits.MaximumLineCharacters + 10)}";

        Assert.Contains(
            "the row is damaged or endless",
            FormatText.ProblemOf(Format, text).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_official_data_agrees_with_json_lines()
    {
        string csvPath = SharedData.PathOrSkip("data/mp20-binary-ternary-val.csv.gz");
        Dictionary<string, CrystalRecord> expected = DataSet
            .Read(SharedData.PathOrSkip("data/mp20-val.jsonl.gz"))
            .RecordsOrThrow()
            .ToDictionary(record => record.Id);

        CrystalRecord[] actual = [.. DataSet.Read(csvPath).RecordsOrThrow()];

        Assert.Equal(7140, actual.Length);
        CrystalRecord[] common = [.. actual.Where(record => expected.ContainsKey(record.Id))];
        Assert.InRange(common.Length, 5000, 7140);
        foreach (CrystalRecord record in common)
        {
            CrystalAssert.SameUpToOrientation(expected[record.Id].Structure, record.Structure, RoundingTolerance);
        }
    }

    [Theory]
    [InlineData("cif")]
    [InlineData("CIF")]
    [InlineData(" cif")]
    [InlineData("structure")]
    [InlineData("Structure ")]
    public void Read_column_of_structures_by_any_of_its_names(string heading)
    {
        string cif = CifText.RockSalt.Replace("\"", "\"\"", StringComparison.Ordinal);
        string json = JsonDialects.JsonDialectTests.CesiumIodide.Replace("\"", "\"\"", StringComparison.Ordinal);

        DataSetEntry[] entries = FormatText.Read(
            new CsvFormat(),
            $"Material_ID, Gap,{heading}\nmp-1,1.5,\"{cif}\"\nmp-2,2,\"{json}\"\nmp-3,,\n"
        );

        Assert.Equal(["mp-1", "mp-2", null], entries.Select(entry => entry.Record?.Id));
        Assert.Equal(["Na", "Cs"], entries.Take(2).Select(entry => entry.Record!.Structure.Sites[0].Element.Symbol));
        Assert.Equal(1.5, entries[0].Record!.Labels["Gap"]);
        Assert.Contains($"the {heading.Trim()} field is empty", entries[2].Problem!.Message, StringComparison.Ordinal);
    }
}
