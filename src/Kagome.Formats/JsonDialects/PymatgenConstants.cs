namespace Kagome.Formats.JsonDialects;

/// <summary>Names of fields.</summary>
internal static class PymatgenConstants
{
    public const string Class = "@class";
    public const string Structure = "Structure";
    public const string Lattice = "lattice";
    public const string Matrix = "matrix";
    public const string Sites = "sites";
    public const string Species = "species";
    public const string Element = "element";
    public const string Occupancy = "occu";
    public const string Fractional = "abc";
    public const string Cartesian = "xyz";
    public const string Label = "label";
    public const string Properties = "properties";
    public const string Id = "id";
    public const string Split = "split";

    /// <summary>How close to 1 an occupancy counts as full.</summary>
    public const double OccupancyTolerance = 1e-3;

    public static bool IsLabelName(string name) => name is not (Id or Split);
}
