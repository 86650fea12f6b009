using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Csv;

/// <summary>CSV with the text of a CIF in each row, as CDVAE and its successors keep their data sets.</summary>
/// <remarks>
/// <para>Columns: <c>cif</c> or <c>structure</c>, with CIF or JSON as pymatgen's, a name (<c>material_id</c> or <c>id</c>; otherwise the number of the
/// row) and, where known, <c>split</c>; case and blanks of these headings do not matter. Every other column becomes a label where it holds a number; columns without a heading are passed over.</para>
/// <para>Source: https://github.com/txie-93/cdvae, data.</para>
/// </remarks>
public sealed class CsvFormat : ITextFormat
{
    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public string Description => "CSV with a column of CIFs";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*.csv"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => true;

    /// <inheritdoc/>
    public bool CanAppend => false;

    /// <inheritdoc/>
    public bool IsStreamed => true;

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => CsvCrystalReader.Read(reader, path);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        CsvCrystalWriter.Write(writer, records);
    }
}

/// <summary>Names of the columns that are not labels.</summary>
internal static class CsvConstants
{
    public const string Cif = "cif";
    public const string Split = "split";

    /// <summary>Columns that may name a crystal, the first one present is taken.</summary>
    public static readonly string[] Ids = ["material_id", "id"];

    /// <summary>Columns that may hold a crystal, the first one present is taken.</summary>
    public static readonly string[] Structures =
    [
        Cif,
        "structure",
        "structures",
        "relaxed_structure",
        "computed_structure_entry",
    ];

    public static bool IsLabelName(string name) =>
        !string.IsNullOrWhiteSpace(name)
        && !IsNamed(name, Split)
        && !Structures.Concat(Ids).Any(known => IsNamed(name, known));

    /// <summary>Whether a heading means a column, whatever its case and the blanks around it.</summary>
    public static bool IsNamed(string heading, string name) =>
        heading.AsSpan().Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
}
