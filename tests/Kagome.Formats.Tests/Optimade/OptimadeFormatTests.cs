using System.Text.Json;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Formats.Optimade;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Optimade;

public sealed class OptimadeFormatTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly OptimadeFormat Format = new();

    [Fact]
    public void Write_returns_exact_lattice_vectors_names_splits_and_labels() =>
        CrystalGenerator
            .Records.Array[1, 5]
            .Sample(
                records =>
                {
                    DataSetEntry[] again = FormatText.Read(Format, FormatText.Write(Format, records));
                    Assert.Equal(records.Length, again.Length);
                    foreach ((CrystalRecord expected, DataSetEntry entry) in records.Zip(again))
                    {
                        CrystalRecord actual = entry.Record!;
                        Assert.Equal((expected.Id, expected.Split), (actual.Id, actual.Split));
                        Assert.Equal(expected.Labels, actual.Labels);
                        Assert.Equal(expected.Structure.Lattice, actual.Structure.Lattice);
                        CrystalAssert.Same(expected.Structure, actual.Structure);
                    }
                },
                seed: Seed,
                iter: 100,
                threads: 1
            );

    [Fact]
    public void Write_begins_with_the_version_and_the_fields()
    {
        CrystalRecord record = Salt with
        {
            Labels = Salt.Labels.Add("e_hull", 0.1).Add("Tc (K)", 9).Add("_omdb_band_gap", 2),
        };
        string[] lines = FormatText.Write(Format, record).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("""{"x-optimade":{"meta":{"api_version":"1.2.0"}}}""", lines[0]);
        JsonElement info = Parse(lines[1]);
        Assert.Equal(("info", "structures"), (Text(info, "type"), Text(info, "id")));
        string[] described = [.. info.GetProperty("properties").EnumerateObject().Select(field => field.Name)];
        Assert.Empty(new[] { "_kagome_e_hull", "_kagome_tc__k_", "_omdb_band_gap", "nsites" }.Except(described));
        IEnumerable<string> given = Parse(lines[2])
            .GetProperty("attributes")
            .EnumerateObject()
            .Select(field => field.Name);
        Assert.Empty(given.Except(described));
        Assert.Empty(described.Except([.. given, "id", "type"]));
    }

    [Fact]
    public void Write_gives_the_attributes_of_the_specification()
    {
        string line = FormatText.Write(Format, Salt).Split('\n')[2];
        JsonElement entry = Parse(line);
        Assert.Equal(("structures", Salt.Id), (Text(entry, "type"), Text(entry, "id")));
        JsonElement attributes = entry.GetProperty("attributes");
        string[] expected =
        [
            """ "immutable_id":null,"last_modified":null,"elements":["Cl","Na"],"nelements":2,"elements_ratios":[0.5,0.5] """,
            """ "chemical_formula_descriptive":"NaCl","chemical_formula_reduced":"ClNa","chemical_formula_hill":"Cl4Na4","chemical_formula_anonymous":"AB" """,
            """ "dimension_types":[1,1,1],"nperiodic_dimensions":3,"lattice_vectors":[[ """,
            """ "nsites":8,"species":[{"name":"Na","chemical_symbols":["Na"],"concentration":[1]},{"name":"Cl","chemical_symbols":["Cl"],"concentration":[1]}] """,
            """ "structure_features":[] """,
        ];
        Assert.All(expected, part => Assert.Contains(part.Trim(), line, StringComparison.Ordinal));
        Assert.Equal(8, attributes.GetProperty("cartesian_site_positions").GetArrayLength());
        Assert.Equal(8, attributes.GetProperty("species_at_sites").GetArrayLength());
    }

    [Theory]
    [InlineData("SrTiO3", "O3SrTi", "O3SrTi", "A3BC")]
    [InlineData("C2H6O", "C2H6O", "C2H6O", "A6B2C")]
    [InlineData("CaC2", "C2Ca", "C2Ca", "A2B")]
    [InlineData("H4O2", "H2O", "H4O2", "A2B")]
    [InlineData("Na4Cl4", "ClNa", "Cl4Na4", "AB")]
    [InlineData("HHeLiBeBCNOFNeNaMgAlSiPSClArKCaScTiVCrMnFeCoNi2", null, null, "A2BCDEFGHIJKLMNOPQRSTUVWXYZAaBa")]
    public void Formulas_are_in_the_orders_of_the_specification(
        string formula,
        string? reduced,
        string? hill,
        string anonymous
    )
    {
        Composition composition = FormulaParser.Parse(formula);
        Assert.Equal(anonymous, OptimadeFormulas.Anonymous(composition));
        Assert.Equal(reduced ?? OptimadeFormulas.Reduced(composition), OptimadeFormulas.Reduced(composition));
        Assert.Equal(hill ?? OptimadeFormulas.Hill(composition), OptimadeFormulas.Hill(composition));
    }

    [Fact]
    public void Read_passes_over_lines_that_are_no_structures()
    {
        string text = FormatText.Write(Format, Salt);
        const string Reference = """{"type": "references", "id": "a", "attributes": {"title": "On salt"}}""";
        CrystalRecord record = FormatText.ReadRecord(StructureFormats.ByName("jsonl"), $"{text}{Reference}\n");
        Assert.Equal(Salt.Id, record.Id);
    }

    [Theory]
    [InlineData("""{"type": "structures", "id": "a", "attributes": {}}""")]
    [InlineData("""{"type": "info", "id": "a"}""")]
    [InlineData("""{"type": "references", "id": "a"}""")]
    public void Read_line_that_should_be_a_structure_is_a_problem(string line) =>
        Assert.False(Assert.Single(FormatText.Read(Format, line)).IsRecord);

    [Fact]
    public void ForFile_takes_the_end_of_the_name()
    {
        Assert.Equal("optimade", StructureFormats.ForFile("crystals.optimade.jsonl.gz").Name);
        Assert.Equal("jsonl", StructureFormats.ForFile("crystals.jsonl").Name);
    }

    private static CrystalRecord Salt =>
        FormatText.ReadRecord(StructureFormats.ByName("cif"), Cif.CifText.RockSalt) with
        {
            Id = "mp-22862",
        };

    private static JsonElement Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement value, string name) => value.GetProperty(name).GetString();
}
