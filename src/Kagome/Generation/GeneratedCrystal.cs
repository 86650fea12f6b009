using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome;

/// <summary>What came out of the sampler: a structure, or numbers that make none.</summary>
/// <param name="Structure">In its Niggli cell and the standard setting; null where sampling broke down.</param>
/// <param name="Problem">Why there is no structure; null where there is one.</param>
public sealed record GeneratedCrystal(Structure? Structure, string? Problem)
{
    /// <summary>How it came to be, where that was asked for.</summary>
    public IReadOnlyList<Structure> Trajectory { get; init; } = [];

    /// <summary>Brings sampled vectors into the shortest cell and the standard setting, which is right-handed.</summary>
    /// <remarks>A left-handed cell becomes its mirror image: the same crystal to the model, which sees L Lᵀ only.</remarks>
    internal static GeneratedCrystal From(Cartesian a, Cartesian b, Cartesian c, Func<IEnumerable<Site>> sites)
    {
        try
        {
            Lattice standard = Lattice.FromParameters(new Lattice(a, b, c).Parameters);
            Structure sampled = new(standard, sites());
            bool isReducible = NiggliReduction.TryReduce(standard, out _);
            return new GeneratedCrystal(isReducible ? Standardise(NiggliCell.Of(sampled)) : sampled, Problem: null);
        }
        catch (ArgumentException exception)
        {
            return new GeneratedCrystal(Structure: null, exception.Message);
        }
    }

    private static Structure Standardise(Structure structure) =>
        new(
            Lattice.FromParameters(structure.Lattice.Parameters),
            structure.Sites.Select(site => site with { Position = site.Position.Wrap() })
        );
}
