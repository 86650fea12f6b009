using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.PymatgenJson;

/// <summary>JSON of structures: as pymatgen writes one, and as databases and tables hold many.</summary>
/// <remarks>
/// <para>Reads a pymatgen Structure (also IStructure and Slab), a ComputedStructureEntry, documents of the Materials Project, tables of pandas in any
/// orientation, JARVIS atoms, OPTIMADE answers, and arrays, dictionaries and lines of any of these. docs/formats.md has the rules.</para>
/// <para>Writes pymatgen's Structure: both coordinates, atoms in their order; the lattice reads back exactly.</para>
/// <para>Names, splits and labels are kept in <c>properties</c> (id, split and numbers), where pymatgen 2023.6 and later keeps them too.</para>
/// <para>Source: pymatgen.core.structure.Structure.as_dict.</para>
/// </remarks>
public sealed class PymatgenJsonFormat : ITextFormat
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public string Description => "JSON of pymatgen, Materials Project, pandas, JARVIS or OPTIMADE";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*.json"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => true;

    /// <inheritdoc/>
    public bool CanAppend => false;

    /// <inheritdoc/>
    public bool IsStreamed => false;

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => PymatgenJsonReader.Read(reader, path);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        PymatgenJsonWriter.Write(writer, records);
    }
}
