using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Energies;

/// <summary>The crystals that a command was given: files where each counts, or data sets with damaged entries and splits.</summary>
/// <param name="files">Every crystal must be readable.</param>
/// <param name="data">Unreadable entries are counted.</param>
/// <param name="split">Entries of other splits are left out; null for all.</param>
internal sealed class CrystalSource(IReadOnlyList<string> files, IReadOnlyList<string> data, string? split)
{
    public int UnreadableCount { get; private set; }

    public int OtherSplitCount { get; private set; }

    /// <summary>The first entry that could not be read; null where all could.</summary>
    public string? FirstProblem { get; private set; }

    /// <summary>One at a time; data sets of any length take little memory.</summary>
    /// <exception cref="BadInputException">Nothing was given, or no crystal is left.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read.</exception>
    public IEnumerable<CrystalRecord> Read()
    {
        if (files.Count + data.Count == 0)
        {
            throw new BadInputException(
                "There is no structure. Give files, such as NaCl.cif, or a data set with --data."
            );
        }

        int count = 0;
        IEnumerable<CrystalRecord> records = files
            .SelectMany(file => DataSet.Read(file).RecordsOrThrow())
            .Concat(data.SelectMany(DataSet.Read).Records(Skip));
        foreach (CrystalRecord record in records)
        {
            if (split is not null && record.Split is { } own && own != split)
            {
                OtherSplitCount++;
                continue;
            }

            count++;
            yield return record;
        }

        if (count == 0)
        {
            throw new BadInputException(
                $"{string.Join(", ", files.Concat(data))} holds no crystal to judge: {UnreadableCount} entries cannot be read, {OtherSplitCount} are not of the {split} split."
            );
        }
    }

    /// <summary>Says what was left out.</summary>
    public void Report(TextWriter error)
    {
        if (UnreadableCount > 0)
        {
            error.WriteLine($"{UnreadableCount} entries left out, the first: {FirstProblem}");
        }

        if (OtherSplitCount > 0)
        {
            error.WriteLine($"{OtherSplitCount} entries left out: not of the {split} split");
        }
    }

    private void Skip(StructureFormatException problem)
    {
        UnreadableCount++;
        FirstProblem ??= problem.Message.Split('\n')[0];
    }
}
