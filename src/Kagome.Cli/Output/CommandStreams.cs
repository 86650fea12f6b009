using System.CommandLine;

namespace Kagome.Cli.Output;

/// <summary>Where a command writes: results to one, progress and warnings to the other.</summary>
internal sealed record CommandStreams(TextWriter Output, TextWriter Error)
{
    public static CommandStreams Of(ParseResult parsed) =>
        new(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
}
