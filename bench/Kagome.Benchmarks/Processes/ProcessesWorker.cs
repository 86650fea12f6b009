using System.Diagnostics;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Training;
using Kagome.Training.Data;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;
using TorchSharp;

namespace Kagome.Benchmarks.Processes;

/// <summary>What processes are asked that mpirun starts, or one that is started alone.</summary>
/// <param name="Recipe">Whose training is measured.</param>
/// <param name="Steps">Steps that are timed; 0 for none.</param>
internal sealed record ProcessesRequest(string Recipe, int Steps)
{
    /// <summary>Lengths of vectors whose sums over processes are timed.</summary>
    public IReadOnlyList<int> SumLengths { get; init; } = [];

    /// <summary>Where the first process leaves the answer.</summary>
    public string AnswerPath { get; init; } = "";

    /// <summary>Whether there are others.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether freed memory goes back to the system, as the C library would have it.</summary>
    public bool GivesMemoryBack { get; init; }
}

/// <summary>What they found.</summary>
/// <param name="WeightCount">Weights of the network.</param>
/// <param name="CrystalsPerSecond">Of all processes together.</param>
/// <param name="StepSeconds">A step, on average.</param>
/// <param name="Sums">Vectors added up.</param>
internal sealed record ProcessesAnswer(
    long WeightCount,
    double CrystalsPerSecond,
    double StepSeconds,
    IReadOnlyList<SumTime> Sums
);

/// <summary>How long it takes to add up a vector over two processes of this machine.</summary>
/// <param name="Length">Numbers in float32.</param>
/// <param name="Seconds">The quickest: other work on the machine only adds.</param>
internal sealed record SumTime(int Length, double Seconds);

/// <summary>The processes that are measured.</summary>
internal static class ProcessesWorker
{
    /// <summary>The hidden option by which a process is asked.</summary>
    public const string Option = "--worker";

    private const int Parts = 2;
    private const int WarmUpSteps = 4;
    private const int SumRounds = 25;
    private static readonly int[] AtomCounts = [4, 8, 12, 16, 20];

    /// <summary>Starts processes, and waits for their answer.</summary>
    public static ProcessesAnswer Ask(ProcessesRequest request, int processes, CancellationToken cancellation)
    {
        string path = Path.GetTempFileName();
        request = request with { AnswerPath = path, IsShared = processes > 1 };
        string[] program =
        [
            Environment.ProcessPath!,
            .. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
                ? [typeof(ProcessesWorker).Assembly.Location]
                : Array.Empty<string>(),
            "mpi",
            Option,
            JsonText.Line(request),
        ];
        string[] launcher =
            processes > 1
                ?
                [
                    "mpirun",
                    "--allow-run-as-root",
                    "--oversubscribe",
                    "--bind-to",
                    "none",
                    "--mca",
                    "mpi_yield_when_idle",
                    "1",
                    "-n",
                    $"{processes}",
                ]
                : [];
        string[] line = [.. launcher, .. program];
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, UseShellExecute = false }
            )!;
            using CancellationTokenRegistration stop = cancellation.Register(process.Kill);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode == 0
                ? JsonText.Parse<ProcessesAnswer>(File.ReadAllText(path))
                : throw new InputException($"{string.Join(' ', line)} ended with {process.ExitCode}.");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Answers in the processes that were started for it.</summary>
    public static void Answer(ProcessesRequest request)
    {
        using MpiProcessGroup? group = request.IsShared ? MpiProcessGroup.Join("a benchmark needs it") : null;
        ProcessesAnswer answer =
            request.Steps > 0 ? Train(request, group) : new ProcessesAnswer(0, 0, 0, Sums(request, group!));
        if (group is null or { Rank: 0 })
        {
            File.WriteAllText(request.AnswerPath, JsonText.Line(answer));
        }
    }

    private static ProcessesAnswer Train(ProcessesRequest request, MpiProcessGroup? group)
    {
        Recipe recipe = RecipeFile.Read(new RecipeCatalog().Find(request.Recipe));
        recipe = recipe with { Energy = null, InitialModel = null, Run = recipe.Run with { Workers = Parts } };
        TrainingSet set = new();
        foreach (Structure crystal in Crystals(recipe.Batches.Atoms))
        {
            set.Add(new CrystalRecord($"random-{set.Count}", crystal));
        }

        using IDisposable? memory = request.GivesMemoryBack ? null : FreedMemory.Keep();
        using torch.Tensor table = torch.tensor(ElementFeatures.Table());
        using TrainingRun run = new(recipe, set, validation: null, table, group: group);
        for (int step = 0; step < WarmUpSteps; step++)
        {
            _ = run.Step();
        }

        long start = Stopwatch.GetTimestamp();
        double crystals = Enumerable.Range(0, request.Steps).Sum(_ => run.Step().CrystalCount);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long weights = run.Network.parameters().Where(weight => weight.requires_grad).Sum(weight => weight.numel());
        return new ProcessesAnswer(weights, crystals / seconds, seconds / request.Steps, []);
    }

    /// <summary>Sizes in turn, some batches of each.</summary>
    private static IEnumerable<Structure> Crystals(int batchAtoms)
    {
        Random random = new(1);
        return AtomCounts.SelectMany(atoms => RandomCrystals.Create(Math.Max(1, batchAtoms / atoms), atoms, random));
    }

    private static SumTime[] Sums(ProcessesRequest request, MpiProcessGroup group) =>
        [
            .. request.SumLengths.Select(length =>
            {
                float[] vector = new float[length];
                double[] seconds = new double[SumRounds];
                for (int round = -2; round < SumRounds; round++)
                {
                    group.Barrier();
                    long start = Stopwatch.GetTimestamp();
                    group.AllReduceSum(vector.AsSpan());
                    if (round >= 0)
                    {
                        seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    }
                }

                return new SumTime(length, seconds.Min());
            }),
        ];
}
