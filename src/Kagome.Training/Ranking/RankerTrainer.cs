using Kagome.Models;
using Kagome.Prototypes;
using Kagome.Work;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Training.Ranking;

/// <summary>Trains the ranker of known structure types: each crystal of a library is asked for, and those of other formulas answer.</summary>
/// <remarks>
/// Same library and options on the same kind of processor: the same ranker, on any number of cores. Sets the seed of libtorch's own random numbers. For one thread at a time.
/// </remarks>
public static class RankerTrainer
{
    private const int BatchSize = 128;
    private const int LongestWarmUp = 200;
    private const int FewestFormulas = 150; // that teach which cell a formula has
    private const double WarmUpShare = 0.1;
    private const double WeightDecay = 1e-2;
    private const double LargestGradient = 1;
    private const double SmallestKeptShare = 0.6;

    /// <summary>Trains a ranker and writes it. After each epoch but the last its state is kept, to go on from.</summary>
    /// <param name="options">On what, and how long.</param>
    /// <param name="progress">Hears of each step; the note says what the last epoch came to.</param>
    /// <param name="cancellation">Stops between steps; the state of the last whole epoch is left then.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="InputException">The library is too small to learn from, or there is a state and it is not to be gone on from.</exception>
    /// <exception cref="TrainingStateException">The state to go on from is of another training, or damaged.</exception>
    /// <exception cref="PrototypeLibraryException">The library cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RankerTrainingResult Train(
        RankerTrainingOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using PrototypeLibrary library = PrototypeLibrary.Open(options.Library);
        RankerStateFile state = new(
            options.StatePath,
            FormattableString.Invariant(
                $"a training of {options.Epochs} epochs with seed {options.Seed}, learning rate {options.LearningRate}, dropout {options.Dropout} and the library of checksum {library.ComputeChecksum()}"
            )
        );
        if (state.Exists && !options.Resume)
        {
            throw new InputException(
                $"{options.StatePath} is of a training that was stopped. Go on with it ({nameof(options.Resume)}), or remove the file to begin anew.",
                options.StatePath,
                nameof(options.Resume)
            );
        }

        // its products are small: more threads would mostly wait for each other, and round differently
        using WorkerThreads single = new(1);
        T OnOneThread<T>(Func<CancellationToken, T> work) => single.Run([0], (_, stop) => work(stop), cancellation)[0];

        ILookup<bool, RankerQuery> queries = Enumerable.Empty<RankerQuery>().ToLookup(_ => false);
        List<RankerEpoch> epochs = [];
        if (options.CellsOf is null)
        {
            queries = RankerQueries
                .Of(library, progress, cancellation)
                .ToLookup(query => query.IsHeldOut, query => query.Query);
            if (queries[false].Count() < BatchSize || !queries[true].Any())
            {
                throw new InputException(
                    $"{options.Library} has {queries.Sum(group => group.Count())} crystals with others of their anonymous formula; expected some hundreds to learn from.",
                    options.Library
                );
            }

            epochs = OnOneThread(stop =>
                LearnTypes(options, library.Description, state, [.. queries[false]], [.. queries[true]], progress, stop)
            );
        }

        string types = options.CellsOf ?? options.TypesPath;
        ILookup<bool, CellQuery> cells = CellQueries
            .Of(library, StructureTypeRanker.Load(types), progress, cancellation)
            .ToLookup(query => query.IsHeldOut, query => query.Query);
        bool canLearn = cells[false].Count() >= FewestFormulas && cells[true].Any();
        if (options.CellsOf is not null && !canLearn)
        {
            throw new InputException(
                $"{options.Library} has {cells.Sum(group => group.Count())} formulas whose cell could be another; expected at least {FewestFormulas} to learn from.",
                options.Library
            );
        }

        CellScore? score = canLearn
            ? OnOneThread(stop => LearnCells(options, types, [.. cells[false]], [.. cells[true]], stop))
            : null;
        if (score is null)
        {
            File.Move(types, options.Output, overwrite: true); // known crystals are counted, as where nothing was learned
        }

