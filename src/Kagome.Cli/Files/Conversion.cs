using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Files;

/// <summary>Checks all names before it writes anything; a file of many structures is written as they are read, and appears when it is complete.</summary>
internal static class Conversion
{
    /// <exception cref="BadInputException">There is nothing to convert, or the target cannot take it.</exception>
    public static int Run(ConvertSettings settings, TextWriter error, CancellationToken cancellation)
    {
        if (settings.TargetIsFolder)
        {
            IStructureFormat format =
                settings.To
                ?? throw new BadInputException(
                    $"{settings.Target} is a folder; name the format of its files with --to."
                );
            RefuseOtherThanCif(settings, format);
            int count = WriteFolder(settings, format, [.. Read(settings, error, cancellation)], cancellation);
            error.WriteLine($"{settings.Target}: {count} files");
        }
        else
        {
            IStructureFormat format = settings.To ?? StructureFormats.ForFile(settings.Target);
            OutputFile.RefuseReplacing(settings.Target, settings.IsForced);
            RefuseOtherThanCif(settings, format);
            IEnumerable<CrystalRecord> records = Read(settings, error, cancellation);
            if (format.CanWriteSeveral && !settings.Symmetrises)
            {
                WriteStream(settings, format, records);
            }
            else
            {
                WriteSingle(settings, format, [.. records]);
            }
        }

        return ExitCode.Success;
    }

    private static void RefuseOtherThanCif(ConvertSettings settings, IStructureFormat format)
    {
        if (settings.Symmetrises && format.Name != "cif")
        {
            throw new BadInputException(
                $"--symmetrise writes CIF files; {format.Name} cannot tell symmetry operations."
            );
        }
    }

    private static IEnumerable<CrystalRecord> Read(
        ConvertSettings settings,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        IEnumerable<DataSetEntry> entries = settings.From is { } format
            ? DataSet.Read(settings.Source, format)
            : DataSet.Read(settings.Source);
        int count = 0;
        using ProgressLine progress = new(error, TimeSpan.FromSeconds(15));
        foreach (CrystalRecord record in entries.Records(problem => progress.Keep($"skipped: {problem.Message}")))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            progress.Show(() => $"convert: {count} crystals, {count / progress.Elapsed.TotalSeconds:F0}/s");
            yield return settings.Cell is { } cell ? StandardCells.Of(record, cell, settings.Symprec) : record;
        }

        if (count == 0)
        {
            throw new BadInputException($"{settings.Source} holds no structure that can be read; nothing was written.");
        }
    }

    /// <summary>One at a time: a data set of any length takes little memory.</summary>
    private static void WriteStream(
        ConvertSettings settings,
        IStructureFormat format,
        IEnumerable<CrystalRecord> records
    )
    {
        using DataSetWriter writer = new(settings.Target, format);
        foreach (CrystalRecord record in records)
        {
            writer.Add(record);
        }

        writer.Complete();
    }

    private static void WriteSingle(ConvertSettings settings, IStructureFormat format, List<CrystalRecord> records)
    {
        if (records.Count > 1 && !format.CanWriteSeveral)
        {
            throw new BadInputException(
                $"{settings.Source} holds {records.Count} structures and a {format.Name} file one; use an output folder: "
                    + $"kagome convert {settings.Source} structures/ --to {format.Name}"
            );
        }

        if (records.Count == 1)
        {
            WriteOne(settings, settings.Target, format, records[0]);
        }
        else
        {
            throw new BadInputException(
                $"{settings.Source} holds {records.Count} structures; --symmetrise writes a file for each: use an output folder."
            );
        }
    }

    private static void WriteOne(ConvertSettings settings, string path, IStructureFormat format, CrystalRecord record)
    {
        if (settings.Symmetrises)
        {
            StructureFile.WriteCif(path, record.Id, StandardCells.Symmetry(record, settings.Symprec).Standard);
        }
        else
        {
            StructureFile.Write(path, format, [record]);
        }
    }

    /// <returns>How many files.</returns>
    private static int WriteFolder(
        ConvertSettings settings,
        IStructureFormat format,
        List<CrystalRecord> records,
        CancellationToken cancellation
    )
    {
        string[] paths =
        [
            .. StructureFileNames.Of(records, format).Select(name => Path.Combine(settings.Target, name)),
        ];
        foreach (string path in paths)
        {
            OutputFile.RefuseReplacing(path, settings.IsForced);
        }

        Directory.CreateDirectory(settings.Target);
        foreach ((string path, CrystalRecord record) in paths.Zip(records))
        {
            cancellation.ThrowIfCancellationRequested();
            WriteOne(settings, path, format, record);
        }

        return paths.Length;
    }
}
