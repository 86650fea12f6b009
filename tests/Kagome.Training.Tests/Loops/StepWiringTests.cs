using Kagome.Crystals.Structures;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Optimization;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Loops;

/// <summary>That a step has the noise, the shares and the learning rate that it should have, and not only some.</summary>
public sealed class StepWiringTests
{
    private const double Float32Tolerance = 1e-5;

    private static readonly Recipe Still = TestRuns.Recipe with
    {
        Optimizer = new OptimizerSettings { LearningRate = 0, FinalLearningRate = 0 },
        Run = TestRuns.Recipe.Run with { Workers = 1 },
    };

    private static readonly Recipe Property = TestRuns.Recipe with
    {
        Network = TestRuns.Recipe.Network with { HasEnergyHead = true },
        Property = new PropertySettings { Label = Labels.EnergyAboveHull, Unit = "eV/atom" },
        Optimizer = new OptimizerSettings { LearningRate = 1e-3, ClipValue = 0 },
        Batches = new BatchSettings { Atoms = 1000, Crystals = 1000 },
    };

    [Fact]
    public void Step_has_new_noise_every_time_though_weights_and_crystals_are_the_same()
    {
        using TrainingRun run = TestRuns.Create(Still, TestCrystals.Set(TestCrystals.SodiumChloride));
        double[] losses = run.Take(5);
        Assert.Equal(losses.Length, losses.Distinct().Count());
    }

    /// <summary>Two copies of a crystal, one for each worker: with the same noise the loss would be that of one.</summary>
    [Fact]
    public void Step_of_two_workers_has_noise_of_its_own_for_each()
    {
        Recipe two = Still with { Run = Still.Run with { Workers = 2 } };
        using TrainingRun alone = TestRuns.Create(Still, TestCrystals.Set(TestCrystals.SodiumChloride));
        using TrainingRun both = TestRuns.Create(
            two,
            TestCrystals.Set(TestCrystals.SodiumChloride, TestCrystals.SodiumChloride)
        );
        Assert.NotEqual(alone.Step().Loss, both.Step().Loss, 1e-3);
    }

