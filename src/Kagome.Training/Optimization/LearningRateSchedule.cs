using Kagome.Training.Recipes;

namespace Kagome.Training.Optimization;

/// <summary>A linear rise from a thousandth of the largest rate, then half a cosine down.</summary>
/// <remarks>Source: DAO's released code (warm-up from 0.001x, cosine to eta_min), by steps instead of epochs.</remarks>
public static class LearningRateSchedule
{
    private const double WarmUpStart = 0.001;

    /// <summary>The rate of a step, counted from 0.</summary>
    public static double At(int step, int stepCount, OptimizerSettings settings)
    {
        int warmUp = Math.Min(settings.WarmUpSteps, stepCount);
        if (step < warmUp)
        {
            return settings.LearningRate * (WarmUpStart + ((1 - WarmUpStart) * (step + 1) / warmUp));
        }

        double progress = (double)(step - warmUp) / Math.Max(1, stepCount - warmUp);
        double share = (1 + Math.Cos(Math.PI * progress)) / 2;
        return settings.FinalLearningRate + ((settings.LearningRate - settings.FinalLearningRate) * share);
    }
}
