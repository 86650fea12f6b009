using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome;

/// <summary>Spreads samples over cells, space groups and the ways in which atoms can take a group's orbits.</summary>
/// <remarks>
/// A way has the likelihood of <see cref="WyckoffSearch"/>, times the share of its cell. Ways that differ by the origin, or are mirror images, are one; those
/// whose crystals always have a higher symmetry than the group are left out. Each next sample goes where it is
/// the likeliest to be the first that succeeds, if a sample of the right way succeeds with 0.8 where no atom can move, and less the more can. Groups that
/// are named get a sample each, where there are as many.
/// </remarks>
/// <param name="unit">One formula unit.</param>
/// <param name="groups">The space groups that are asked for.</param>
/// <param name="areNamed">Whether somebody named each of them, and not all of a crystal system: then none is left out that can be.</param>
internal sealed class SymmetricSpread(Composition unit, IEnumerable<int> groups, bool areNamed = false)
{
    /// <summary>Cells and groups together, at most: the likeliest.</summary>
    private const int MostPairs = 40;

    /// <summary>Ways of one cell and group that are looked at.</summary>
    private const int MostWays = 200;

    /// <summary>Ways less likely than this by the likeliest are left out, where there are others.</summary>
    private const double SmallestShare = 1e-4;

    private const double TightSymprecAngstrom = 1e-3;

    private readonly int[] groups = [.. groups];

