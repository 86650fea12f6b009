using System.Numerics;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Symmetry;

/// <summary>Finds every way in which the atoms of a primitive cell can fill the orbits of a space group, the likeliest first.</summary>
/// <remarks>
/// <para>
/// Exact: each element's count is a sum of multiplicities; a position without free parameters is taken once at most, whichever element takes it.
/// Two ways that differ by a shift of the origin both count.
/// </para>
/// <para>
/// The likelihood takes the sets of sites at each position for independent, Poisson distributed, with the means of
/// <see cref="WyckoffOccupations"/>: the logarithm of a way is Σ (k ln λ - ln k!) over elements and positions, k the sets and λ their mean. As λ
/// is below 1 for nearly all positions, few sets are preferred to many, as in real crystals; which element takes which is left open.
/// </para>
/// <para>
/// What is possible from an element and position on depends only on the atoms left and on the fixed positions taken. With the best that each such
/// state leads to in a table, the ways come out in order, one at a time, and no more are looked at than are asked for. Not safe for several
/// threads at once.
/// </para>
/// </remarks>
public sealed class WyckoffSearch
{
    private readonly PrimitiveSetting setting;
    private readonly Composition composition;
    private readonly CancellationToken cancellation;
    private readonly (Element Element, int Count)[] elements;
    private readonly SiteOrbit[] orbits;
    private readonly double[] logarithms;
    private readonly int[] fixedNumbers;
    private readonly Dictionary<State, Outlook> outlooks = [];

    /// <param name="setting">The group.</param>
    /// <param name="composition">All atoms of the primitive cell.</param>
    /// <param name="cancellation">Stops whatever the search is asked, which throws an <see cref="OperationCanceledException"/> then: many elements in large cells take long.</param>
    public WyckoffSearch(PrimitiveSetting setting, Composition composition, CancellationToken cancellation = default)
    {
        this.setting = setting;
        this.composition = composition;
        this.cancellation = cancellation;
        elements = [.. composition.Counts.Select(pair => (pair.Key, pair.Value))];
        orbits = [.. setting.Orbits];
        logarithms = [.. orbits.Select(orbit => Math.Log(WyckoffOccupations.MeanSets(orbit.Position)))];
        int fixedCount = 0;
        fixedNumbers = [.. orbits.Select(orbit => orbit.Freedom == 0 ? fixedCount++ : -1)];
    }

    /// <summary>How many ways there are.</summary>
    public BigInteger Count => From(Start).Count;

    /// <summary>The logarithm of the sum of all likelihoods, with the group's share of crystals and e^-Σλ: how well group and composition go together.</summary>
    /// <remarks>Comparable among groups and cells of one formula; negative infinity where there is no way.</remarks>
    public double LogEvidence => Group + From(Start).LogSum;

    /// <summary>Why there is no way, as a sentence; null where there is one.</summary>
    public string? Obstacle => Count.IsZero ? Explain() : null;

    private static State StartOf(int count) => new(0, 0, count, 0);

    private State Start => StartOf(elements[0].Count);

    private double Group
    {
        get
        {
            int crystals = Enumerable.Range(1, SpaceGroupNumber.Largest).Sum(WyckoffOccupations.Crystals);
            double share = (WyckoffOccupations.Crystals(setting.Group.Number) + 0.5) / crystals;
            return Math.Log(share) - logarithms.Sum(Math.Exp);
        }
    }

    /// <summary>All ways, the likeliest first; among equals, always in the same order.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public IEnumerable<LikelyAssignment> BestFirst() =>
        Obstacle is { } obstacle ? throw new InputException(obstacle, setting.Group.Number) : Enumerate();

