using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.DataSets.Splits;
using Kagome.Formats;

namespace Kagome.Cli.Data;

/// <summary>Writes the parts of a data set, all at once or none.</summary>
internal static class SplitData
{
    private const string Ending = ".jsonl.gz";

    /// <exception cref="BadInputException">The shares are none, or a part gets no crystal; nothing was written.</exception>
    public static int Run(
        IReadOnlyList<string> paths,
        string folder,
        IReadOnlyList<SplitShare> shares,
        long seed,
        bool isForced,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        FormulaSplit split = SplitBy(shares, seed);
        Dictionary<string, string> outputs = shares.ToDictionary(
            share => share.Name,
            share => Path.Combine(folder, share.Name + Ending)
        );
        foreach (string output in outputs.Values)
        {
            DataOutput.Check(output, paths, isForced);
        }

        DataInput input = new(paths);
        IEnumerable<CrystalRecord> records = input.Read(cancellation);
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        Dictionary<string, DataSetWriter> writers = [];
        try
        {
            foreach ((string name, string output) in outputs)
            {
                writers.Add(name, new DataSetWriter(output));
            }

            Write(records, split, writers, input, streams.Error);
            Complete(writers, input);
        }
        finally
        {
            writers.Values.ToList().ForEach(writer => writer.Dispose());
            if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }

        input.Report(streams.Error);
        Print(outputs, writers, input, printsJson, streams.Output);
        return ExitCode.Success;
    }

    private static FormulaSplit SplitBy(IReadOnlyList<SplitShare> shares, long seed)
    {
        try
        {
            return new FormulaSplit(shares, seed);
        }
        catch (ArgumentException exception)
        {
            throw new BadInputException($"--shares: {exception.Message}", exception);
        }
    }

    private static void Write(
        IEnumerable<CrystalRecord> records,
        FormulaSplit split,
        Dictionary<string, DataSetWriter> writers,
        DataInput input,
        TextWriter error
    )
    {
        using DataProgress progress = new(error);
        foreach (CrystalRecord record in progress.Watch(records, input, "split"))
        {
            string part = split.PartOf(record.Structure.Composition);
            // a part is what it is called now, whatever its source was called
            writers[part].Add(record with { Split = part });
        }
    }

    private static void Complete(Dictionary<string, DataSetWriter> writers, DataInput input)
    {
        if (writers.FirstOrDefault(writer => writer.Value.Count == 0).Key is { } empty)
        {
            throw new BadInputException(
                $"{empty} gets none of the {input.CrystalCount} crystals: formulas are few; choose a larger share or another --seed. Nothing was written."
            );
        }

        foreach (DataSetWriter writer in writers.Values)
        {
            writer.Complete();
        }
    }

    private static void Print(
        Dictionary<string, string> outputs,
        Dictionary<string, DataSetWriter> writers,
        DataInput input,
        bool printsJson,
        TextWriter output
    )
    {
        if (printsJson)
        {
            SplitCounts counts = new(
                input.CrystalCount,
                input.UnreadableCount,
                writers.ToDictionary(writer => writer.Key, writer => writer.Value.Count)
            );
            output.WriteLine(JsonText.Format(counts));
            return;
        }

        foreach ((string name, string path) in outputs)
        {
            int count = writers[name].Count;
            output.WriteLine($"{path}: {count} crystals ({100.0 * count / input.CrystalCount:F2} %)");
        }
    }
}
