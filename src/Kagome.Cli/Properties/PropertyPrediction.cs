namespace Kagome.Cli.Properties;

/// <summary>What is said of a crystal, and what it rests on.</summary>
/// <param name="Id">The crystal's name in its file, or of the predicted structure.</param>
/// <param name="Formula">Of the cell that was judged.</param>
/// <param name="Atoms">In that cell.</param>
/// <param name="SpaceGroup">Null where there is no spglib, or no group was found.</param>
/// <param name="EnergyAboveHull">In eV/atom, by the predictor; null where none was asked.</param>
/// <param name="Property">Null where the model can say nothing.</param>
/// <param name="Label">What the data say; null where they say nothing.</param>
/// <param name="Concerns">Why it may be far off; empty where nothing speaks for that.</param>
/// <param name="Problem">Why nothing can be said; null where it can.</param>
internal sealed record PropertyPrediction(
    string Id,
    string Formula,
    int Atoms,
    string? SpaceGroup,
    double? EnergyAboveHull,
    PropertyValue? Property,
    double? Label,
    IReadOnlyList<string> Concerns,
    string? Problem
);