    private IEnumerable<LikelyAssignment> Enumerate()
    {
        PriorityQueue<Partial, (double, long)> open = new();
        long order = 0;
        void Add(Partial partial)
        {
            double best = partial.Logarithm + (partial.State is { } state ? From(state).Best : 0);
            open.Enqueue(partial, (-best, order++));
        }

        Add(new Partial(Start, 0, null));
        while (open.TryDequeue(out Partial? partial, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            if (partial.State is not { } state)
            {
                yield return new LikelyAssignment(Assignment(partial), Group + partial.Logarithm);
                continue;
            }

            foreach ((int sets, double logarithm, State? next) in Choices(state))
            {
                if (next is null || From(next.Value).IsPossible)
                {
                    Add(
                        new Partial(
                            next,
                            partial.Logarithm + logarithm,
                            new Taken(partial.Taken, state.Element, state.Orbit, sets)
                        )
                    );
                }
            }
        }
    }

    private WyckoffAssignment Assignment(Partial partial)
    {
        List<OccupiedOrbit> occupied = [];
        for (Taken? taken = partial.Taken; taken is not null; taken = taken.Before)
        {
            occupied.AddRange(
                Enumerable.Repeat(new OccupiedOrbit(elements[taken.Element].Element, orbits[taken.Orbit]), taken.Sets)
            );
        }

        return new WyckoffAssignment(setting, occupied);
    }

    /// <summary>How many sets of the state's element may be at its position, and where each choice leads; to null where all atoms have a place.</summary>
    private IEnumerable<(int Sets, double Logarithm, State? Next)> Choices(State state)
    {
        SiteOrbit orbit = orbits[state.Orbit];
        bool isFixed = orbit.Freedom == 0;
        uint bit = isFixed ? 1u << fixedNumbers[state.Orbit] : 0;
        int most = Math.Min(
            state.Atoms / orbit.Multiplicity,
            !isFixed ? int.MaxValue
                : (state.FixedTaken & bit) == 0 ? 1
                : 0
        );
        double logarithm = 0;
        for (int sets = 0; sets <= most; sets++)
        {
            logarithm += sets == 0 ? 0 : logarithms[state.Orbit] - Math.Log(sets);
            int left = state.Atoms - (sets * orbit.Multiplicity);
            uint taken = sets > 0 ? state.FixedTaken | bit : state.FixedTaken;
            if (left > 0 && state.Orbit + 1 < orbits.Length)
            {
                yield return (sets, logarithm, new State(state.Element, state.Orbit + 1, left, taken));
            }
            else if (left == 0)
            {
                int element = state.Element + 1;
                yield return (
                    sets,
                    logarithm,
                    element < elements.Length ? new State(element, 0, elements[element].Count, taken) : null
                );
            }
        }
    }

    private Outlook From(State state)
    {
        if (outlooks.TryGetValue(state, out Outlook known))
        {
            return known;
        }

        cancellation.ThrowIfCancellationRequested();
        Outlook outlook = Outlook.None;
        foreach ((_, double logarithm, State? next) in Choices(state))
        {
            outlook = outlook.Or((next is null ? Outlook.Done : From(next.Value)).After(logarithm));
        }

        outlooks.Add(state, outlook);
        return outlook;
    }

    private string Explain()
    {
        string cell =
            $"{composition.ReducedFormula} cannot have space group {setting.Group.Number} ({setting.Group.Symbol}) with Z = {composition.FormulaUnits} in the primitive cell";
        int[] sizes = [.. orbits.Select(orbit => orbit.Multiplicity).Distinct().Order()];
        string conventional =
            setting.LatticePoints > 1 ? $", a {Fraction(setting.LatticePoints)} of the conventional one," : "";
        return composition.Counts.Values.Min() < sizes[0]
            ? $"{cell}: its smallest set of equivalent sites has {sizes[0]} in the primitive cell{conventional.TrimEnd(',')}."
            : $"{cell}: its sets of equivalent sites in the primitive cell{conventional} have {Listed(sizes)} sites, those without free parameters once each; {string.Join(", ", composition.Counts.Select(pair => $"{pair.Value} {pair.Key}"))} cannot be made of them.";
    }

    private static string Fraction(int count) =>
        count switch
        {
            2 => "half",
            3 => "third",
            _ => "quarter",
        };

    private static string Listed(int[] sizes) =>
        sizes.Length == 1 ? $"{sizes[0]}" : $"{string.Join(", ", sizes[..^1])} and {sizes[^1]}";

    /// <summary>What is left to decide.</summary>
    /// <param name="Element">Whose atoms are being placed.</param>
    /// <param name="Orbit">From which position on.</param>
    /// <param name="Atoms">Of the element, without a place; at least 1.</param>
    /// <param name="FixedTaken">A bit for each position without freedom.</param>
    private readonly record struct State(int Element, int Orbit, int Atoms, uint FixedTaken);

    /// <summary>What a state may lead to.</summary>
    private readonly record struct Outlook(BigInteger Count, double Best, double LogSum)
    {
        public static Outlook None { get; } = new(0, double.NegativeInfinity, double.NegativeInfinity);

        public static Outlook Done { get; } = new(1, 0, 0);

        public bool IsPossible => !Count.IsZero;

        public Outlook After(double logarithm) => new(Count, Best + logarithm, LogSum + logarithm);

        public Outlook Or(Outlook other)
        {
            double larger = Math.Max(LogSum, other.LogSum);
            double smaller = Math.Min(LogSum, other.LogSum);
            double sum = double.IsNegativeInfinity(smaller)
                ? larger
                : larger + Math.Log(1 + Math.Exp(smaller - larger));
            return new(Count + other.Count, Math.Max(Best, other.Best), sum);
        }
    }

    /// <summary>Some orbits taken, and what is left to decide; null where nothing is.</summary>
    private sealed record Partial(State? State, double Logarithm, Taken? Taken);

    private sealed record Taken(Taken? Before, int Element, int Orbit, int Sets);
}

/// <summary>A way to fill orbits, and how likely it is.</summary>
/// <param name="Assignment">Which atoms are where.</param>
/// <param name="LogLikelihood">Of group and orbits, comparable among groups; see <see cref="WyckoffSearch"/>.</param>
public sealed record LikelyAssignment(WyckoffAssignment Assignment, double LogLikelihood);
