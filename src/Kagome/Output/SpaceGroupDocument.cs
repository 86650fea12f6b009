using Kagome.Crystals.Symmetry;

namespace Kagome.Output;

/// <summary>A space group as JSON gives it.</summary>
/// <param name="Number">1 to 230.</param>
/// <param name="Symbol">The short Hermann-Mauguin symbol, such as Fm-3m or P6_3/mmc.</param>
public sealed record SpaceGroupDocument(int Number, string Symbol)
{
    /// <summary>Null where there is no group.</summary>
    public static SpaceGroupDocument? Of(SpaceGroup? group) => group is null ? null : new(group.Number, group.Symbol);

    /// <summary>As people read it, such as Fm-3m (225).</summary>
    public override string ToString() => $"{Symbol} ({Number})";
}
