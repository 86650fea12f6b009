using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.ExtXyz;

/// <summary>Extended XYZ, as ASE reads and writes it: frames of atoms with a lattice.</summary>
/// <remarks>
/// <para>Reads <c>Lattice</c>, the columns <c>species</c> or <c>Z</c> and <c>pos</c> (the case of these names does not matter), and of the other keys <c>id</c>, <c>split</c> and, as labels, numbers.
/// Other columns are passed over. A frame without a lattice, or that does not repeat in all three directions, is no crystal.</para>
/// <para>Writes Cartesian positions in Å, atoms in their order, names, splits and labels. The lattice vectors read back exactly.</para>
/// <para>Source: https://github.com/libAtoms/extxyz.</para>
/// </remarks>
public sealed class ExtXyzFormat : ITextFormat
{
    /// <inheritdoc/>
    public string Name => "extxyz";

    /// <inheritdoc/>
    public string Description => "extended XYZ of ASE";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*.extxyz", "*.xyz"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => true;

    /// <inheritdoc/>
    public bool CanAppend => true;

    /// <inheritdoc/>
    public bool IsStreamed => true;

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => ExtXyzReader.Read(reader, path);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        foreach (CrystalRecord record in records)
        {
            ExtXyzWriter.Write(writer, record);
        }
    }
}

/// <summary>Keys of the second line of a frame that are not labels.</summary>
internal static class ExtXyzConstants
{
    public const string Lattice = "Lattice";
    public const string Properties = "Properties";
    public const string Periodic = "pbc";
    public const string Id = "id";
    public const string Split = "split";

    /// <summary>The columns of a frame that names none.</summary>
    public const string DefaultColumns = "species:S:1:pos:R:3";

    private static readonly string[] Others = [Lattice, Properties, Periodic, Id, Split];

    public static bool IsLabelName(string name) => !Others.Contains(name, StringComparer.OrdinalIgnoreCase);
}
