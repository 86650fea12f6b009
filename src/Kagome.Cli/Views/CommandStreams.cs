using System.CommandLine;
using Kagome.Formats;

namespace Kagome.Cli.Views;

/// <summary>Where a command writes: results to one, progress and warnings to the other.</summary>
internal sealed record CommandStreams(TextWriter Output, TextWriter Error)
{
    /// <summary>Prints a result: as JSON where that was asked for, else as text.</summary>
    public int Print(bool asJson, DocumentSchema schema, object document, Action<TextWriter> text)
    {
        if (asJson)
        {
            Output.WriteLine(schema.Format(document));
        }
        else
        {
            text(Output);
        }

        return ExitCode.Success;
    }

    public static CommandStreams Of(ParseResult parsed) =>
        new(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
}
