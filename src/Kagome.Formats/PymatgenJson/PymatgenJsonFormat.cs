using Kagome.Core.Structures;

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
