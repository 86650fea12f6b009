namespace Kagome.Core.Elements;

/// <summary>The kind of orbital that is being filled along the periodic table.</summary>
public enum ElementBlock
{
    S,
    P,
    D,
    F,
}
