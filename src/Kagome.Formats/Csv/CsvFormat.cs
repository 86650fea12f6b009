using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Csv;

/// <summary>CSV with the text of a CIF in each row, as CDVAE and its successors keep their data sets.</summary>
/// <remarks>
/// <para>Columns: <c>cif</c>, a name (<c>material_id</c> or <c>id</c>; otherwise the number of the row) and, where known, <c>split</c>. Every other
/// column becomes a label where it holds a number; columns without a heading are passed over.</para>
/// <para>Source: https://github.com/txie-93/cdvae, data.</para>
/// </remarks>
public sealed class CsvFormat : IStructureFormat
{
    public string Name => "csv";

    public string Description => "CSV with a column of CIFs";

    public IReadOnlyList<string> FileNames { get; } = ["*.csv"];

    public bool CanWriteSeveral => true;

    public bool CanAppend => false;

    public bool IsStreamed => true;

    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => CsvCrystalReader.Read(reader, path);

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

    public static bool IsLabelName(string name) => name.Length > 0 && name is not (Cif or Split) && !Ids.Contains(name);
}
