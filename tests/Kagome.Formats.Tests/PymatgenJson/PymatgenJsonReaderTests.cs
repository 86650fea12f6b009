using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.PymatgenJson;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.PymatgenJson;

public sealed class PymatgenJsonReaderTests
{
    private const string RockSalt = """
        {"@module": "pymatgen.core.structure", "@class": "Structure", "charge": null,
         "lattice": {"matrix": [[0.0, 2.8, 2.8], [2.8, 0.0, 2.8], [2.8, 2.8, 0.0]], "a": 3.96},
         "sites": [{"species": [{"element": "Na", "oxidation_state": 1, "occu": 1}], "abc": [0, 0, 0], "label": "Na+"},
                   {"species": [{"element": "Cl", "occu": 1.0}], "abc": [0.5, 0.5, 0.5], "xyz": [2.8, 2.8, 2.8]}]}
        """;

    private static readonly PymatgenJsonFormat Format = new();

    [Fact]
    public void Read_structure_gives_lattice_and_sites()
    {
        Structure crystal = FormatText.ReadOne(Format, RockSalt);

        Assert.Equal(new Cartesian(2.8, 0, 2.8), crystal.Lattice.B);
        Assert.Equal(["Na", "Cl"], crystal.Sites.Select(site => site.Element.Symbol));
        Assert.Equal(new Fractional(0.5, 0.5, 0.5), crystal.Sites[1].Position);
    }

    [Fact]
    public void Read_cartesian_positions_alone_suffice()
    {
        string text = RockSalt.Replace("\"abc\": [0.5, 0.5, 0.5], ", "", StringComparison.Ordinal);

        Assert.Equal(0.5, FormatText.ReadOne(Format, text).Sites[1].Position.X, 12);
    }

    [Fact]
    public void Read_array_names_the_damaged_structure()
    {
        DataSetEntry[] entries = FormatText.Read(Format, $"[{RockSalt}, 7, {RockSalt}]", "set.json");

        Assert.Equal(["set-1", null, "set-3"], entries.Select(entry => entry.Record?.Id));
        Assert.StartsWith(
            "set.json in structure 2: there is no lattice",
            entries[1].Problem!.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{\"@module", "", "is no JSON")]
    [InlineData("\"Structure\"", "\"Molecule\"", "the object is a Molecule")]
    [InlineData("\"sites\"", "\"atoms\"", "there is no lattice or no list of sites")]
    [InlineData("\"matrix\"", "\"rows\"", "lattice has no matrix")]
    [InlineData("[0.0, 2.8, 2.8]", "[0.0, 2.8]", "lattice.matrix[0] is [0.0, 2.8]")]
    [InlineData("[0.0, 2.8, 2.8]", "[2.8, 0.0, 2.8]", "the cell has a volume of 0")]
    [InlineData("[0.0, 2.8, 2.8]", "[0.0, 2.8, 1e999]", "lattice.matrix[0] is")]
    [InlineData("[0.0, 2.8, 2.8]", "[0.0, 2.8, NaN]", "is no JSON")]
    [InlineData("\"occu\": 1.0", "\"occu\": 0.5", "sites[1] (Cl) has the occupancy 0.5")]
    [InlineData("\"occu\": 1.0", "\"occu\": \"x\"", "sites[1] (Cl) has the occupancy")]
    [InlineData(
        "\"occu\": 1.0}",
        "\"occu\": 1.0}, {\"element\": \"Br\", \"occu\": 0}",
        "sites[1] does not list exactly one species"
    )]
    [InlineData("\"Cl\"", "\"X0+\"", "sites[1] is of the species 'X0+'")]
    [InlineData("\"abc\": [0.5", "\"abc\": [null", "sites[1].abc is [null, 0.5, 0.5]")]
    [InlineData("\"abc\": [0, 0, 0]", "\"def\": 0", "sites[0] has neither abc nor xyz")]
    public void Read_damaged_file_says_what_is_wrong(string part, string damage, string expected)
    {
        string text = RockSalt.Replace(part, damage, StringComparison.Ordinal);

        Assert.Contains(expected, FormatText.ProblemOf(Format, text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_deep_nesting_is_refused() =>
        Assert.Contains(
            "is no JSON",
            FormatText.ProblemOf(Format, new string('[', 100_000)).Message,
            StringComparison.Ordinal
        );
}
