namespace Kagome.Tests;

/// <summary>Plans that stop with their test.</summary>
internal static class TestPlans
{
    public static PredictionPlan PlanInTest(
        this CrystalPredictor predictor,
        string formula,
        PredictionOptions? options = null
    ) => predictor.Plan(formula, options, TestContext.Current.CancellationToken);
}
