using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Distributed;

/// <summary>Processes that share batches take the steps of one process that has them to itself.</summary>
public sealed class SharedStepTests
{
    /// <summary>A fifth of a step: Adam divides a gradient by its size, so that one that is nothing but rounding moves a weight, too.</summary>
    internal const double WeightTolerance = 2e-3;

    private const double MomentTolerance = 2e-5;
    private const double LossTolerance = 2e-5;
    private const int Steps = 4;

    private static readonly TrainingSet Crystals = TestCrystals.Set(
        Enumerable.Range(0, 3).SelectMany(_ => TestCrystals.All)
    );

    [Theory]
    [InlineData(1, 3, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(2, 5, 3)]
    [InlineData(3, 3, 3)]
    [InlineData(3, 7, 0)]
    [InlineData(4, 4, 3)]
    [InlineData(4, 2, 0)] // two of them have nothing to do
    [InlineData(4, 12, 3)]
    public void Step_of_several_processes_gives_losses_and_weights_of_one(int processes, int parts, double muon)
    {
        using DisposeScope scope = NewDisposeScope();
        Recipe recipe = Recipe(parts, muon);
        Taken expected = Take(recipe, SingleProcess.Group);
        Taken[] taken = ThreadedProcesses.Run(processes, group => Take(recipe, group));
        Assert.All(taken, own => AssertNear(expected, own));
        Assert.All(taken, own => TensorAssert.AreIdentical(taken[0].State, own.State));
        Array.ForEach(taken, own => own.Dispose());
        expected.Dispose();
    }

    [Fact]
    public void Step_of_a_predictor_shares_energies_too()
    {
        Recipe recipe = TestRuns.PredictorRecipe with
        {
            Batches = new BatchSettings { Atoms = 1000, Crystals = 1000 },
            Run = TestRuns.Recipe.Run with { Workers = 4 },
        };
        TrainingStep[] Energies(IProcessGroup group)
        {
            using TrainingRun run = TestRuns.Create(recipe, TestCrystals.Labelled, group: group);
            return [.. Enumerable.Range(0, Steps).Select(_ => run.Step())];
        }

        TrainingStep[] expected = Energies(SingleProcess.Group);
        Assert.Contains(expected, step => step.EnergyLoss > 0);
        Assert.All(
            ThreadedProcesses.Run(2, Energies),
            taken =>
            {
                foreach ((TrainingStep one, TrainingStep other) in expected.Zip(taken))
                {
                    Assert.Equal(one.Loss, other.Loss, LossTolerance);
                    Assert.Equal(one.EnergyLoss ?? 0, other.EnergyLoss ?? 0, LossTolerance);
                    Assert.Equal(one.EnergyLoss is null, other.EnergyLoss is null);
                }
            }
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Validate_of_several_processes_gives_the_losses_of_one(int processes)
    {
        ValidationLosses Losses(IProcessGroup group)
        {
            using TrainingRun run = TestRuns.Create(
                TestRuns.PredictorRecipe,
                TestCrystals.Labelled,
                TestCrystals.Labelled,
                group: group
            );
            return run.Validate()!.Value;
        }

        ValidationLosses expected = Losses(SingleProcess.Group);
        Assert.All(
            ThreadedProcesses.Run(processes, Losses),
            losses =>
            {
                Assert.Equal(expected.Total, losses.Total, LossTolerance);
                Assert.Equal(expected.EnergyError!.Value, losses.EnergyError!.Value, LossTolerance);
                Assert.Equal(
                    (expected.CrystalCount, expected.LabelledCount),
                    (losses.CrystalCount, losses.LabelledCount)
                );
            }
        );
    }

    [Fact]
    public void Step_that_diverges_ends_all_processes_at_the_same_step()
    {
        Recipe absurd = Recipe(parts: 2, muon: 0) with
        {
            Optimizer = new OptimizerSettings
            {
                LearningRate = 1e30,
                FinalLearningRate = 1e30,
                WarmUpSteps = 0,
            },
        };
        int[] steps = ThreadedProcesses.Run(
            2,
            group =>
            {
                using TrainingRun run = TestRuns.Create(absurd, Crystals, group: group);
                return Assert.Throws<TrainingDivergedException>(() => run.Take(absurd.Run.Steps)).Step;
            }
        );
        Assert.Single(steps.Distinct());
    }

    /// <summary>A weight of one process that is not a number is in one part of the sum: all have to hear of it.</summary>
    [Fact]
    public void Step_with_a_loss_that_is_no_number_in_one_process_ends_all()
    {
        string[] messages = ThreadedProcesses.Run(
            3,
            group =>
            {
                using TrainingRun run = TestRuns.Create(Recipe(parts: 3, muon: 0), Crystals, group: group);
                if (group.Rank == 2)
                {
                    using IDisposable noGradient = no_grad();
                    run.Network.parameters().First().fill_(float.NaN);
                }

                return Assert.Throws<TrainingDivergedException>(() => run.Step()).Message;
            }
        );
        Assert.Single(messages.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Require_same_weights_names_the_process_that_drifted()
    {
        string[] messages = ThreadedProcesses.Run(
            3,
            group =>
            {
                using TrainingRun run = TestRuns.Create(Recipe(parts: 3, muon: 0), Crystals, group: group);
                run.Take(2);
                WeightAgreement.Require(run);
                if (group.Rank == 1)
                {
                    using IDisposable noGradient = no_grad();
                    using Tensor weight = run.SaveState()["weights"].narrow(0, 5, 1);
                    weight.mul_(1 + 1e-6f);
                }

                return Assert.Throws<ProcessGroupException>(() => WeightAgreement.Require(run)).Message;
            }
        );
        Assert.All(
            messages,
            message =>
                Assert.StartsWith("The weights of rank 1 and of rank 0 differ", message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Steps_of_processes_leave_no_tensors()
    {
        ThreadedProcesses.Run(
            2,
            group =>
            {
                using TrainingRun run = TestRuns.Create(Recipe(parts: 2, muon: 3), Crystals, group: group);
                run.Take(2);
                group.Barrier();
                GC.Collect();
                GC.WaitForPendingFinalizers();
                group.Barrier();
                long before = Tensor.TotalCount;
                group.Barrier();
                run.Take(Steps);
                group.Barrier();
                Assert.Equal(before, Tensor.TotalCount);
                group.Barrier();
                return true;
            }
        );
    }

    private static Recipe Recipe(int parts, double muon) =>
        TestRuns.Recipe with
        {
            Optimizer = TestRuns.Recipe.Optimizer with { MuonFactor = muon, WeightDecay = muon > 0 ? 0 : 1e-3 },
            Batches = new BatchSettings { Atoms = 1000, Crystals = 1000 },
            Run = TestRuns.Recipe.Run with { Workers = parts },
        };

    private static Taken Take(Recipe recipe, IProcessGroup group)
    {
        using TrainingRun run = TestRuns.Create(recipe, Crystals, group: group);
        double[] losses = run.Take(Steps);
        using IDisposable noGradient = no_grad();
        return new Taken(
            losses,
            run.SaveState()
                .ToDictionary(
                    pair => pair.Key,
                    pair => pair.Value.clone().DetachFromDisposeScope(),
                    StringComparer.Ordinal
                )
        );
    }

    private static void AssertNear(Taken expected, Taken actual)
    {
        Assert.Equal(expected.Losses.Length, actual.Losses.Length);
        Assert.All(expected.Losses.Zip(actual.Losses), pair => Assert.Equal(pair.First, pair.Second, LossTolerance));
        Assert.All(
            expected.State,
            pair => TensorAssert.AreNear(pair.Value, actual.State[pair.Key], Tolerance(pair.Key), pair.Key)
        );
    }

    private static double Tolerance(string tensor) =>
        tensor is "weights" or "average" ? WeightTolerance : MomentTolerance;

    private sealed record Taken(double[] Losses, Dictionary<string, Tensor> State) : IDisposable
    {
        public void Dispose()
        {
            foreach (Tensor tensor in State.Values)
            {
                tensor.Dispose();
            }
        }
    }
}
