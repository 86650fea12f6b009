using Kagome.Crystals.Structures;
using Kagome.Formats.PymatgenJson;

namespace Kagome.Formats.Tests.JsonDialects;

/// <summary>Objects that hold one crystal.</summary>
public sealed class JsonDialectTests
{
    private const double Tolerance = 1e-12;

    private const string Sites = """
        [{"species": [{"element": "Cs", "occu": 1}], "abc": [0, 0, 0]}, {"species": [{"element": "I", "occu": 1}], "abc": [0.5, 0.5, 0.5]}]
        """;

    internal const string CesiumIodide =
        $$"""{"@class": "Structure", "lattice": {"matrix": [[4.5, 0, 0], [0, 4.5, 0], [0, 0, 4.5]]}, "sites": {{Sites}} }""";

    private const string Parameters =
        $$"""{"lattice": {"a": 4.5, "b": 4.5, "c": 4.5, "alpha": 90, "beta": 90, "gamma": 90}, "sites": {{Sites}} }""";

    private const string Jarvis =
        """{"lattice_mat": [[4.5, 0, 0], [0, 4.5, 0], [0, 0, 4.5]], "coords": [[0, 0, 0], [0.5, 0.5, 0.5]], "elements": ["Cs", "I"], "cartesian": false}""";

    private const string Optimade =
        """{"id": "x", "type": "structures", "attributes": {"lattice_vectors": [[4.5, 0, 0], [0, 4.5, 0], [0, 0, 4.5]], "dimension_types": [1, 1, 1], "cartesian_site_positions": [[0, 0, 0], [2.25, 2.25, 2.25]], "species_at_sites": ["Cs1", "I"], "species": [{"name": "Cs1", "chemical_symbols": ["Cs"], "concentration": [1.0]}, {"name": "I", "chemical_symbols": ["I"], "concentration": [1]}], "nsites": 2, "_x_gap": 3.5}}""";

    private static readonly PymatgenJsonFormat Format = new();

    [Theory]
    [InlineData(CesiumIodide, "\"Structure\"", "\"IStructure\"")]
    [InlineData(CesiumIodide, "\"Structure\"", "\"Slab\"")]
    [InlineData(Parameters, "", "")]
    [InlineData(Jarvis, "", "")]
    [InlineData(
        Jarvis,
        "[0.5, 0.5, 0.5]], \"elements\": [\"Cs\", \"I\"], \"cartesian\": false",
        "[2.25, 2.25, 2.25]], \"elements\": [\"Cs\", \"I\"], \"cartesian\": true"
    )]
    [InlineData(Optimade, "", "")]
    [InlineData(
        """{"cell": [4.5, 4.5, 4.5, 90, 90, 90], "z": [55, 53], "frac": [[0, 0, 0], [0.5, 0.5, 0.5]]}""",
        "",
        ""
    )]
    public void Read_every_dialect_gives_the_same_crystal(string text, string part, string spelling)
    {
        string spelt = part.Length > 0 ? text.Replace(part, spelling, StringComparison.Ordinal) : text;

        CrystalAssert.Same(FormatText.ReadOne(Format, CesiumIodide), FormatText.ReadOne(Format, spelt), Tolerance);
    }

    [Theory]
    [InlineData(
        $$"""{"@class": "ComputedStructureEntry", "energy": -6.5, "correction": 0.5, "entry_id": "mp-7", "structure": {{CesiumIodide}}, "data": {"x": 1} }""",
        "mp-7",
        "correction=0.5 energy=-6.5"
    )]
    [InlineData(
        $$"""{"material_id": "mp-7", "structure": {{CesiumIodide}}, "energy_above_hull": 0.01, "is_stable": false}""",
        "mp-7",
        "energy_above_hull=0.01"
    )]
    [InlineData(
        $$"""{"jid": "JVASP-7", "atoms": {{Jarvis}}, "optb88vdw_bandgap": 3.5, "mbj_bandgap": "na"}""",
        "JVASP-7",
        "optb88vdw_bandgap=3.5"
    )]
    [InlineData(Optimade, "x", "_x_gap=3.5")]
    [InlineData($$"""{"structure": {{CesiumIodide}}, "initial_structure": {} }""", "file", "")]
    public void Read_document_keeps_name_and_numbers(string text, string id, string labels)
    {
        CrystalRecord record = Assert.Single(FormatText.Read(Format, text)).Record!;

        Assert.Equal(id, record.Id);
        Assert.Equal(labels, string.Join(' ', record.Labels.Select(label => $"{label.Key}={label.Value}")));
        CrystalAssert.Same(FormatText.ReadOne(Format, CesiumIodide), record.Structure, Tolerance);
    }

