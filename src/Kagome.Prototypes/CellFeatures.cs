using Kagome.Crystals.Elements;

namespace Kagome.Prototypes;

/// <summary>What speaks for each of the cells that a formula may have, in numbers of about one.</summary>
/// <remarks>The trainer and the ranker take them from here, so that both see the same.</remarks>
internal static class CellFeatures
{
    public const int Count = 12;

    /// <summary>The place of the share of <see cref="CrystalWeights"/>.</summary>
    public const int OfCrystals = 0;

    private const double UnknownEnergy = 0.03; // eV/atom
    private const double EnergyUnit = 0.05;
    private const double WideUnit = 0.4; // of distances between elements
    private const double NarrowUnit = 0.1;
    private const double LeastShare = 1e-3;
    private const double FarDistance = 5;

    /// <summary>A row for each cell.</summary>
    /// <param name="cells">All of one formula, none of them empty.</param>
    public static float[][] Of(IReadOnlyList<CellEvidence> cells)
    {
        if (cells.Count == 0)
        {
            return [];
        }

        double[] near = CrystalWeights(cells);
        (double[] wide, double[] narrow) = FormulaShares(cells);
        int smallest = cells.Min(cell => cell.Composition.AtomCount);
        return [.. cells.Select(Row)];

        float[] Row(CellEvidence cell, int at)
        {
            int atoms = cell.Composition.AtomCount;
            double all = cell.VotesOfAll;
            return
            [
                LogShare(near[at] / Math.Max(near.Sum(), double.Epsilon)),
                LogShare(wide[at]),
                LogShare(narrow[at]),
                (float)(Log(cell.VotesOfCandidates) * 0.2),
                (float)(Log(cell.VotesOfNone) * 0.2),
                (float)(all > 0 ? cell.VotesOfNone / all : 0),
                (float)(all > 0 ? cell.VotesOfBest / all : 0),
                atoms / 20f,
                MathF.Log(atoms) * 0.5f,
                atoms == smallest ? 1 : 0,
                MathF.Log(cell.Answers.Sum(answer => answer.Pairs.Group.Crystals.Length)) * 0.2f,
                (float)
                    cell
                        .Answers.SelectMany(answer => answer.Pairs.Pairs)
                        .Select(pair => (double)pair.Distance)
                        .DefaultIfEmpty(FarDistance)
                        .Min(),
            ];
        }
    }

    /// <summary>Known crystals of other formulas count the more, the more alike their elements are and the nearer they lie to the hull: what speaks for a cell where nothing was learned.</summary>
    public static double[] CrystalWeights(IReadOnlyList<CellEvidence> cells) =>
        [
            .. cells.Select(cell =>
                cell.Answers.Sum(answer =>
                    answer
                        .Pairs.Pairs.Where(pair => pair.Distance > 0)
                        .DistinctBy(pair => pair.Crystal)
                        .Sum(pair =>
                            Math.Exp(
                                -(pair.Distance / WideUnit)
                                    - (
                                        (answer.Pairs.Group.Crystals[pair.Crystal].EnergyAboveHull ?? UnknownEnergy)
                                        / EnergyUnit
                                    )
                            )
                        )
                )
            ),
        ];

    /// <summary>
    /// The cells of other formulas, each of which counts once however many crystals it has: zinc sulphide is known in two hundred stackings, and that says no more than
    /// one. Of a formula's crystals those count that are lowest in energy.
    /// </summary>
    /// <returns>For each cell its share of all, where formulas count that are alike, and where those do that are very alike.</returns>
    private static (double[] Wide, double[] Narrow) FormulaShares(IReadOnlyList<CellEvidence> cells)
    {
        double[] wide = new double[cells.Count];
        double[] narrow = new double[cells.Count];
        foreach (IGrouping<ulong, Neighbour> formula in Neighbours(cells).GroupBy(neighbour => neighbour.Formula))
        {
            Neighbour[] crystals =
            [
                .. formula.OrderBy(crystal => crystal.Distance).DistinctBy(crystal => crystal.Crystal),
            ];
            double lowest = crystals.Min(crystal => crystal.Energy);
            double Weight(Neighbour crystal) => Math.Exp((lowest - crystal.Energy) / EnergyUnit);
            double all = crystals.Sum(Weight);
            double alike = Math.Exp(-crystals[0].Distance / WideUnit);
            double veryAlike = Math.Exp(-crystals[0].Distance / NarrowUnit);
            foreach (Neighbour crystal in crystals)
            {
                double weight = Weight(crystal);
                wide[crystal.Cell] += alike * weight / all;
                narrow[crystal.Cell] += veryAlike * weight / all;
            }
        }

        return (Shares(wide), Shares(narrow));
    }

    private static double[] Shares(double[] weights)
    {
        double sum = weights.Sum();
        return [.. weights.Select(weight => sum > 0 ? weight / sum : 0)];
    }

    private static IEnumerable<Neighbour> Neighbours(IReadOnlyList<CellEvidence> cells) =>
        from cell in cells.Index()
        let units = cell.Item.Composition.FormulaUnits
        from answer in cell.Item.Answers
        from pair in answer.Pairs.Pairs
        where pair.Distance > 0
        let crystal = answer.Pairs.Group.Crystals[pair.Crystal]
        select new Neighbour(
            FormulaKey(crystal, units),
            cell.Index,
            crystal,
            pair.Distance,
            crystal.EnergyAboveHull ?? UnknownEnergy
        );

    /// <summary>The same for all cells of a formula: a sum, for slots of equal counts are in no order, of what SplitMix64 makes of each element.</summary>
    private static ulong FormulaKey(KnownCrystal crystal, int units)
    {
        ulong key = 0;
        for (int slot = 0; slot < crystal.Elements.Length; slot++)
        {
            int count = crystal.Formula.Counts[slot] / units;
            key += Mixed((ulong)((count * (Element.LargestAtomicNumber + 1)) + crystal.Elements[slot].AtomicNumber));
        }

        return key;
    }

    private static ulong Mixed(ulong number)
    {
        ulong z = number * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static float LogShare(double share) => (float)(Math.Log(share + LeastShare) * 0.3);

    private static double Log(double votes) => Math.Log(Math.Max(votes, 1e-30));

    private readonly record struct Neighbour(
        ulong Formula,
        int Cell,
        KnownCrystal Crystal,
        double Distance,
        double Energy
    );
}
