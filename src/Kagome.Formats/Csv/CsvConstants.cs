namespace Kagome.Formats.Csv;

/// <summary>Names of the columns that are no labels.</summary>
internal static class CsvConstants
{
    public const string Cif = "cif";
    public const string Split = "split";

    /// <summary>Columns that may name a crystal, the first one present is taken.</summary>
    public static readonly string[] Ids = ["material_id", "id"];

    public static bool IsLabelName(string name) => name.Length > 0 && name is not (Cif or Split) && !Ids.Contains(name);
}
