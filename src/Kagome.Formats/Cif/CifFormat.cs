using Kagome.Core.Structures;
using Kagome.Core.Symmetry;

namespace Kagome.Formats.Cif;

/// <summary>CIF, the Crystallographic Information File of the IUCr, version 1.1.</summary>
/// <remarks>
/// <para>Reads ordered crystals with fractional coordinates; each data block is a crystal, named after it. Symmetry operations are applied as they
/// are listed; an atom that lies within 0.05 Å of a special position is moved onto it. D and T become H. Occupancies other than 1 and
/// two atoms in one place are refused.</para>
/// <para>Writes the whole cell as P 1, atoms in their order, or a symmetrised crystal. The cell is told by lengths and angles: its
/// orientation in space, labels and split are not kept, and white space in a name becomes an underscore.</para>
/// <para>Source: International Tables for Crystallography G; the core dictionary, versions 2 and 3.</para>
/// </remarks>
public sealed class CifFormat : IStructureFormat
{
    public string Name => "cif";

    public string Description => "Crystallographic Information File";

    public IReadOnlyList<string> FileNames { get; } = ["*.cif"];

    public bool CanWriteSeveral => true;

    public bool CanAppend => true;

    public bool IsStreamed => false;

    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => CifReader.Read(reader, path);

    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        foreach (CrystalRecord record in records)
        {
            CifWriter.Write(writer, record);
        }
    }

    /// <summary>Writes a crystal by its asymmetric unit, for programs and people that want to see its space group.</summary>
    /// <exception cref="ArgumentException">The cell is left-handed, which lengths and angles cannot tell.</exception>
    public void Write(TextWriter writer, string id, SymmetryDescription symmetry) =>
        CifWriter.Write(writer, id, symmetry);
}
