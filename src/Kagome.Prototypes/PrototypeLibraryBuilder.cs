using System.Collections.Concurrent;
using System.Collections.Immutable;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome.Prototypes;

/// <summary>Makes a library of prototypes from crystals: leaves out what is none, brings the others to exact symmetry, sorts them into types.</summary>
/// <remarks>The same crystals in the same order give the same library, on any number of cores.</remarks>
/// <param name="options">What to keep, and whose it is.</param>
public sealed class PrototypeLibraryBuilder(PrototypeLibraryOptions options)
{
    /// <summary>Atoms of computed crystals are this near to their symmetric places, in Å.</summary>
    private const double Symprec = 0.01;

    private const double SmallestVolume = 2;
    private const double LargestVolume = 500;
    private const double SmallestDistance = 0.5;
    private const int MostElements = 10;

    private static readonly SymmetryFinder Symmetries = new(Symprec);

    private readonly ConcurrentDictionary<string, int> leftOut = new(StringComparer.Ordinal);

    /// <summary>Builds a library.</summary>
    /// <param name="crystals">Each with the name of its source.</param>
    /// <param name="progress">Hears how many crystals are sorted.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">No crystal is left.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public PrototypeLibrary Build(
        IEnumerable<(string Source, CrystalRecord Crystal)> crystals,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(crystals);
        options.Validate();
        leftOut.Clear();
        Candidate[] kept = crystals
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellation)
            .Select(Prepare)
            .OfType<Candidate>()
            .ToArrayOrFail(cancellation);
        (AnonymousFormula Formula, Candidate[] Crystals)[] byFormula =
        [
            .. kept.GroupBy(candidate => AnonymousFormula.Of(candidate.Structure.Composition))
                .Select(group => (group.Key, group.ToArray()))
                .OrderByDescending(group => group.Item2.Length),
        ];
        int done = 0;
        PrototypeGroup[] groups =
        [
            .. Partitioner
                .Create(byFormula, EnumerablePartitionerOptions.NoBuffering)
                .AsParallel()
                .WithCancellation(cancellation)
                .Select(group =>
                {
                    PrototypeGroup? sorted = Sort(group.Formula, group.Crystals, cancellation);
                    lock (leftOut)
                    {
                        done += group.Crystals.Length;
                        progress?.Report(new WorkProgress("prototypes", done, kept.Length, "crystals"));
                    }

                    return sorted;
                })
                .OfType<PrototypeGroup>()
                .ToArrayOrFail(cancellation)
                .OrderBy(group => group.Formula), // sums over them are the same each time
        ];
        if (groups.Length == 0)
        {
            throw new InputException(
                leftOut.IsEmpty
                    ? "There is no crystal for a library."
                    : $"No crystal is left for a library; left out: {string.Join(", ", leftOut.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} {pair.Key}"))}."
            );
        }

        return new PrototypeLibrary(
            new PrototypeLibraryDescription
            {
                Name = options.Name,
                License = options.License,
                Sources =
                [
                    .. groups
                        .SelectMany(group => group.Crystals)
                        .Select(crystal => crystal.Source)
                        .Distinct()
                        .Order(StringComparer.Ordinal),
                ],
                CrystalCount = groups.Sum(group => group.Crystals.Length),
                TypeCount = groups.Sum(group => group.Members.Length),
                AtomicVolumes = AtomicVolumes.Fit(groups.SelectMany(group => group.Crystals)),
                LeftOut = leftOut.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            },
            groups
        );
    }

    private Candidate? Prepare((string Source, CrystalRecord Crystal) entry)
    {
        Structure structure = entry.Crystal.Structure;
        if (Problem(structure) is { } problem)
        {
            LeaveOut(problem);
            return null;
        }

        CrystalSymmetry? symmetry = Symmetries.Find(structure);
        Structure? exact = symmetry?.PrimitiveStandardCell;
        return new Candidate(
            entry.Source,
            entry.Crystal,
            exact?.AtomCount == structure.AtomCount ? exact : structure, // others are no primitive cells, and are asked for as they are
            symmetry?.Group.Number
        );
    }

    private string? Problem(Structure structure) =>
        structure.AtomCount > options.LargestAtomCount ? $"with more than {options.LargestAtomCount} atoms"
        : structure.Composition.Counts.Count > MostElements ? $"of more than {MostElements} elements"
        : structure.VolumePerAtom is < SmallestVolume or > LargestVolume
            ? $"with less than {SmallestVolume} or more than {LargestVolume} Å³ an atom"
        : !NiggliCellExists(structure) ? "whose cell cannot be reduced"
        : PeriodicDistances.Shortest(structure) < SmallestDistance ? $"with atoms closer than {SmallestDistance} Å"
        : null;

    private static bool NiggliCellExists(Structure structure) =>
        Crystals.Lattices.NiggliReduction.TryReduce(structure.Lattice, out _);

    private PrototypeGroup? Sort(AnonymousFormula formula, Candidate[] candidates, CancellationToken cancellation)
    {
        StructureTypes types = new(formula);
        HashSet<(string, int, int)> known = [];
        ImmutableArray<KnownCrystal>.Builder crystals = ImmutableArray.CreateBuilder<KnownCrystal>();
        foreach (Candidate candidate in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            if (types.Add(candidate.Structure) is not { } member)
            {
                LeaveOut("whose cell cannot be reduced");
                continue;
            }

            // the same elements in the same slots of a type, at the same volume to a hundredth, are one crystal
            int volume = (int)Math.Round(100 * Math.Log(candidate.Structure.VolumePerAtom));
            string filling = string.Join(',', member.Elements);
            if (!options.KeepsDuplicates && !known.Add((filling, member.Type, volume)))
            {
                LeaveOut("that are there already");
                continue;
            }

            IEnumerable<Site> bySlot = member.Elements.SelectMany(element =>
                candidate.Structure.Sites.Where(site => site.Element == element)
            );
            if (PackedCell.Of(candidate.Structure.Lattice, bySlot) is not { } cell)
            {
                LeaveOut("whose cell is too large");
                continue;
            }

            crystals.Add(
                new KnownCrystal(formula, member.Elements, cell)
                {
                    Id = candidate.Crystal.Id,
                    Source = candidate.Source,
                    Type = member.Type,
                    SpaceGroup = candidate.SpaceGroup,
                    EnergyAboveHull = Labels.Number(candidate.Crystal, Labels.EnergyAboveHull),
                }
            );
        }

        return crystals.Count == 0
            ? null
            : new PrototypeGroup(
                formula,
                [.. crystals.OrderBy(crystal => crystal.Type)], // like stands by like, and packs tighter
                types.CanonicalOrders()
            );
    }

    private void LeaveOut(string reason) => leftOut.AddOrUpdate(reason, 1, (_, count) => count + 1);

    private sealed record Candidate(string Source, CrystalRecord Crystal, Structure Structure, int? SpaceGroup);
}

/// <summary>What a library of prototypes is to hold.</summary>
public sealed record PrototypeLibraryOptions
{
    /// <summary>Such as materials-project. Default: own.</summary>
    public string Name { get; init; } = "own";

    /// <summary>Licence and attribution of the crystals. Default: that nothing is said.</summary>
    public string License { get; init; } = "not stated";

    /// <summary>Most atoms of a cell; at least 1. Default 52.</summary>
    public int LargestAtomCount { get; init; } = 52;

    /// <summary>Whether crystals that are the same are kept side by side. Default: the first alone is.</summary>
    public bool KeepsDuplicates { get; init; }

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        OptionException.RequireGiven(nameof(Name), Name);
        OptionException.RequireGiven(nameof(License), License);
        OptionException.RequirePositive(nameof(LargestAtomCount), LargestAtomCount);
    }
}
