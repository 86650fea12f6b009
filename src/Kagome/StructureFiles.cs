using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome;

/// <summary>Files of single structures; whole data sets go through <see cref="CrystalReader"/> and <see cref="DataSetWriter"/>.</summary>
public static class StructureFiles
{
    /// <summary>Writes a structure to a file, whose name tells the format: .cif, POSCAR, .vasp, .extxyz, .json, .jsonl.</summary>
    /// <param name="structure">Written as it is.</param>
    /// <param name="path">Appears when it is complete, in place of one of that name.</param>
    /// <param name="id">The structure's name in the file; null for its formula.</param>
    /// <exception cref="StructureFormatException">The name tells no format, or the file cannot be written.</exception>
    public static void Write(this Structure structure, string path, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(path);
        StructureFile.Write(path, new CrystalRecord(id ?? structure.Composition.Formula, structure));
    }

    /// <summary>Reads the structure of a file that holds one.</summary>
    /// <exception cref="StructureFormatException">The file cannot be read, or holds several crystals.</exception>
    public static Structure Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return StructureFile.ReadSingle(path).Structure;
    }
}