        File.Delete(options.TypesPath);
        state.Delete();
        return new RankerTrainingResult(options.Output, queries[false].Count(), queries[true].Count(), epochs, score);
    }

    /// <summary>Learns which structure type, and writes that down.</summary>
    private static List<RankerEpoch> LearnTypes(
        RankerTrainingOptions options,
        PrototypeLibraryDescription library,
        RankerStateFile state,
        RankerQuery[] learned,
        RankerQuery[] heldOut,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        random.manual_seed(options.Seed);
        using RankerNetwork network = new(options.Dropout);
        List<RankerEpoch> epochs = Learn(network, state, learned, heldOut, options, progress, cancellation);
        SafetensorsFile.Write(
            options.TypesPath,
            Parameters(network),
            new Dictionary<string, string>
            {
                ["library"] = library.Name,
                ["sources"] = string.Join(", ", library.Sources),
                ["licence"] = library.License,
                ["crystals"] = $"{learned.Length}",
                ["epochs"] = $"{options.Epochs}",
                ["seed"] = $"{options.Seed}",
                ["program"] = ProgramVersion.Program,
            }
        );
        return epochs;
    }

    /// <summary>Learns which cell, and writes it beside what is known of types.</summary>
    private static CellScore LearnCells(
        RankerTrainingOptions options,
        string types,
        CellQuery[] learned,
        CellQuery[] heldOut,
        CancellationToken cancellation
    )
    {
        random.manual_seed(options.Seed);
        using CellNetwork network = new();
        CellScore score = network.Learn(learned, heldOut, options.Seed, cancellation);
        using SafetensorsFile file = SafetensorsFile.Read(types);
        Dictionary<string, Tensor> tensors = Parameters(network);
        foreach ((string name, Tensor tensor) in file.Tensors)
        {
            tensors.TryAdd(name, tensor);
        }

        SafetensorsFile.Write(
            options.Output,
            tensors,
            new Dictionary<string, string>(file.Metadata) { ["formulas"] = $"{learned.Length}" }
        );
        return score;
    }

    private static Dictionary<string, Tensor> Parameters(nn.Module network) =>
        network.named_parameters().ToDictionary(pair => pair.name, pair => (Tensor)pair.parameter);

    private static List<RankerEpoch> Learn(
        RankerNetwork network,
        RankerStateFile state,
        RankerQuery[] learned,
        RankerQuery[] heldOut,
        RankerTrainingOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        Random random = new((int)(options.Seed % int.MaxValue));
        using AdamW optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: WeightDecay);
        int perEpoch = RankerQueries.Batches(learned, BatchSize, random).Count;
        List<RankerEpoch> epochs = state.Exists ? state.Load(network, optimizer) : [];
        int finished = epochs.Count;
        int step = 0;
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            double loss = 0;
            IReadOnlyList<RankerQuery[]> batches = RankerQueries.Batches(learned, BatchSize, random);
            if (epoch <= finished)
            {
                DrawAgain(batches, random, cancellation);
                step += batches.Count;
                continue;
            }

            network.train();
            foreach (RankerQuery[] batch in batches)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                RankerBatch drawn = Draw(batch, random);
                foreach (optim.ILearningRateController group in optimizer.ParamGroups)
                {
                    group.LearningRate = LearningRate(options.LearningRate, step, options.Epochs * perEpoch);
                }

                optimizer.zero_grad();
                Tensor batchLoss = network.Loss(drawn);
                batchLoss.backward();
                nn.utils.clip_grad_norm_(network.parameters(), LargestGradient);
                optimizer.step();
                loss += batchLoss.item<float>();
                step++;
                progress?.Report(
                    new WorkProgress(
                        "ranker",
                        step,
                        (long)options.Epochs * perEpoch,
                        "steps",
                        epochs.Count > 0 ? epochs[^1].Note : null
                    )
                );
            }

            epochs.Add(RankerEpoch.Of(epoch, loss / batches.Count, network, heldOut));
            if (epoch < options.Epochs)
            {
                state.Save(network, optimizer, step, epochs);
            }
        }

        return epochs;
    }

    /// <summary>A batch with some of its pairs, by chance.</summary>
    private static RankerBatch Draw(RankerQuery[] batch, Random random)
    {
        double share = SmallestKeptShare + ((1 - SmallestKeptShare) * random.NextDouble());
        return RankerBatch.Of(batch, () => random.NextDouble() < share);
    }

    /// <summary>Brings the random numbers to where they were after an epoch: a small part of its work.</summary>
    private static void DrawAgain(IReadOnlyList<RankerQuery[]> batches, Random random, CancellationToken cancellation)
    {
        foreach (RankerQuery[] batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            Draw(batch, random);
        }
    }

    private static double LearningRate(double largest, int step, int all) =>
        largest
        * Math.Min(1, (step + 1.0) / Math.Min(LongestWarmUp, Math.Ceiling(WarmUpShare * all)))
        * 0.5
        * (1 + Math.Cos(Math.PI * step / all));
}

/// <summary>How a ranker is trained.</summary>
public sealed record RankerTrainingOptions
{
    /// <summary>The library whose crystals ask and answer.</summary>
    public required string Library { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to go on after the last whole epoch of a training that was stopped, where there is one: the ranker is that of an undisturbed training. Default: it is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>A trained ranker of structure types, which learns anew which cell a formula has and nothing else. Default: null, to learn all.</summary>
    public string? CellsOf { get; init; }

    /// <summary>Where the state of a training lies that was stopped, until it is done.</summary>
    public string StatePath => Output + ".state";

    /// <summary>Where what was learned of structure types lies until the cells are learned, too.</summary>
    internal string TypesPath => Output + ".types";

    /// <summary>How often each crystal is asked for; at least 1. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Seed of the first weights and of all chance. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The largest step; above 0. Default 0.002.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>The share of the network that is left out at random while it learns; from 0 to below 1. Default 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        OptionException.RequireGiven(nameof(Library), Library);
        OptionException.RequireGiven(nameof(Output), Output);
        if (CellsOf is { } ranker && !File.Exists(ranker))
        {
            throw new OptionException(nameof(CellsOf), ranker, "a file that exists");
        }

        OptionException.RequirePositive(nameof(Epochs), Epochs);
        OptionException.RequirePositive(nameof(LearningRate), LearningRate, "0.002");
        OptionException.RequireNotNegative(nameof(Dropout), Dropout, "0.1");
        if (Dropout >= 1)
        {
            throw new OptionException(nameof(Dropout), Dropout, "a number below 1, such as 0.1");
        }
    }
}

/// <summary>A trained ranker.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Learned">How many crystals it learned from.</param>
/// <param name="HeldOut">How many crystals, of other formulas, it was tried on.</param>
/// <param name="Epochs">What each epoch came to.</param>
/// <param name="Cells">How well it tells which cell a formula has; null where the library has too few formulas that may have several, and known crystals are counted.</param>
public sealed record RankerTrainingResult(
    string Path,
    int Learned,
    int HeldOut,
    IReadOnlyList<RankerEpoch> Epochs,
    CellScore? Cells
);
