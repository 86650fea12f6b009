using System.Text;
using System.Text.Json;

namespace Kagome.Formats.Tests;

public sealed class DocumentSchemaTests
{
    private static readonly Salt Rock = new("NaCl", 5.64, null);

    [Fact]
    public void Format_of_a_record_begins_with_the_version() =>
        Assert.Equal(
            "{\n  \"schema_version\": 1,\n  \"formula\": \"NaCl\",\n  \"edge_length\": 5.64,\n  \"problem\": null\n}",
            DocumentSchema.Dedupe.Format(Rock).ReplaceLineEndings("\n")
        );

    [Fact]
    public void Format_of_a_list_is_an_object_with_one()
    {
        JsonElement document = JsonDocument.Parse(DocumentSchema.Info.Format(new[] { Rock, Rock })).RootElement;
        Assert.Equal(["schema_version", "files"], document.EnumerateObject().Select(field => field.Name));
        Assert.Equal(2, document.GetProperty("files").GetArrayLength());
        Assert.Equal("{\"schema_version\":1,\"files\":[]}", DocumentSchema.Info.Line(Array.Empty<Salt>()));
    }

    [Fact]
    public void Line_is_what_the_plain_line_is_with_the_version_before()
    {
        const string Start = "{\"schema_version\":1,";
        string line = DocumentSchema.Duplicate.Line(new Salt("Å & <β>", 1e-7, "\"no\""));
        Assert.Equal(Start + JsonText.Line(new Salt("Å & <β>", 1e-7, "\"no\""))[1..], line);
        Assert.Equal(
            Encoding.UTF8.GetBytes(line),
            DocumentSchema.Duplicate.LineBytes(new Salt("Å & <β>", 1e-7, "\"no\""))
        );
    }

    [Theory]
    [InlineData("{\"formula\":\"NaCl\",\"edge_length\":5.64,\"problem\":null}")] // from before there were versions
    [InlineData("{\"schema_version\":1,\"formula\":\"NaCl\",\"edge_length\":5.64,\"problem\":null,\"more\":1}")]
    public void Parse_gives_the_record(string text) => Assert.Equal(Rock, DocumentSchema.Dedupe.Parse<Salt>(text));

    [Theory]
    [InlineData("{\"schema_version\":2,\"formula\":\"NaCl\",\"edge_length\":5.64}", "Its schema_version is 2")]
    [InlineData("{\"schema_version\":\"1\",\"formula\":\"NaCl\",\"edge_length\":5.64}", "Its schema_version is \"1\"")]
    [InlineData("{\"schema_version\":1.5,\"formula\":\"NaCl\",\"edge_length\":5.64}", "Its schema_version is 1.5")]
    [InlineData("{\"schema_version\":", "")]
    [InlineData("[]", "")]
    public void Parse_of_another_version_or_no_document_is_refused(string text, string part) =>
        Assert.Contains(
            part,
            Assert.ThrowsAny<JsonException>(() => DocumentSchema.Dedupe.Parse<Salt>(text)).Message,
            StringComparison.Ordinal
        );

    private sealed record Salt(string Formula, double EdgeLength, string? Problem);
}
