using System.Collections.Concurrent;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets;

/// <summary>Finds crystals that a data set holds twice, or that another holds too: at any size, in bounded memory.</summary>
/// <remarks>
/// <para>
/// Two crystals are the same where their reduced formulas are, their fingerprints are alike and the matcher says so. A crystal is compared with those
/// that were kept before it, so that each is kept that is like none of them: matching is not transitive, and the outcome depends on the order of the
/// crystals, but on nothing else.
/// </para>
/// <para>Crystals lie in temporary files by formula; memory holds the different crystals of a 128th of the formulas for each core.</para>
/// <para>Immutable, and safe to use from several threads.</para>
/// </remarks>
public sealed record DuplicateSearch
{
    /// <summary>Says which crystals are the same. Default: a matcher with pymatgen's default tolerances.</summary>
    public StructureMatcher Matcher { get; init; } = new();

    /// <summary>The folder for temporary files, about 50 bytes an atom, which are removed. Default: null, for the system's, or the target's where one is written.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>The crystals that are different, in their order; the work is done before the first is returned.</summary>
    /// <param name="crystals">What to look through.</param>
    /// <param name="reference">Crystals that must not occur, such as those of a benchmark's validation and test; null for none.</param>
    /// <param name="onDuplicate">Hears of each crystal that is left out, in their order.</param>
    /// <param name="progress">Hears how many crystals were compared.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="IOException">While enumerating: the temporary files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the search was cancelled.</exception>
    public IEnumerable<CrystalRecord> Distinct(
        IEnumerable<CrystalRecord> crystals,
        IEnumerable<CrystalRecord>? reference = null,
        Action<Duplicate>? onDuplicate = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using FormulaShards shards = Fill(reference ?? [], crystals, cancellation);
        CrystalOrigin?[] same = new CrystalOrigin?[shards.CrystalCount];
        ComparisonProgress counter = new(progress, shards.CrystalCount);
        shards.ForEach(shard => FindSame(shard, same, counter, cancellation), cancellation);
        foreach (SpilledCrystal crystal in shards.ReadAll().Where(crystal => crystal.Set == CrystalSet.Data))
        {
            cancellation.ThrowIfCancellationRequested();
            if (same[crystal.Order] is { } origin)
            {
                onDuplicate?.Invoke(
                    new Duplicate(crystal.Record.Id, crystal.Record.Structure.Composition.ReducedFormula, origin)
                );
            }
            else
            {
                yield return crystal.Record;
            }
        }
    }

    /// <summary>Writes each crystal once to a file, which appears when it is complete.</summary>
    /// <param name="source">What to look through.</param>
    /// <param name="path">The data set to write, in place of one of that name.</param>
    /// <param name="reference">Crystals that must not occur; null for none.</param>
    /// <param name="reportPath">A file for a JSON line a crystal that is left out; null for none.</param>
    /// <param name="progress">Hears how many crystals were read, then compared.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="InputException">Nothing is left, or a file cannot be the target; nothing was written.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read or written.</exception>
    /// <exception cref="IOException">The temporary files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was written.</exception>
    public DuplicateCounts Write(
        CrystalReader source,
        string path,
        CrystalReader? reference = null,
        string? reportPath = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        string[] inputs = [.. source.Paths, .. reference?.Paths ?? []];
        TargetCheck.OfDataSet(path, inputs);
        if (reportPath is not null)
        {
            TargetCheck.OfFile(reportPath, inputs.Append(path));
        }

        int duplicates = 0;
        int inReference = 0;
        using DataSetWriter writer = new(path);
        using TargetFile? report = reportPath is null ? null : new TargetFile(reportPath);
        DuplicateSearch search = this with
        {
            TemporaryFolder = TemporaryFolder ?? Path.GetDirectoryName(Path.GetFullPath(path)),
        };
        IEnumerable<CrystalRecord> kept = search.Distinct(
            source.ReadSome(progress, "reading", cancellation),
            reference?.ReadSome(progress, "reading", cancellation),
            OnDuplicate,
            progress,
            cancellation
        );
        foreach (CrystalRecord crystal in kept)
        {
            writer.Add(crystal);
        }

        if (writer.Count == 0)
        {
            throw new InputException(
                $"No crystal is left: all {source.Count} occur in {string.Join(", ", reference?.Paths ?? [])}; nothing was written."
            );
        }

        report?.Complete();
        writer.Complete();
        return new DuplicateCounts(source.Count, writer.Count, duplicates, inReference);

        void OnDuplicate(Duplicate duplicate)
        {
            _ = duplicate.Of.Set == CrystalSet.Reference ? inReference++ : duplicates++;
            report?.Append(text => text.Write(DocumentSchema.Duplicate.Line(duplicate) + "\n"));
        }
    }

