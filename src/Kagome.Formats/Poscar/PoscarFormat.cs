using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>POSCAR, CONTCAR and XDATCAR, the structure files of VASP 5 and 6.</summary>
/// <remarks>
/// <para>Reads scale factors (one, three, or a negative one that means the volume), direct and Cartesian positions, and each frame of a
/// trajectory as <c>name:frame</c>. Selective dynamics, velocities and remarks are passed over. Files of VASP 4, which have no line of
/// symbols, are read where symbols stand behind the positions or the title is nothing but their list or formula.</para>
/// <para>Writes atoms of one element together, elements in the order in which they first occur, otherwise in the order of the sites.
/// The cell keeps its orientation. The first line holds the name, but the name of the file names a crystal that is read: other
/// programs write formulas there. Labels and split are not kept.</para>
/// <para>Source: VASP wiki, POSCAR.</para>
/// </remarks>
public sealed class PoscarFormat : ITextFormat
{
    /// <inheritdoc/>
    public string Name => "poscar";

    /// <inheritdoc/>
    public string Description => "VASP structure file";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*POSCAR*", "*CONTCAR*", "*XDATCAR*", "*.poscar", "*.vasp"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => false;

    /// <inheritdoc/>
    public bool CanAppend => false;

    /// <inheritdoc/>
    public bool IsStreamed => true;

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => PoscarReader.Read(reader, path);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        PoscarWriter.Write(writer, records[0]);
    }
}