    [Theory]
    [InlineData(
        CesiumIodide,
        "\"occu\": 1}]",
        "\"occu\": 0.5}, {\"element\": \"Br\", \"occu\": 0.5}]",
        "sites[0] does not list exactly one species"
    )]
    [InlineData(
        CesiumIodide,
        "[0, 0, 4.5]]",
        "[0, 0, 4.5]], \"pbc\": [true, true, false]",
        "lattice.pbc is [true, true, false]"
    )]
    [InlineData(CesiumIodide, "\"Structure\"", "\"Molecule\"", "the object is a Molecule")]
    [InlineData(Parameters, "\"gamma\": 90", "\"gamma\": null", "no number gamma")]
    [InlineData(Parameters, "\"gamma\": 90", "\"gamma\": 0", "lattice: ")]
    [InlineData(
        Parameters,
        "\"abc\": [0.5",
        "\"xyz\": [0.5",
        "sites[1] has neither abc nor, with lattice vectors, xyz"
    )]
    [InlineData(Jarvis, "\"I\"]", "\"I\", \"I\"]", "coords lists 2 atoms; expected 3")]
    [InlineData(Jarvis, "[0, 0, 4.5]]", "[0, 0, \"x\"]]", "lattice_mat[2] is [0, 0, \"x\"]")]
    [InlineData(Jarvis, "[0, 4.5, 0]", "[4.5, 0, 0]", "lattice_mat: the cell has a volume of 0")]
    [InlineData(
        Optimade,
        "[\"Cs\"], \"concentration\": [1.0]",
        "[\"Cs\", \"Rb\"], \"concentration\": [0.5, 0.5]",
        "species_at_sites[0] is of the species 'Cs1', which is not one element"
    )]
    [InlineData(
        Optimade,
        "\"concentration\": [1.0]",
        "\"concentration\": [0.9]",
        "Disordered crystals need an ordered model"
    )]
    [InlineData(Optimade, "[\"Cs1\", \"I\"]", "[\"Cs2\", \"I\"]", "'Cs2', which species does not list")]
    [InlineData(Jarvis, "\"I\"]", "\"Iodine\"]", "elements[1] is of the species 'Iodine'")]
    [InlineData(Optimade, "[\"Cs\"]", "[\"vacancy\"]", "is of the species 'vacancy'")]
    [InlineData(Optimade, "[1, 1, 1]", "[1, 1, 0]", "dimension_types is [1, 1, 0]")]
    [InlineData(Optimade, "[0, 0, 4.5]]", "[null, null, null]]", "lattice_vectors[2] is [null, null, null]")]
    [InlineData(Optimade, "cartesian_site_positions", "positions", "cartesian_site_positions lists 0 atoms")]
    [InlineData("""{"structure": "data_x"}""", "", "", "no data block holds a crystal")]
    [InlineData("""{"structure": "{"}""", "", "", "the text is no JSON")]
    [InlineData("""{"structure": 7}""", "", "", "there is no lattice or no list of sites")]
    [InlineData("{}", "", "", "there is no lattice or no list of sites")]
    [InlineData("7", "", "", "there is no lattice or no list of sites")]
    public void Read_damaged_crystal_says_what_is_wrong(string text, string part, string damage, string expected)
    {
        string damaged = part.Length > 0 ? text.Replace(part, damage, StringComparison.Ordinal) : text;

        Assert.Contains(expected, FormatText.ProblemOf(Format, damaged).Message, StringComparison.Ordinal);
    }
}
