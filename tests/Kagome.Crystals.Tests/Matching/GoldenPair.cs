using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Matching;

/// <param name="Index">Line in the file, from 0.</param>
/// <param name="Kind">How the second crystal was made from the first.</param>
/// <param name="First">The first crystal.</param>
/// <param name="Second">The second crystal.</param>
/// <param name="Csp">Normalised RMS and largest distance in the setting csp; null where they do not match.</param>
/// <param name="Default">The same in the setting default.</param>
/// <param name="Seconds">pymatgen's time for both settings.</param>
internal sealed record GoldenPair(
    int Index,
    string Kind,
    Structure First,
    Structure Second,
    double[]? Csp,
    double[]? Default,
    double Seconds
);
