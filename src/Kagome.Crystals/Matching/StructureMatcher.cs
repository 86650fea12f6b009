using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Matching;

/// <summary>Tells whether two structures are the same crystal, whatever cell, origin and orientation they are given in.</summary>
/// <remarks>
/// <para>
/// The meaning of pymatgen 2022.11.7's StructureMatcher with primitive_cell and scale, without attempt_supercell: both crystals
/// are taken to their primitive, Niggli-reduced cells and to one volume; every set of vectors of the first lattice that is like
/// the second within ltol and angle_tol is tried, and for each, every translation that lays an atom of the rarest element onto
/// one of that element; sites are paired so that squared distances are least, and the smallest root mean square distance counts.
/// </para>
/// <para>Mirror images are the same crystal. Safe to use from several threads.</para>
/// </remarks>
public sealed class StructureMatcher
{
    /// <summary>Pairing more atoms would take more memory, 8 bytes for each pair, than a comparison should.</summary>
    private const int MaximumAtomsOfElement = 4000;

    /// <summary>Niggli reduction takes lengths this close for equal; relative, and generous.</summary>
    private const double ReductionTolerance = 1e-2;

    /// <param name="options">Null for <see cref="MatcherOptions.Default"/>.</param>
    /// <exception cref="OptionException">A tolerance is not a number above 0.</exception>
    public StructureMatcher(MatcherOptions? options = null)
    {
        Options = options ?? MatcherOptions.Default;
        Options.Validate();
    }

    /// <summary>The tolerances and limits of each comparison.</summary>
    public MatcherOptions Options { get; }

    /// <summary>How the second crystal lies on the first; null where they are not the same or the time limit ends the search.</summary>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public StructureMatch? Match(Structure first, Structure second, CancellationToken cancellationToken = default) =>
        Compare(first, second, cancellationToken).Match;

    /// <summary>The verdict on two crystals and its reason, for any input.</summary>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public MatchResult Compare(Structure first, Structure second, CancellationToken cancellationToken = default) =>
        Compare(first, second, [this], cancellationToken)[0];

