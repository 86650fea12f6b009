using Kagome.Crystals.Structures;
using Kagome.Formats.JsonDialects;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonLines;

/// <summary>JSON lines: one crystal a line, the form in which Kagome keeps data sets.</summary>
/// <remarks>
/// <para>
/// A line is an object of <c>id</c>, <c>formula</c> (reduced), <c>n</c> (atoms), <c>cell</c> [a, b, c in Å, alpha, beta, gamma in
/// degrees], <c>z</c> (atomic numbers), <c>frac</c> (fractional coordinates) and, where known, <c>split</c>. Every other field that
/// is a number becomes a label, such as <c>e_hull</c>; other fields are passed over.
/// </para>
/// <para>Lines that hold a crystal as other programs write it, such as pymatgen's, are read as in a JSON file.</para>
/// <para>The cell's orientation in space is not kept: see <see cref="Kagome.Crystals.Lattices.Lattice.FromParameters"/>.</para>
/// </remarks>
public sealed class JsonLinesFormat : ITextFormat
{
    /// <inheritdoc/>
    public string Name => "jsonl";

    /// <inheritdoc/>
    public string Description => "JSON lines, one crystal a line";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*.jsonl", "*.ndjson"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => true;

    /// <inheritdoc/>
    public bool CanAppend => true;

    /// <inheritdoc/>
    public bool IsStreamed => true;

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => JsonLinesReader.Read(reader, path);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records) =>
        JsonLinesWriter.Write(writer, records);
}

/// <summary>Names of the fields that are not labels.</summary>
internal static class JsonLinesConstants
{
    public const string Id = "id";
    public const string Formula = "formula";
    public const string AtomCount = CellStructure.AtomCount;
    public const string Cell = CellStructure.Cell;
    public const string AtomicNumbers = CellStructure.AtomicNumbers;
    public const string Positions = CellStructure.Positions;
    public const string Split = "split";

    public static bool IsLabelName(string name) =>
        name is not (Id or Formula or AtomCount or Cell or AtomicNumbers or Positions or Split);
}
