using Kagome.Crystals.Structures;
using Kagome.Formats.JsonLines;
using Kagome.Formats.Text;
using Kagome.Testing;

namespace Kagome.Formats.Tests.JsonLines;

public sealed class JsonLinesReaderTests
{
    private const string RockSalt =
        """{"id":"a","formula":"NaCl","n":2,"cell":[3.9,3.9,3.9,60,60,60],"z":[11,17],"frac":[[0,0,0],[0.5,0.5,0.5]],"split":"val","e_hull":0.25,"source":"x"}""";

    [Fact]
    public void Read_line_gives_its_structure_split_and_labels()
    {
        CrystalRecord record = Assert.Single(Read(RockSalt)).Record!;

        Assert.Equal("a", record.Id);
        Assert.Equal("val", record.Split);
        Assert.Equal([KeyValuePair.Create("e_hull", 0.25)], record.Labels);
        Assert.Equal(["Na", "Cl"], record.Structure.Sites.Select(site => site.Element.Symbol));
        Assert.Equal(new(0.5, 0.5, 0.5), record.Structure.Sites[1].Position);
        Assert.Equal(60, record.Structure.Lattice.Parameters.Beta, 10);
    }

    [Theory]
    [InlineData("\"n\":2", "\"n\":3", "n is 3; expected 2")]
    [InlineData("\"n\":2", "\"n\":\"2\"", "n is 2; expected 2")]
    [InlineData("NaCl", "NaCl2", "formula is 'NaCl2'; expected NaCl")]
    [InlineData("NaCl", "((", "formula is '(('")]
    [InlineData("[11,17]", "[11,119]", "z holds 119")]
    [InlineData("[11,17]", "[]", "z lists 0 atoms")]
    [InlineData("[11,17]", "11", "no array 'z'")]
    [InlineData("[0,0,0]", "[0,0]", "frac[0] is [0,0]")]
    [InlineData("[0,0,0]", "[0,0,1e999]", "frac[0] is [0,0,1e999]")]
    [InlineData("[0,0,0],", "", "frac lists 1 positions; expected 2")]
    [InlineData("3.9,3.9,3.9", "3.9,3.9,-3.9", "c is -3.9")]
    [InlineData("60,60,60", "60,60,120", "enclose no volume")]
    [InlineData("3.9,3.9,3.9", "3.9,3.9,1e300", "a lattice vector is 1E+300 Å long")]
    [InlineData("}", "", "is no JSON")]
    public void Read_damaged_line_says_what_is_wrong_and_goes_on(string part, string damage, string expected)
    {
        DataSetEntry[] entries = Read(
            $"{RockSalt}\n{RockSalt.Replace(part, damage, StringComparison.Ordinal)}\n\n{RockSalt}"
        );

        Assert.Equal([true, false, true], entries.Select(entry => entry.IsRecord));
        Assert.StartsWith("set.jsonl:2: ", entries[1].Problem!.Message, StringComparison.Ordinal);
        Assert.Contains(expected, entries[1].Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(2, entries[1].Problem!.Line);
    }

    [Fact]
    public void Read_binary_text_is_refused() =>
        Assert.Contains(
            "NUL",
            Assert.Throws<StructureFormatException>(() => Read("{\"id\":\0")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_endless_line_is_refused_before_it_fills_the_memory() =>
        Assert.Contains(
            "longer than",
            Assert
                .Throws<StructureFormatException>(() => Read(new string(' ', FormatLimits.MaximumLineCharacters + 99)))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Write_then_read_returns_the_same_record()
    {
        CrystalRecord record = Assert.Single(Read(RockSalt)).Record!;
        using StringWriter text = new();
        new JsonLinesFormat().Write(text, [record]);

        CrystalRecord again = Assert.Single(Read(text.ToString())).Record!;

        Assert.Equal(record.Structure.Sites, again.Structure.Sites);
        Assert.Equal(record.Labels, again.Labels);
        Assert.Equal((record.Id, record.Split), (again.Id, again.Split));
        Assert.Equal(record.Structure.Lattice.Parameters.A, again.Structure.Lattice.Parameters.A, 12);
    }

    [Theory]
    [InlineData("mp20-train", 25_889)]
    [InlineData("mp20-val", 8_849)]
    [InlineData("supercon-jarvis", 1_051)]
    public void Read_data_set_takes_every_entry(string name, int expectedCount)
    {
        string path = SharedData.PathOrSkip($"data/{name}.jsonl.gz");

        Assert.Equal(expectedCount, DataSet.Read(path).RecordsOrThrow().Count());
    }

    private static DataSetEntry[] Read(string text)
    {
        using StringReader reader = new(text);
        return [.. new JsonLinesFormat().Read(reader, "set.jsonl")];
    }
}
