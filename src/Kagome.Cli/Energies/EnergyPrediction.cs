namespace Kagome.Cli.Energies;

/// <summary>What a model says of a crystal.</summary>
/// <param name="Id">The crystal's name in its file.</param>
/// <param name="Formula">Of the cell that was judged.</param>
/// <param name="Atoms">In that cell.</param>
/// <param name="Energy">In the model's unit; null where the model can say nothing.</param>
/// <param name="Label">What the data say; null where they say nothing.</param>
/// <param name="Concerns">Why the energy may be far off; empty where nothing speaks for that.</param>
/// <param name="Problem">Why there is no energy; null where there is one.</param>
internal sealed record EnergyPrediction(
    string Id,
    string Formula,
    int Atoms,
    double? Energy,
    double? Label,
    IReadOnlyList<string> Concerns,
    string? Problem
);
