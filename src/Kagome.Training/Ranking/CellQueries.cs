using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Compositions;
using Kagome.Prototypes;

namespace Kagome.Training.Ranking;

/// <summary>A known formula as a question: which of the cells that others have is the one of its most stable crystal?</summary>
/// <param name="Features">A row for each cell.</param>
/// <param name="Right">The place of the right one.</param>
internal sealed record CellQuery(float[][] Features, int Right);

/// <summary>The questions about cells that a library asks itself.</summary>
internal static class CellQueries
{
    /// <summary>So many teach what a small network can learn.</summary>
    private const int Most = 20_000;

    /// <summary>eV/atom above the hull: crystals beyond are nobody's answer.</summary>
    private const double LargestEnergy = 0.1;

    /// <summary>One question of each formula that has others like it in several cells, the right one among them; formulas as if by chance, always the same.</summary>
    /// <remarks>Crystals of the formula itself are left out.</remarks>
    public static IReadOnlyList<(bool IsHeldOut, CellQuery Query)> Of(
        PrototypeLibrary library,
        StructureTypeRanker ranker,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        ProposalSearch search = new([library], ranker);
        (string Formula, Composition Cell)[] asked =
        [
            .. library
                .Formulas.SelectMany(formula => library.Find(formula)!.Crystals)
                .GroupBy(crystal => crystal.ReducedFormula)
                .Select(formula => (Formula: formula.Key, MostStable: MostStable([.. formula])))
                .Where(formula => formula.MostStable is not null)
                .OrderBy(formula => Order(formula.Formula))
                .Take(Most)
                .Select(formula => (formula.Formula, formula.MostStable!.Structure.Composition)),
        ];
        int done = 0;
        return asked
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellation)
            .Select(formula =>
            {
                CellQuery? query = Of(formula.Cell, search);
                lock (asked)
                {
                    progress?.Report(new WorkProgress("cells", ++done, asked.Length, "formulas"));
                }

                return (IsHeldOut: RankerQueries.IsHeldOut(formula.Formula), Query: query!);
            })
            .Where(pair => pair.Query is not null)
            .ToArrayOrFail(cancellation);
    }

    private static CellQuery? Of(Composition cell, ProposalSearch search)
    {
        CellEvidence[] cells =
        [
            .. search
                .Cells(cell, KnownStructures.LargestAtomCount)
                .Select(other => search.Evidence(other, known => known.IsOf(other)))
                .Where(other => !other.IsEmpty),
        ];
        int right = Array.FindIndex(cells, other => other.Composition.AtomCount == cell.AtomCount);
        return right >= 0 && cells.Length > 1 ? new CellQuery(CellFeatures.Of(cells), right) : null;
    }

    /// <summary>The crystal of a formula that is lowest in energy, or the only one; null where it is not known which, or where it lies far above the hull.</summary>
    private static KnownCrystal? MostStable(IReadOnlyList<KnownCrystal> crystals)
    {
        KnownCrystal lowest = crystals.MinBy(crystal => crystal.EnergyAboveHull ?? double.MaxValue)!;
        return lowest.EnergyAboveHull is { } energy
            ? (energy <= LargestEnergy ? lowest : null)
            : (crystals.Count == 1 ? lowest : null);
    }

    private static ulong Order(string formula) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(formula));
}
