namespace Kagome.Formats.ExtXyz;

/// <summary>Keys of the second line of a frame that are no labels.</summary>
internal static class ExtXyzConstants
{
    public const string Lattice = "Lattice";
    public const string Properties = "Properties";
    public const string Periodic = "pbc";
    public const string Id = "id";
    public const string Split = "split";

    /// <summary>The columns of a frame that names none.</summary>
    public const string DefaultColumns = "species:S:1:pos:R:3";

    public static bool IsLabelName(string name) => name is not (Lattice or Properties or Periodic or Id or Split);
}
