using Kagome.Crystals.Structures;
using Kagome.Formats.JsonLines;
using Kagome.Formats.Text;

namespace Kagome.Formats.Optimade;

/// <summary>OPTIMADE's JSON lines: a head, a description of the fields, and a structure a line, as servers of OPTIMADE take them in.</summary>
/// <remarks>
/// <para>Labels are written as _kagome_ and their name, in lower case and with _ for what the names of OPTIMADE cannot have, and read without that; those that begin with the prefix of
/// another database, such as _omdb_band_gap, keep their names. Lattice vectors read back exactly, Cartesian positions to the last digit but one.</para>
/// <para>Nothing tells when a crystal was made or what became of it: last_modified and immutable_id are null.</para>
/// <para>Reads what JSON lines read: lines that are no structures are passed over.</para>
/// <para>Source: https://specification.optimade.org/v1.2.0, structures entries; https://www.optimade.org/optimade-maker for the lines.</para>
/// </remarks>
public sealed class OptimadeFormat : ITextFormat
{
    /// <inheritdoc/>
    public string Name => "optimade";

    /// <inheritdoc/>
    public string Description => "JSON lines of OPTIMADE";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*.optimade.jsonl", "optimade.jsonl"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => true;

    /// <summary>No: the second line describes the labels of all crystals.</summary>
    public bool CanAppend => false;

    /// <inheritdoc/>
    public bool IsStreamed => true;

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => JsonLinesReader.Read(reader, path);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        OptimadeWriter.Write(writer, records);
    }
}