    /// <summary>Counts what two data sets share: formulas, and crystals by the matcher.</summary>
    /// <param name="first">A data set.</param>
    /// <param name="second">Another one.</param>
    /// <param name="progress">Hears how many crystals were read, then compared.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="InputException">A data set holds no crystal.</exception>
    /// <inheritdoc cref="Overlap(IEnumerable{CrystalRecord}, IEnumerable{CrystalRecord}, IProgress{WorkProgress}, CancellationToken)" path="/exception"/>
    public SharedCrystals Overlap(
        CrystalReader first,
        CrystalReader second,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    ) =>
        Overlap(
            first.ReadSome(progress, "reading", cancellation),
            second.ReadSome(progress, "reading", cancellation),
            progress,
            cancellation
        );

    /// <summary>Counts what two streams of crystals share: formulas, and crystals by the matcher.</summary>
    /// <exception cref="IOException">The temporary files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public SharedCrystals Overlap(
        IEnumerable<CrystalRecord> first,
        IEnumerable<CrystalRecord> second,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using FormulaShards shards = Fill(first, second, cancellation);
        ComparisonProgress counter = new(progress, shards.CrystalCount);
        ConcurrentBag<SharedCrystals> counts = [];
        shards.ForEach(
            shard =>
            {
                foreach (
                    IGrouping<ulong, ComparedCrystal> formula in shard.GroupBy(
                        spilled => spilled.Formula,
                        spilled => new ComparedCrystal(spilled, Matcher, cancellation)
                    )
                )
                {
                    counts.Add(Shared([.. formula]));
                    counter.Advance(formula.Count());
                }
            },
            cancellation
        );
        return counts.Aggregate(new SharedCrystals(new(0, 0, 0), new(0, 0, 0), 0), SharedCrystals.Sum);
    }

    private FormulaShards Fill(
        IEnumerable<CrystalRecord> reference,
        IEnumerable<CrystalRecord> data,
        CancellationToken cancellation
    )
    {
        FormulaShards shards = new(TemporaryFolder ?? Path.GetTempPath());
        try
        {
            shards.AddAll(reference, CrystalSet.Reference, cancellation);
            shards.AddAll(data, CrystalSet.Data, cancellation);
            shards.Close();
            return shards;
        }
        catch
        {
            shards.Dispose();
            throw;
        }
    }

    /// <summary>Notes for each crystal of a shard the one that it is the same as.</summary>
    private void FindSame(
        IEnumerable<SpilledCrystal> shard,
        CrystalOrigin?[] same,
        ComparisonProgress counter,
        CancellationToken cancellation
    )
    {
        Dictionary<ulong, FormulaGroup> groups = [];
        foreach (SpilledCrystal spilled in shard)
        {
            ComparedCrystal crystal = new(spilled, Matcher, cancellation);
            if (!groups.TryGetValue(spilled.Formula, out FormulaGroup? group))
            {
                groups[spilled.Formula] = group = new FormulaGroup();
            }

            // what the reference holds twice is no concern
            ComparedCrystal? other = spilled.Set == CrystalSet.Reference ? null : group.FindSame(crystal);
            same[spilled.Order] = other?.Origin;
            if (other is null)
            {
                group.Add(crystal);
            }

            counter.Advance(1);
        }
    }

    private static SharedCrystals Shared(ComparedCrystal[] crystals)
    {
        ILookup<CrystalSet, ComparedCrystal> sets = crystals.ToLookup(crystal => crystal.Origin.Set);
        ComparedCrystal[] first = [.. sets[CrystalSet.Reference]];
        ComparedCrystal[] second = [.. sets[CrystalSet.Data]];
        bool[] isShared = new bool[first.Length];
        int secondShared = 0;
        foreach (ComparedCrystal crystal in second)
        {
            bool isFound = false;
            for (int other = 0; other < first.Length; other++)
            {
                // two that are known to be shared need no comparison
                if (
                    !(isFound && isShared[other])
                    && first[other].DistanceWhereLike(crystal) is not null
                    && first[other].IsSame(crystal)
                )
                {
                    isFound = isShared[other] = true;
                }
            }

            secondShared += isFound ? 1 : 0;
        }

        return new SharedCrystals(
            new(first.Length, isShared.Count(shared => shared), Math.Min(1, first.Length)),
            new(second.Length, secondShared, Math.Min(1, second.Length)),
            first.Length > 0 && second.Length > 0 ? 1 : 0
        );
    }

    /// <summary>Counts compared crystals of several threads and reports now and then.</summary>
    private sealed class ComparisonProgress(IProgress<WorkProgress>? progress, int total)
    {
        private const int Interval = 100;

        private readonly Lock gate = new();
        private int done;

        public void Advance(int crystals)
        {
            lock (gate)
            {
                done += crystals;
                if (done % Interval < crystals)
                {
                    progress?.Report(new WorkProgress("comparing", done, total, "crystals"));
                }
            }
        }
    }
}
