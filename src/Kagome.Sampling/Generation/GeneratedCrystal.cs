using Kagome.Core.Lattices;
using Kagome.Core.Structures;

namespace Kagome.Sampling.Generation;

/// <summary>What came out of the sampler: a structure, or numbers that make none.</summary>
/// <param name="Structure">In the standard setting of its cell parameters; null where sampling broke down.</param>
/// <param name="Problem">Why there is no structure; null where there is one.</param>
public sealed record GeneratedCrystal(Structure? Structure, string? Problem)
{
    /// <summary>Brings sampled vectors into the standard setting, which also makes a left-handed cell right-handed.</summary>
    internal static GeneratedCrystal From(Cartesian a, Cartesian b, Cartesian c, Func<IEnumerable<Site>> sites)
    {
        try
        {
            Lattice sampled = new(a, b, c);
            return new GeneratedCrystal(
                new Structure(Lattice.FromParameters(sampled.Parameters), sites()),
                Problem: null
            );
        }
        catch (ArgumentException exception)
        {
            return new GeneratedCrystal(Structure: null, exception.Message);
        }
    }
}