    [Theory]
    [InlineData(ProductPrecision.Full, ScalarType.Float32, ScalarType.BFloat16)]
    [InlineData(ProductPrecision.BFloat16, ScalarType.BFloat16, ScalarType.Float32)]
    public void Step_by_Muon_multiplies_in_the_precision_of_the_run(
        ProductPrecision precision,
        ScalarType used,
        ScalarType other
    )
    {
        using DisposeScope scope = NewDisposeScope();
        Recipe recipe = Still with
        {
            Optimizer = new OptimizerSettings { LearningRate = 1e-2, MuonFactor = 3 },
            Run = Still.Run with { Precision = precision },
        };
        using TrainingRun run = TestRuns.Create(recipe);
        TorchSharp.Modules.Parameter[] weights = [.. run.Network.parameters().Where(weight => weight.requires_grad)];
        int at = Array.FindIndex(weights, weight => weight.ndim == 2 && weight.shape.Min() >= 16);
        Tensor before = weights[at].detach().clone();
        run.Step();
        Tensor moved = weights[at].detach() - before;
        Tensor gradient = run.SaveState()["momentum"]
            .narrow(0, weights[..at].Sum(weight => weight.numel()), before.numel())
            .view(before.shape);
        double Misfit(ScalarType factors)
        {
            Tensor direction = Muon.Orthogonalize((1.95 * gradient).unsqueeze(0), factors)[0];
            Tensor length = (moved * direction).sum() / direction.square().sum();
            return ((moved - (length * direction)).norm() / moved.norm()).ToDouble();
        }

        Assert.InRange(Misfit(used), 0, 0.3 * Misfit(other));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Step_moves_origins_where_the_recipe_says_so_and_only_there(bool shiftOrigin)
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingSet crystals = TestCrystals.Set(TestCrystals.SodiumChloride);
        Recipe recipe = Still with { Batches = Still.Batches with { ShiftOrigin = shiftOrigin } };
        using TrainingRun run = TestRuns.Create(recipe, crystals);
        using SeededNoise noise = new(RandomSeed.Mix(RandomSeed.Mix(recipe.Seed, 0), 0));
        TrainingLosses expected = new GenerationObjective(new DiffusionProcess(run.Schedules!), shiftOrigin).Loss(
            run.Network,
            crystals.Batch(new BatchIndices([0])),
            noise
        );
        Assert.Equal(expected.Total().ToDouble(), run.Step().Loss, Float32Tolerance);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Loss_draws_one_shift_where_it_is_asked_for_and_none_where_not(bool shiftOrigin, int expected)
    {
        using DisposeScope scope = NewDisposeScope();
        using TrainingRun run = TestRuns.Create(TestRuns.PredictorRecipe, TestCrystals.Labelled);
        DiffusionProcess process = new(run.Schedules!);
        EnergySettings noisy = new();
        ITrainingObjective[] objectives =
        [
            new GenerationObjective(process, shiftOrigin),
            new EnergyObjective(process, noisy, run.LabelScaler!, labelledShare: 1, shiftOrigin),
            new LearnToGenerate().Objective(process, null, 1, shiftOrigin),
            new LearnEnergies(noisy).Objective(process, run.LabelScaler, 1, shiftOrigin),
        ];
        TrainingBatch batch = TestCrystals.Labelled.Batch(new BatchIndices([0, 1, 2]));
        foreach (ITrainingObjective objective in objectives)
        {
            CountingNoise noise = new();
            objective.Loss(run.Network, batch, noise);
            Assert.Equal(expected, noise.UniformDraws);
        }
    }

    /// <summary>A property has no noise: how four crystals are dealt out to one worker or three changes sums by rounding alone.</summary>
    [Fact]
    public void Step_of_three_workers_with_uneven_parts_has_the_loss_and_gradient_of_one()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingSet crystals = TestCrystals.LabelledSet(
            TestCrystals.All.Select((record, at) => TestCrystals.WithEnergy(record, 0.2 * at * at))
        );
        using TrainingRun one = TestRuns.Create(With(workers: 1), crystals);
        using TrainingRun three = TestRuns.Create(With(workers: 3), crystals);
        Assert.Equal(one.Step().Loss, three.Step().Loss, Float32Tolerance);
        Tensor expected = one.SaveState()["first_moment"]; // a tenth of the gradient
        Assert.True(expected.abs().max().ToDouble() > 1e-3);
        TensorAssert.AreNear(expected * 1000, three.SaveState()["first_moment"] * 1000, 1e-4, "gradient");

        static Recipe With(int workers) => Property with { Run = Property.Run with { Workers = workers } };
    }

    /// <summary>Adam moves weights by about its rate, in the first step by exactly that.</summary>
    [Fact]
    public void Step_takes_the_rate_of_the_schedule_and_weights_move_by_it()
    {
        using DisposeScope scope = NewDisposeScope();
        Recipe recipe = TestRuns.Recipe with
        {
            Optimizer = TestRuns.Recipe.Optimizer with { WeightDecay = 0, FinalLearningRate = 1e-5 },
        };
        using TrainingRun run = TestRuns.Create(recipe);
        List<double> moves = [];
        List<double> rates = [];
        for (int step = 0; step < recipe.Run.Steps; step++)
        {
            Tensor before = run.SaveState()["weights"].clone();
            double rate = run.Step().LearningRate;
            Assert.Equal(LearningRateSchedule.At(step, recipe.Run.Steps, recipe.Optimizer), rate, 1e-12);
            rates.Add(rate);
            moves.Add((run.SaveState()["weights"] - before).abs().max().ToDouble());
        }

        Assert.Equal(rates[0], moves[0], 0.01 * rates[0]);
        Assert.All(moves.Zip(rates), pair => Assert.InRange(pair.First / pair.Second, 0.2, 4));
        Assert.Equal(rates.Max(), rates[3]);
        Assert.True(rates[^1] < 0.05 * rates.Max());
    }

    /// <summary>Seeded, and counts the draws that shift origins.</summary>
    private sealed class CountingNoise : INoiseSource
    {
        private readonly SeededNoise noise = new(3);

        public int UniformDraws { get; private set; }

        public Tensor Normal(params long[] shape) => noise.Normal(shape);

        public Tensor Uniform(params long[] shape)
        {
            UniformDraws++;
            return noise.Uniform(shape);
        }

        public Tensor Steps(int largest, long count) => noise.Steps(largest, count);
    }
}
