using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>Reads and writes files of crystals where every crystal counts; data sets with damaged entries go through <see cref="DataSet"/>.</summary>
/// <remarks>A name that ends in .gz (or, to be read, in .bz2 or .xz) is compressed. The rest of the name tells the format: see <see cref="StructureFormats"/>.</remarks>
public static class StructureFile
{
    /// <summary>Every crystal of a file, in its order; at least one.</summary>
    /// <param name="path">A file, an archive or a folder.</param>
    /// <param name="format">How it is written; null, as its name tells.</param>
    /// <exception cref="StructureFormatException">The file cannot be read, or an entry holds no crystal.</exception>
    public static IReadOnlyList<CrystalRecord> Read(string path, IStructureFormat? format = null)
    {
        IEnumerable<DataSetEntry> entries = format is null ? DataSet.Read(path) : DataSet.Read(path, format);
        CrystalRecord[] records = [.. entries.RecordsOrThrow()];
        return records.Length > 0
            ? records
            : throw new StructureFormatException(path, line: null, "holds no crystal; expected at least one.");
    }

    /// <summary>The crystal of a file that holds one.</summary>
    /// <exception cref="StructureFormatException">The file cannot be read, or holds several crystals.</exception>
    public static CrystalRecord ReadSingle(string path, IStructureFormat? format = null)
    {
        IReadOnlyList<CrystalRecord> records = Read(path, format);
        return records.Count == 1
            ? records[0]
            : throw new StructureFormatException(
                path,
                line: null,
                $"holds {records.Count} crystals; expected one. Split the file, or use it as a data set."
            );
    }

    /// <summary>Writes crystals to a file, which appears under its name only when it is complete; one of that name is replaced.</summary>
    /// <exception cref="StructureFormatException">The name tells no format, or the file cannot be written.</exception>
    /// <exception cref="ArgumentException">There is no record, or there are several and the format holds one.</exception>
    public static void Write(string path, params IReadOnlyList<CrystalRecord> records) =>
        Write(path, format: null, records);

    /// <summary>Writes crystals in a format that the file's name need not tell; null for the one that it tells.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{CrystalRecord})"/>
    public static void Write(string path, IStructureFormat? format, IReadOnlyList<CrystalRecord> records)
    {
        if (records.Count == 0)
        {
            throw new ArgumentException("There is no crystal to write; expected at least one.", nameof(records));
        }

        using DataSetWriter writer = new(path, format);
        foreach (CrystalRecord record in records)
        {
            writer.Add(record);
        }

        writer.Complete();
    }

    /// <summary>Writes a symmetrised CIF.</summary>
    /// <exception cref="StructureFormatException">The file cannot be written.</exception>
    public static void WriteCif(string path, string id, SymmetryDescription symmetry) =>
        TargetFile.Write(path, writer => new CifFormat().Write(writer, id, symmetry));
}