    /// <param name="cells">Formula units of each cell and its share.</param>
    /// <param name="samples">How many in all.</param>
    /// <param name="cancellation">Stops the searches, which take long for many elements in large cells.</param>
    /// <exception cref="InputException">No cell can have such a space group.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<PlannedCell> Over(
        IReadOnlyList<(int Z, double Share)> cells,
        int samples,
        CancellationToken cancellation = default
    )
    {
        Pair[] pairs =
        [
            .. cells.SelectMany(cell =>
                groups.Select(group => new Pair(
                    cell.Z,
                    group,
                    Math.Log(cell.Share),
                    new WyckoffSearch(PrimitiveSetting.Of(group), unit.Times(cell.Z), cancellation)
                ))
            ),
        ];
        Pair[] possible =
        [
            .. pairs
                .Where(pair => !pair.Search.Count.IsZero)
                .OrderByDescending(pair => pair.LogShare + pair.Search.LogEvidence),
        ];
        bool coversEach = areNamed && possible.DistinctBy(pair => pair.Group).Count() <= samples;
        Way[] ways =
        [
            .. possible
                .Take(MostPairs)
                .Union(coversEach ? possible.DistinctBy(pair => pair.Group) : [])
                .SelectMany(pair => Ways(pair, cancellation))
                .OrderByDescending(way => way.LogLikelihood),
        ];
        if (ways.Length == 0)
        {
            throw Impossible(pairs);
        }

        Way[] first = coversEach ? [.. ways.DistinctBy(way => way.Group)] : [];
        double least = ways[0].LogLikelihood + Math.Log(SmallestShare);
        return
        [
            .. Apportion([.. ways.Where(way => way.LogLikelihood >= least).Union(first)], first, samples)
                .GroupBy(way => way.Z)
                .OrderBy(cell => cell.Key)
                .Select(cell => new PlannedCell(cell.Key, unit.Times(cell.Key), cell.Count())
                {
                    Assignments = [.. cell.Select(way => way.Assignment)],
                }),
        ];
    }

    private static IEnumerable<Way> Ways(Pair pair, CancellationToken cancellation)
    {
        Way[] ways =
        [
            .. pair
                .Search.BestFirst()
                .Take(MostWays)
                .Select(likely => new Way(pair.Z, likely.Assignment, pair.LogShare + likely.LogLikelihood)),
        ];
        double least = ways[0].LogLikelihood + Math.Log(SmallestShare);
        Way[] distinct =
        [
            .. ways.Where(way => way.LogLikelihood >= least)
                .GroupBy(way => way.Assignment.Signature)
                .Select(same =>
                    same.First() with
                    {
                        LogLikelihood =
                            same.First().LogLikelihood
                            + Math.Log(same.Sum(way => Math.Exp(way.LogLikelihood - same.First().LogLikelihood))),
                    }
                ),
        ];
        Way[] exact = [.. distinct.Where(HasItsOwnGroup)];
        return exact.Length > 0 ? exact : distinct;

        bool HasItsOwnGroup(Way way)
        {
            cancellation.ThrowIfCancellationRequested();
            return HasItsGroup(way.Assignment);
        }
    }

    /// <summary>Whether crystals of any numbers have the group and no higher symmetry.</summary>
    private static bool HasItsGroup(WyckoffAssignment assignment)
    {
        const double VolumePerAtom = 20; // Å³: any will do
        PrimitiveSetting setting = assignment.Setting;
        Random random = new(setting.Group.Number);
        double Length() => 1 + (0.4 * random.NextDouble());
        double Angle() => 80 + (15 * random.NextDouble());
        Fractional Parameters() => new(random.NextDouble(), random.NextDouble(), random.NextDouble());
        ImmutableArray<IntegerMatrix3> rotations = [.. setting.Operations.Select(operation => operation.Rotation)];
        Lattice lattice = LatticeInvariants
            .Nearest(rotations, Lattice.FromParameters(new(Length(), Length(), Length(), Angle(), Angle(), Angle())))
            .ScaleToVolume(VolumePerAtom * assignment.AtomCount);
        Structure any = assignment.Place(lattice, [.. assignment.Orbits.Select(_ => Parameters())]);
        return new SymmetryFinder(TightSymprecAngstrom).Find(any) is not { } found
            || found.Group.Number == setting.Group.Number;
    }

    /// <param name="ways">The likeliest first.</param>
    /// <param name="required">Those of them that get a sample in any case; no more than samples.</param>
    /// <param name="samples">How many in all.</param>
    private static IEnumerable<Way> Apportion(Way[] ways, Way[] required, int samples)
    {
        PriorityQueue<int, (double Priority, int At)> next = new();
        List<(double Priority, int At)> taken = [];
        foreach ((int at, Way way) in ways.Index())
        {
            (double, int) place = (-way.LogLikelihood - Math.Log(way.Success), at);
            if (required.Contains(way))
            {
                Take(place);
            }
            else
            {
                next.Enqueue(at, place);
            }
        }

        while (taken.Count < samples)
        {
            _ = next.TryDequeue(out _, out (double, int) place);
            Take(place);
        }

        return taken.Order().Select(place => ways[place.At]);

        void Take((double Priority, int At) place)
        {
            taken.Add(place);
            next.Enqueue(place.At, (place.Priority - Math.Log(1 - ways[place.At].Success), place.At));
        }
    }

    private InputException Impossible(Pair[] pairs) =>
        pairs.Length == 1
            ? new InputException(pairs[0].Search.Obstacle!, groups[0], nameof(CrystalConstraints.SpaceGroups))
            : new InputException(
                $"{unit.Formula} cannot have {(groups.Length == 1 ? $"space group {SpaceGroup.OfNumber(groups[0])}" : $"any of the {groups.Length} space groups")} that {(groups.Length == 1 ? "is" : "are")} asked for with Z = {string.Join(", ", pairs.Select(pair => pair.Z).Distinct())} in the primitive cell. For one: {pairs[^1].Search.Obstacle} Try larger cells, by {nameof(PredictionOptions.LargestAtomCount)} or {nameof(PredictionOptions.FormulaUnits)}.",
                groups.Length == 1 ? groups[0] : null,
                nameof(PredictionOptions.LargestAtomCount),
                nameof(PredictionOptions.FormulaUnits)
            );

    private sealed record Pair(int Z, int Group, double LogShare, WyckoffSearch Search);

    /// <param name="Z">Formula units of the cell.</param>
    /// <param name="Assignment">Which atoms are where.</param>
    /// <param name="LogLikelihood">Up to a constant.</param>
    private sealed record Way(int Z, WyckoffAssignment Assignment, double LogLikelihood)
    {
        private const double SuccessOfFixed = 0.8;
        private const double FreedomOfHalf = 4;

        public int Group => Assignment.Setting.Group.Number;

        /// <summary>The guess that one sample succeeds, if this is the right way.</summary>
        public double Success => SuccessOfFixed / (1 + (Assignment.FreeParameters / FreedomOfHalf));
    }
}