    /// <summary>The verdicts of several matchers, such as one for each set of tolerances: the crystals are reduced once.</summary>
    /// <remarks>The reduction has the time limit of the first matcher, and each comparison that of its own.</remarks>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public static ImmutableArray<MatchResult> Compare(
        Structure first,
        Structure second,
        IReadOnlyList<StructureMatcher> matchers,
        CancellationToken cancellationToken = default
    )
    {
        if (!first.Composition.Reduced.Equals(second.Composition.Reduced))
        {
            return [.. matchers.Select(_ => new MatchResult(MatchVerdict.CompositionDiffers))];
        }

        using CancellationTokenSource limit = matchers[0].StartLimit(cancellationToken);
        try
        {
            return
                PreparedStructure.TryPrepare(first, out PreparedStructure? preparedFirst, limit.Token)
                && PreparedStructure.TryPrepare(second, out PreparedStructure? preparedSecond, limit.Token)
                ? [.. matchers.Select(matcher => matcher.Compare(preparedFirst, preparedSecond, cancellationToken))]
                : [.. matchers.Select(_ => new MatchResult(MatchVerdict.CellNotReducible))];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [.. matchers.Select(_ => new MatchResult(MatchVerdict.LimitExceeded))];
        }
    }

    /// <summary>The verdict on two crystals that were reduced before, as for one that is compared with many.</summary>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public MatchResult Compare(
        PreparedStructure first,
        PreparedStructure second,
        CancellationToken cancellationToken = default
    )
    {
        if (!first.ReducedFormula.Equals(second.ReducedFormula))
        {
            return new(MatchVerdict.CompositionDiffers);
        }

        using CancellationTokenSource limit = StartLimit(cancellationToken);
        return Search(first, second, limit.Token, cancellationToken);
    }

    /// <summary>The crystal ready for comparison; null where it cannot be reduced, or not within the time limit.</summary>
    /// <exception cref="OperationCanceledException">The preparation was cancelled.</exception>
    public PreparedStructure? TryPrepare(Structure structure, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = StartLimit(cancellationToken);
        try
        {
            PreparedStructure.TryPrepare(structure, out PreparedStructure? prepared, limit.Token);
            return prepared;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The verdicts on many crystals, each compared with the same other one: on all cores, in their order.</summary>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public ImmutableArray<MatchResult> CompareEach(
        IEnumerable<Structure> structures,
        Structure second,
        CancellationToken cancellationToken = default
    ) =>
        [
            .. structures
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellationToken)
                .Select(first => Compare(first, second, cancellationToken)),
        ];

    private CancellationTokenSource StartLimit(CancellationToken cancellationToken)
    {
        CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Options.TimeLimit > TimeSpan.Zero)
        {
            limit.CancelAfter(Options.TimeLimit);
        }
        else
        {
            limit.Cancel(); // a timer would fire some time later
        }

        return limit;
    }

    private MatchResult Search(
        PreparedStructure first,
        PreparedStructure second,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        if (first.Reduced.AtomCount != second.Reduced.AtomCount)
        {
            return new(MatchVerdict.PrimitiveCellDiffers);
        }

        if (first.GroupSizes.Max() > MaximumAtomsOfElement)
        {
            return new(MatchVerdict.LimitExceeded);
        }

        if (!MayHaveMapping(first, second))
        {
            return new(MatchVerdict.NoLatticeMapping);
        }

        double volume = Math.Sqrt(first.Reduced.Lattice.Volume * second.Reduced.Lattice.Volume);
        Lattice firstLattice = first.Reduced.Lattice.ScaleToVolume(volume);
        LatticeParameters secondParameters = second.Reduced.Lattice.ScaleToVolume(volume).Parameters;
        LatticeMappingSearch search = new(firstLattice, secondParameters, Options);
        SiteAlignment alignment = new(first, firstLattice, second, secondParameters, Options.Stol);
        bool hasMapping = TryMappings(search, alignment, limit);
        cancellationToken.ThrowIfCancellationRequested();
        return alignment switch
        {
            { IsPerfect: true } => new(MatchVerdict.Match, alignment.Best),
            _ when limit.IsCancellationRequested || search.IsLimitExceeded => new(MatchVerdict.LimitExceeded),
            { Best: { } best } => new(MatchVerdict.Match, best),
            _ => new(hasMapping ? MatchVerdict.NoSiteMapping : MatchVerdict.NoLatticeMapping),
        };
    }

    /// <returns>Whether there was any mapping of the lattices.</returns>
    private static bool TryMappings(LatticeMappingSearch search, SiteAlignment alignment, CancellationToken limit)
    {
        bool hasMapping = false;
        try
        {
            foreach (LatticeMapping mapping in search.Mappings(limit))
            {
                hasMapping = true;
                alignment.Try(mapping, limit);
                if (alignment.IsPerfect || limit.IsCancellationRequested)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // the caller tells the time limit from a cancellation
        }

        return hasMapping;
    }

    /// <summary>A quick look at lengths: false where no vectors of the first lattice can be like those of the second.</summary>
    /// <remarks>
    /// The vectors of a reduced cell are the shortest that there are, so three others that span the lattice are, sorted, at least as long
    /// each; and they are at most longer than the second's by the factor 1 + ltol.
    /// </remarks>
    private bool MayHaveMapping(PreparedStructure first, PreparedStructure second)
    {
        double size = Math.Cbrt(first.Reduced.Lattice.Volume / second.Reduced.Lattice.Volume);
        double factor = (1 + Options.Ltol) * (1 + ReductionTolerance) * size;
        return first.Parameters.A <= second.Parameters.A * factor
            && first.Parameters.B <= second.Parameters.B * factor
            && first.Parameters.C <= second.Parameters.C * factor;
    }
}
