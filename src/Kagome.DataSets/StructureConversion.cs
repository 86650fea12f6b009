using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Formats.Text;

namespace Kagome.DataSets;

/// <summary>How crystals are written anew: in another format, in another cell, in one file or in a file each, in a folder or an archive.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record StructureConversion
{
    /// <summary>The format that is written. Default: null, as the target's name tells; needed for a folder. In archives, default CIF.</summary>
    public IStructureFormat? To { get; init; }

    /// <summary>The cell that is written. Default: null, for the one that is given.</summary>
    public CellChoice? Cell { get; init; }

    /// <summary>Whether CIF files tell the asymmetric unit and the symmetry operations, exactly symmetric. Default: they do not.</summary>
    public bool IsSymmetrised { get; init; }

    /// <summary>How far, in Å, atoms may be from their symmetric places; above 0. Default 0.1. Ignored where no symmetry is asked for.</summary>
    public double Symprec { get; init; } = SymmetryFinder.DefaultSymprecAngstrom;

    /// <summary>Whether files that exist are replaced. Default: true.</summary>
    public bool Replaces { get; init; } = true;

    /// <summary>Whether a target takes a file for each crystal: it is a folder, or its name ends in a slash.</summary>
    public static bool IsFolder(string target) => Path.EndsInDirectorySeparator(target) || Directory.Exists(target);

    /// <summary>Writes crystals to a file, or to a file each in a folder; all names are checked before anything is written.</summary>
    /// <param name="source">What to read. Into a file of many, crystals are written as they are read.</param>
    /// <param name="target">A file, which appears when it is complete, or a folder: see <see cref="IsFolder"/>. An archive takes a file for each crystal.</param>
    /// <param name="progress">Hears how many crystals were read.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <returns>How many files were written.</returns>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="InputException">There is nothing to convert, the target cannot take it, or a crystal has no such cell.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public int Write(
        CrystalReader source,
        string target,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        OptionException.RequirePositive(nameof(Symprec), Symprec, "0.1");
        bool isFolder = IsFolder(target);
        IStructureFormat format = To ?? FormatOf(target, isFolder);
        if (!isFolder)
        {
            TargetCheck.OfFile(target, Replaces);
        }

        if (IsSymmetrised && format.Name != "cif")
        {
            throw new InputException(
                $"{nameof(IsSymmetrised)} writes CIF files; {format.Name} cannot tell symmetry operations.",
                format.Name,
                nameof(IsSymmetrised)
            );
        }

        if (IsSymmetrised && !isFolder && StructureFormats.IsArchive(target))
        {
            throw new InputException(
                $"{target} is an archive, which takes cells as they are; write a folder, such as structures/, with {nameof(IsSymmetrised)}.",
                target,
                nameof(IsSymmetrised)
            );
        }

        IEnumerable<CrystalRecord> crystals = Read(source, progress, cancellation);
        if (isFolder)
        {
            return WriteFolder(target, format, [.. crystals], cancellation);
        }

        if (DataSetWriter.TakesSeveral(target, format) && !IsSymmetrised)
        {
            using DataSetWriter writer = new(target, format);
            foreach (CrystalRecord crystal in crystals)
            {
                writer.Add(crystal);
            }

            writer.Complete();
        }
        else
        {
            WriteOne(target, format, Single(source, format, [.. crystals]));
        }

        return 1;
    }

    private static IStructureFormat FormatOf(string target, bool isFolder) =>
        isFolder
            ? throw new InputException(
                $"{target} is a folder; name the format of its files with {nameof(To)}.",
                target,
                nameof(To)
            )
        : StructureFormats.IsArchive(target) ? DataSetWriter.FormatInArchives
        : StructureFormats.ForFile(target);

    private IEnumerable<CrystalRecord> Read(
        CrystalReader source,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        foreach (CrystalRecord crystal in source.Read(progress, "convert", cancellation))
        {
            yield return Cell is { } cell ? crystal.In(cell, Symprec) : crystal;
        }

        if (source.Count == 0)
        {
            throw new InputException(
                $"{string.Join(", ", source.Paths)} holds no structure that can be read; nothing was written."
            );
        }
    }

    private static CrystalRecord Single(CrystalReader source, IStructureFormat format, CrystalRecord[] crystals) =>
        crystals.Length == 1
            ? crystals[0]
            : throw new InputException(
                $"{string.Join(", ", source.Paths)} holds {crystals.Length} structures and a {(format.CanWriteSeveral ? "symmetrised" : format.Name)} file one; use an output folder, such as structures/, with {nameof(To)} {format.Name}.",
                crystals.Length,
                nameof(To)
            );

    private int WriteFolder(
        string folder,
        IStructureFormat format,
        CrystalRecord[] crystals,
        CancellationToken cancellation
    )
    {
        string[] paths = [.. StructureFileNames.Of(crystals, format).Select(name => Path.Combine(folder, name))];
        Array.ForEach(paths, path => TargetCheck.OfFile(path, Replaces));
        Directory.CreateDirectory(folder);
        foreach ((string path, CrystalRecord crystal) in paths.Zip(crystals))
        {
            cancellation.ThrowIfCancellationRequested();
            WriteOne(path, format, crystal);
        }

        return paths.Length;
    }

    private void WriteOne(string path, IStructureFormat format, CrystalRecord crystal)
    {
        if (IsSymmetrised)
        {
            StructureFile.WriteCif(path, crystal.Id, CrystalCells.SymmetryOf(crystal, Symprec).Standard);
        }
        else
        {
            StructureFile.Write(path, format, [crystal]);
        }
    }
}
