namespace Kagome.Training.Recipes;

/// <summary>How weights follow gradients. Defaults are the paper's (A.13 of its supplement) where it states them.</summary>
public sealed record OptimizerSettings
{
    /// <summary>Adam's largest step. Above 0.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>How many times Adam's rate weight matrices have, moved by Muon; 0, as in the paper, leaves them to Adam.</summary>
    public double MuonFactor { get; init; }

    /// <summary>What the cosine ends at.</summary>
    public double FinalLearningRate { get; init; } = 1e-6;

    /// <summary>Steps over which the rate rises from a thousandth to its largest.</summary>
    public int WarmUpSteps { get; init; } = 500;

    /// <summary>Added to the gradient, times the weight; 0 where Muon moves weights.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Bound of each gradient entry; 0 for none.</summary>
    public double ClipValue { get; init; } = 0.5;

    /// <summary>Bound of the whole gradient's length; 0 for none.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Decay per step of the moving average of the weights, which is what a model is shipped with; 0 for none.</summary>
    public double AverageDecay { get; init; } = 0.999;
}
