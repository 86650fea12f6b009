using System.CommandLine;
using System.Text.Json.Nodes;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Schemas;

/// <summary>docs/schemas says what documents hold. Real ones are checked wherever a test runs a command with --json (<see cref="ProgramRun"/>).</summary>
public sealed class PublishedSchemasTests
{
    private const string WriteVariable = "KAGOME_WRITE_SCHEMAS";

    public static TheoryData<string> Names => [.. DocumentSchema.All.Select(document => document.Name)];

    /// <summary>With the variable KAGOME_WRITE_SCHEMAS=1 the files are made.</summary>
    [Fact]
    public void Schemas_are_what_the_records_and_their_docstrings_say()
    {
        IReadOnlyDictionary<string, string> wanted = SchemaText.All(out IReadOnlyCollection<string> undocumented);
        Assert.True(undocumented.Count == 0, $"No docstring says what these are:\n{string.Join("\n", undocumented)}");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            foreach ((string name, string text) in wanted)
            {
                File.WriteAllText(Path.Combine(PublishedSchemas.Folder, name), text);
            }
        }

        string[] files =
        [
            .. Directory.EnumerateFiles(PublishedSchemas.Folder, "*.json").Select(path => Path.GetFileName(path)),
        ];
        Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Assert.All(
            wanted,
            file =>
                Assert.Equal(
                    file.Value,
                    File.ReadAllText(Path.Combine(PublishedSchemas.Folder, file.Key))
                        .Replace("\r\n", "\n", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void All_documents_have_a_name_of_their_own_and_known_contents()
    {
        Assert.Distinct(DocumentSchema.All.Select(document => document.Name));
        Assert.All(DocumentSchema.All, document => Assert.Contains(document, DocumentContents.All.Keys));
    }

    [Fact]
    public void All_commands_with_JSON_print_a_document_that_is_known()
    {
        string[] commands = [.. WithJson(KagomeProgram.CreateCommand(), "")];
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.True(CommandDocuments.Has(command), command));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Index_names_the_schema(string name) =>
        Assert.Contains(
            $"[{name}]({name}{SchemaText.End})",
            File.ReadAllText(Path.Combine(PublishedSchemas.Folder, "README.md")),
            StringComparison.Ordinal
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_of_a_document_refuses_an_empty_one(string name) =>
        Assert.NotEmpty(PublishedSchemas.Problems(Document(name), "{}"));

    [Theory]
    [InlineData("pressure")]
    [InlineData("formula")]
    [InlineData(DocumentSchema.VersionField)]
    public async Task Schema_refuses_a_field_too_many_or_too_few(string field)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of("info", path, "--json");
        run.AssertSuccess();
        PublishedSchemas.AssertValid(DocumentSchema.Info, run.Output);
        JsonObject document = JsonNode.Parse(run.Output)!.AsObject();
        JsonObject changed =
            field == DocumentSchema.VersionField ? document : document["files"]![0]!["structures"]![0]!.AsObject();
        if (!changed.Remove(field))
        {
            changed[field] = 1;
        }

        Assert.NotEmpty(PublishedSchemas.Problems(DocumentSchema.Info, document.ToJsonString()));
    }

    private static DocumentSchema Document(string name) => DocumentSchema.All.Single(document => document.Name == name);

    private static IEnumerable<string> WithJson(Command command, string path)
    {
        if (command.Options.Any(option => option.Name == "--json"))
        {
            yield return path.Trim();
        }

        foreach (string inner in command.Subcommands.SelectMany(inner => WithJson(inner, $"{path} {inner.Name}")))
        {
            yield return inner;
        }
    }
}
