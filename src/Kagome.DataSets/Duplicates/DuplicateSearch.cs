using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;

namespace Kagome.DataSets.Duplicates;

/// <summary>Leaves out of a data set what it holds already, and what occurs in another: at any size, in bounded memory.</summary>
/// <remarks>
/// <para>
/// Two crystals are the same where their reduced formulas are, their fingerprints are alike and the matcher says so. A crystal is compared with those
/// that were kept before it, so that each is kept that is like none of them: matching is not transitive, and the outcome depends on the order of the
/// crystals, but on nothing else.
/// </para>
/// <para>Crystals lie in temporary files by formula; memory holds the different crystals of a 128th of the formulas for each core.</para>
/// </remarks>
/// <param name="matcher">Says which are the same.</param>
/// <param name="folder">For temporary files, which are removed: about 50 bytes an atom.</param>
public sealed class DuplicateSearch(StructureMatcher matcher, string folder)
{
    /// <summary>Is told how the search goes.</summary>
    public IDuplicateObserver? Observer { get; init; }

    /// <summary>The crystals that are different, in their order; the work is done before the first is returned.</summary>
    /// <param name="records">To look through.</param>
    /// <param name="reference">Crystals that must not occur, such as those of a benchmark's validation and test.</param>
    /// <param name="onDuplicate">Told of each crystal that is left out, in their order.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="IOException">While enumerating: the temporary files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the search was cancelled.</exception>
    public IEnumerable<CrystalRecord> Distinct(
        IEnumerable<CrystalRecord> records,
        IEnumerable<CrystalRecord> reference,
        Action<Duplicate> onDuplicate,
        CancellationToken cancellation = default
    )
    {
        using FormulaShards shards = new(folder);
        shards.AddAll(reference, CrystalSet.Reference, Observer, cancellation);
        shards.AddAll(records, CrystalSet.Data, Observer, cancellation);
        shards.Close();
        CrystalOrigin?[] same = FindAll(shards, cancellation);
        foreach (SpilledCrystal crystal in shards.ReadAll().Where(crystal => crystal.Set == CrystalSet.Data))
        {
            cancellation.ThrowIfCancellationRequested();
            if (same[crystal.Order] is { } origin)
            {
                onDuplicate(
                    new Duplicate(crystal.Record.Id, crystal.Record.Structure.Composition.ReducedFormula, origin)
                );
            }
            else
            {
                yield return crystal.Record;
            }
        }
    }

    /// <summary>For each crystal the one that it is the same as, null where there is none.</summary>
    private CrystalOrigin?[] FindAll(FormulaShards shards, CancellationToken cancellation)
    {
        CrystalOrigin?[] same = new CrystalOrigin?[shards.CrystalCount];
        Observer?.OnComparing(shards.CrystalCount);
        shards.ForEach(shard => Find(shard, same, cancellation), cancellation);
        return same;
    }

    private void Find(IEnumerable<SpilledCrystal> shard, CrystalOrigin?[] same, CancellationToken cancellation)
    {
        Dictionary<ulong, FormulaGroup> groups = [];
        foreach (SpilledCrystal spilled in shard)
        {
            ComparedCrystal crystal = new(spilled, matcher, cancellation);
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

            Observer?.OnCompared();
        }
    }
}
