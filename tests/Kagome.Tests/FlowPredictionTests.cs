namespace Kagome.Tests;

/// <summary>A generator that learned a flow predicts as any other.</summary>
public sealed class FlowPredictionTests(TinyModels models) : IClassFixture<TinyModels>
{
    private static readonly PredictionOptions Quick = new()
    {
        Candidates = CandidateSources.Generated,
        Samples = 5,
        Sampler = new SamplerOptions { Steps = 4 },
    };

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PredictAsync_by_a_flow_gives_structures_and_the_same_ones_again()
    {
        using CrystalPredictor flow = CrystalPredictor.Load(models.Options with { Generator = TinyModels.Flow });
        PredictionOptions options = Quick with
        {
            Sampler = Quick.Sampler with { Temperature = 0.5, SecondOrder = true },
        };
        Prediction first = await flow.PredictAsync("NaCl", options, cancellation: TestCancellation);
        Prediction again = await flow.PredictAsync("NaCl", options, cancellation: TestCancellation);
        Assert.NotEmpty(first.Candidates);
        Assert.Equal(
            first.Candidates.Select(candidate => candidate.Structure.Lattice.Parameters),
            again.Candidates.Select(candidate => candidate.Structure.Lattice.Parameters)
        );
    }

    /// <summary>Predictors know the noise of diffusion alone.</summary>
    [Fact]
    public void Plan_of_a_flow_with_guidance_is_refused_with_the_way_out()
    {
        using CrystalPredictor flow = CrystalPredictor.Load(models.Options with { Generator = TinyModels.Flow });
        string message = Assert
            .Throws<InputException>(() =>
                flow.Plan("NaCl", Quick with { LatticeGuidance = 1 }, cancellation: TestCancellation)
            )
            .Message;
        Assert.Contains("is a flow", message, StringComparison.Ordinal);
        Assert.Contains("without guidance", message, StringComparison.Ordinal);
    }
}
