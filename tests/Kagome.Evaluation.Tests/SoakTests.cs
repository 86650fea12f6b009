using System.Diagnostics;
using System.Globalization;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Testing;
using TorchSharp;

namespace Kagome.Evaluation.Tests;

/// <summary>A process that works for hours: eng/soak.sh runs it, and writes down its memory.</summary>
public sealed class SoakTests
{
    private const double LargestGrowth = 1.05; // of the last quarter over the second; the first one warms up

    private static readonly string[] Formulas = ["NaCl", "SrTiO3", "MgO", "TiO2", "CsV3Sb5", "LiFePO4", "GaAs", "Cu"];

    private static readonly string Crystals = Path.Combine(Repository.Root, "recipes", "prototypes.jsonl.gz");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="Minute">Since the start.</param>
    /// <param name="Rounds">How often all was done.</param>
    /// <param name="Resident">Bytes of the process.</param>
    /// <param name="Managed">Bytes of the heap after a collection.</param>
    /// <param name="Tensors">Live ones of all threads, once the loaded parameters that are gone are left out: TorchSharp goes on counting them.</param>
    private readonly record struct Reading(int Minute, int Rounds, long Resident, long Managed, long Tensors)
    {
        public override string ToString() =>
            $"| {Minute} | {Rounds} | {Resident >> 20} | {Managed >> 20} | {Tensors} |";
    }

    [Fact(Explicit = true)]
    public async Task Predict_relax_and_evaluate_forHours_keepsItsMemory()
    {
        double minutes = double.Parse(
            Environment.GetEnvironmentVariable("KAGOME_SOAK_MINUTES") ?? "1",
            CultureInfo.InvariantCulture
        );
        string page = Path.Combine(Repository.Root, "TestResults", "soak.md");
        Directory.CreateDirectory(Path.GetDirectoryName(page)!);
        File.WriteAllText(page, "| minute | rounds | resident/MiB | managed/MiB | tensors |\n|---|---|---|---|---|\n");
        using CrystalPredictor predictor = CrystalPredictor.Load();
        int parameters = ParametersOfTheGenerator();
        CrystalRecord[] crystals = [.. new CrystalReader(Crystals).Read(Cancellation).Take(24)];
        List<Reading> readings = [];
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; Stopwatch.GetElapsedTime(start).TotalMinutes < minutes; round++)
        {
            await Work(predictor, crystals, round);
            int minute = (int)Stopwatch.GetElapsedTime(start).TotalMinutes;
            if (minute > (readings.Count > 0 ? readings[^1].Minute : 0))
            {
                readings.Add(Read(minute, round + 1, parameters));
                File.AppendAllText(page, $"{readings[^1]}\n");
            }
        }

        int quarter = readings.Count / 4;
        Assert.True(quarter > 0, $"{readings.Count} readings in {minutes} minutes; expected four at least.");
        double second = readings.Skip(quarter).Take(quarter).Average(reading => reading.Resident);
        double last = readings.TakeLast(quarter).Average(reading => reading.Resident);
        Assert.InRange(last / second, 0, LargestGrowth);
        Assert.Equal(readings[quarter].Tensors, readings[^1].Tensors);
    }

    private static async Task Work(CrystalPredictor predictor, CrystalRecord[] crystals, int round)
    {
        PredictionOptions options = new()
        {
            Samples = 4,
            AdaptsSamples = false,
            LargestAtomCount = 10,
            Seed = round,
            Sampler = new() { Steps = 10 },
        };
        Prediction prediction = await predictor.PredictAsync(
            Formulas[round % Formulas.Length],
            options,
            cancellation: Cancellation
        );
        Assert.NotEmpty(prediction.Candidates);
        RelaxationOptions relaxation = new() { Iterations = 2 };
        await foreach (
            RelaxationResult result in predictor.Energies!.RelaxAsync(crystals, relaxation, cancellation: Cancellation)
        )
        {
            Assert.NotNull(result.EnergyAfter);
        }

        EvaluationOptions evaluation = new()
        {
            Data = Crystals,
            Split = EvaluationOptions.AllSplits,
            Limit = 4,
            Seed = round,
            Sampler = new() { Steps = 5 },
        };
        Assert.Equal(4, (await Evaluator.EvaluateAsync(evaluation, cancellation: Cancellation)).Crystals.Count);
    }

    /// <summary>Each evaluation loads the generator once.</summary>
    private static int ParametersOfTheGenerator()
    {
        using Checkpoint checkpoint = new ModelCatalog().Load(ModelOptions.DefaultGenerator, ModelKind.Generator);
        using Crysformer network = checkpoint.CreateNetwork();
        return network.parameters().Count();
    }

    private static Reading Read(int minute, int rounds, int parameters)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long tensors = torch.Tensor.TotalCount - ((long)rounds * parameters);
        return new Reading(minute, rounds, Environment.WorkingSet, GC.GetTotalMemory(true), tensors);
    }
}
