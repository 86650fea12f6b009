using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonLines;
using Kagome.Formats.PymatgenJson;
using Kagome.Formats.Tests.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.JsonDialects;

/// <summary>Files of many crystals.</summary>
public sealed class JsonContainerTests
{
    private const string Crystal = JsonDialectTests.CesiumIodide;

    private static readonly PymatgenJsonFormat Format = new();

    [Theory]
    [InlineData(
        $$"""[{"material_id": "a", "structure": {{Crystal}} }, {"material_id": "b", "structure": {{Crystal}} }]""",
        "a b"
    )]
    [InlineData(
        $$"""{"columns": ["structure", "gap"], "index": ["a", "b"], "data": [[{{Crystal}}, 1], [{{Crystal}}, 2]]}""",
        "a b"
    )]
    [InlineData(
        $$"""{"columns": ["material_id", "structure"], "index": [0, 1], "data": [["a", {{Crystal}}], ["b", {{Crystal}}]]}""",
        "a b"
    )]
    [InlineData(
        $$"""{"columns": ["structure", "gap"], "index": [0, 1], "data": [[{{Crystal}}, 1], [{{Crystal}}, 2]]}""",
        "set-1 set-2"
    )]
    [InlineData(
        $$"""{"material_id": {"0": "a", "1": "b"}, "structure": {"0": {{Crystal}}, "1": {{Crystal}} } }""",
        "a b"
    )]
    [InlineData($$"""{"structure": {"a": {{Crystal}}, "b": {{Crystal}} }, "gap": {"a": 1, "b": 2} }""", "a b")]
    [InlineData(
        $$"""{"0": {"material_id": "a", "structure": {{Crystal}} }, "1": {"material_id": "b", "structure": {{Crystal}} } }""",
        "a b"
    )]
    [InlineData(
        $$"""{"schema": {}, "data": [{"index": 0, "id": "a", "structure": {{Crystal}} }, {"index": 1, "structure": {{Crystal}} }]}""",
        "a set-2"
    )]
    [InlineData($$"""{"a": {{Crystal}}, "b": {{Crystal}} }""", "a b")]
    [InlineData($$"""{"data": [{"material_id": "a", "structure": {{Crystal}} }], "meta": {} }""", "a")]
    [InlineData($$"""{"data": {"material_id": "a", "structure": {{Crystal}} } }""", "a")]
    [InlineData($"{Crystal}\n{Crystal}\n", "set-1 set-2")]
    [InlineData(
        $$"""[{"initial_structure": 7, "computed_structure_entry": {"entry_id": "a", "structure": {{Crystal}} } }]""",
        "a"
    )]
    public void Read_container_gives_every_entry(string text, string ids)
    {
        DataSetEntry[] entries = FormatText.Read(Format, text, "set.json");

        Assert.Equal(ids, string.Join(' ', entries.Select(entry => entry.Record?.Id)));
        Assert.All(
            entries,
            entry =>
                Assert.Equal(
                    "Cs1I1",
                    $"{entry.Record!.Structure.Composition.Formula}".Replace("CsI", "Cs1I1", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void Read_table_keeps_labels_and_takes_texts_of_crystals()
    {
        string cif = JsonSerializer.Serialize(CifText.RockSalt);
        string json = JsonSerializer.Serialize(Crystal);
        string text =
            $$"""{"columns": ["cif", "gap"], "index": ["a", "b"], "data": [[{{cif}}, 1.5], [{{json}}, null]]}""";

        CrystalRecord[] records = [.. FormatText.Read(Format, text).Select(entry => entry.Record!)];

        Assert.Equal(["Na", "Cs"], records.Select(record => record.Structure.Sites[0].Element.Symbol));
        Assert.Equal([1.5], records[0].Labels.Values);
        Assert.Empty(records[1].Labels);
    }

    [Fact]
    public void Read_damaged_row_is_named_and_hides_no_other()
    {
        string text =
            $$"""{"columns": ["structure"], "index": ["a", "b", "c"], "data": [[{{Crystal}}], [null], [{{Crystal}}]]}""";

        DataSetEntry[] entries = FormatText.Read(Format, text);

        Assert.Equal([true, false, true], entries.Select(entry => entry.IsRecord));
        Assert.StartsWith(
            "file in structure 2 (b): there is no structure",
            entries[1].Problem!.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_lines_of_structures_gives_each()
    {
        string text =
            $"{Crystal}\n{{\"material_id\": \"a\", \"structure\": {Crystal}, \"gap\": 2}}\n{{\"id\": \"x\"}}\n";

        DataSetEntry[] entries = FormatText.Read(new JsonLinesFormat(), text, "set.jsonl");

        Assert.Equal(["set-1", "a", null], entries.Select(entry => entry.Record?.Id));
        Assert.Equal([2], entries[1].Record!.Labels.Values);
        Assert.Contains(
            "expected the fields id, cell, z and frac",
            entries[2].Problem!.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>Whatever JSON a file holds, it is read or refused: nothing else is thrown.</summary>
    [Fact]
    public void Read_cut_and_mixed_documents_never_fails_otherwise()
    {
        string[] words =
        [
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "true",
            "7",
            "-1e308",
            "\"data\"",
            "\"columns\"",
            "\"index\"",
            "\"structure\"",
            "\"lattice\"",
            "\"sites\"",
            "\"lattice_mat\"",
            "\"attributes\"",
            "\"lattice_vectors\"",
            "\"species_at_sites\"",
            "\"cell\"",
            "\"z\"",
            Crystal,
        ];
        Gen.Int[0, words.Length - 1]
            .Array[1, 12]
            .Sample(
                picks => _ = Entries(string.Concat(picks.Select(pick => words[pick]))),
                seed: "0N0XIzNsQ0O2",
                iter: 20_000,
                threads: 1
            );
    }

    private static int Entries(string text)
    {
        try
        {
            return FormatText.Read(Format, text).Length;
        }
        catch (StructureFormatException)
        {
            return 0;
        }
    }
}
