using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.Calculations;

/// <summary>Magnetic moments to begin with, ferromagnetic: a relaxation brings them down where they are too large, and cannot make them of nothing.</summary>
/// <remarks>Source: the Materials Project's settings (pymatgen's MPRelaxSet): 5 for these elements, 0.6 for others beside them; uranium to curium are ours.</remarks>
internal static class InitialMoments
{
    private const double Large = 5;
    private const double Small = 0.6;

    private static readonly HashSet<string> Magnetic =
    [
        .. "V Cr Mn Fe Co Ni Mo W Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb U Np Pu Am Cm".Split(' '),
    ];

    /// <summary>Bohr magnetons of each element of the crystal; null where none is often magnetic.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="settings">Whether there is spin at all.</param>
    /// <param name="hasFrozenShell">Elements whose potential keeps the electrons in its core that would be magnetic; null for none.</param>
    public static IReadOnlyDictionary<Element, double>? Of(
        Structure structure,
        CalculationSettings settings,
        Func<Element, bool>? hasFrozenShell = null
    )
    {
        bool IsMagnetic(Element element) =>
            Magnetic.Contains(element.Symbol) && hasFrozenShell?.Invoke(element) != true;

        Element[] elements = [.. structure.Composition.Counts.Select(pair => pair.Key)];
        return settings.HasSpin && elements.Any(IsMagnetic)
            ? elements.ToDictionary(element => element, element => IsMagnetic(element) ? Large : Small)
            : null;
    }
}
