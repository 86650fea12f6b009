using System.CommandLine;
using Kagome.Formats;
using Kagome.Formats.Text;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>How files of structures are written whose names do not tell: the same option wherever structures are read.</summary>
internal sealed class SourceFormat
{
    /// <summary>The names of all formats.</summary>
    public static readonly string[] Names = [.. StructureFormats.All.Select(format => format.Name)];

    public Option<string?> Option { get; } =
        Choice("--from", "Format of the files that are read, where their names do not tell.", Names);

    /// <summary>Null, as names tell.</summary>
    public IStructureFormat? Read(ParseResult parsed) => Find(parsed.GetValue(Option));

    /// <summary>The format of a name; null for none.</summary>
    public static IStructureFormat? Find(string? name) => name is null ? null : StructureFormats.ByName(name);
}
