using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.PymatgenJson;

/// <summary>The JSON of pymatgen's Structure: an object, or an array of them.</summary>
/// <remarks>
/// <para>Reads the lattice matrix and, of each site, its one species and fractional (abc) or Cartesian (xyz) coordinates; oxidation
/// states are passed over. Writes both coordinates, atoms in their order; the lattice reads back exactly.</para>
/// <para>Names, splits and labels are kept in <c>properties</c> (id, split and numbers), where pymatgen 2023.6 and later keeps them too.</para>
/// <para>Source: pymatgen.core.structure.Structure.as_dict.</para>
/// </remarks>
public sealed class PymatgenJsonFormat : IStructureFormat
{
    public string Name => "json";

    public string Description => "pymatgen Structure as JSON";

    public IReadOnlyList<string> FileNames { get; } = ["*.json"];

    public bool CanWriteSeveral => true;

    public bool CanAppend => false;

    public bool IsStreamed => false;

    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => PymatgenJsonReader.Read(reader, path);

    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        PymatgenJsonWriter.Write(writer, records);
    }
}

/// <summary>Names of fields, and the bound of a file.</summary>
internal static class PymatgenJsonConstants
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

    /// <summary>The most characters of a file, enough for a few hundred thousand atoms: a parsed document takes several times its text.</summary>
    public const int MaximumCharacters = 128 * 1024 * 1024;

    /// <summary>How close to 1 an occupancy counts as full.</summary>
    public const double OccupancyTolerance = 1e-3;

    public static bool IsLabelName(string name) => name is not (Id or Split);
}
