using System.CommandLine;
using Kagome.Prototypes;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>Which libraries of known structure types are looked into, and what ranks them.</summary>
internal sealed class PrototypeChoice
{
    private readonly Option<string[]> libraries = Paths(
        "--library",
        "Libraries of prototypes; the one that came along by default, which `default` names beside others."
    );

    private readonly Option<string?> ranker = Text(
        "--ranker",
        "What ranks them: a file, or none to rank by how alike elements are; the one that came along by default."
    );

    public IEnumerable<Option> All => [libraries, ranker];

    /// <summary>What was named; null where nothing was, for what came along if anything did.</summary>
    public KnownStructureOptions? ReadNamed(ParseResult parsed) =>
        parsed.GetValue(libraries) is { Length: > 0 } || parsed.GetValue(ranker) is not null ? Read(parsed) : null;

    public KnownStructureOptions Read(ParseResult parsed) =>
        new()
        {
            Libraries = parsed.GetValue(libraries) is { Length: > 0 } named ? named : [KnownStructureOptions.Default],
            Ranker = parsed.GetValue(ranker) ?? KnownStructureOptions.Default,
        };
}
