using Kagome.Models.TorchArchives;
using Kagome.Networks;
using Kagome.Processes.Schedules;

namespace Kagome.Models.OfficialDao;

/// <summary>Imports the checkpoints that the authors of DAO released, without Python and without running their pickles.</summary>
/// <remarks>Source: DAO (arXiv 2503.10471) and its released code, which saves by PyTorch Lightning.</remarks>
public static class OfficialCheckpoint
{
    /// <summary>Reads a released checkpoint, and says what it left out.</summary>
    /// <param name="checkpointPath">A <c>.ckpt</c> file.</param>
    /// <param name="scalerPath">The label scaler; by default <c>prop_scaler.pt</c> beside the checkpoint, if there is one.</param>
    /// <returns>Weights are float32 on the CPU, in no dispose scope: dispose of it.</returns>
    /// <exception cref="CheckpointException">
    /// A file is damaged or of another format, weights are missing, or they contradict the hyper-parameters.
    /// </exception>
    public static ImportedCheckpoint Import(string checkpointPath, string? scalerPath = null)
    {
        using TorchArchive archive = TorchArchive.Open(checkpointPath);
        SortedSet<string> skippedClasses = new(archive.Skipped.Keys, StringComparer.Ordinal);
        List<string> remarks = [];
        if (archive.Root is not PickledDictionary root || OfficialState.Find(root) is not { } state)
        {
            throw new CheckpointException(
                checkpointPath,
                "no Lightning checkpoint; expected a 'state_dict' of tensors."
            );
        }

        HyperParameters parameters = new(root);
        CrysformerConfiguration network = new OfficialConfiguration(
            checkpointPath,
            state.ToDictionary(pair => pair.Key, pair => pair.Value.Shape.ToArray()),
            parameters,
            remarks
        ).Read();
        OfficialState official = new(checkpointPath, archive, state);
        NoiseSchedules schedules = official.ReadSchedules();
        LabelScaler? scaler = FindScaler(checkpointPath, scalerPath, skippedClasses);
        ModelKind kind = Kind(parameters, network, scaler, remarks);
        Checkpoint checkpoint = new()
        {
            Network = network,
            Process = OfficialProcess.Describe(schedules, parameters, remarks),
            Schedules = schedules,
            LabelScaler = scaler,
            Provenance = Describe(checkpointPath, root, kind),
            Weights = official.ReadWeights(network), // last: nothing after it can fail and leave tensors behind
        };
        ImportReport report = new()
        {
            SkippedTensors = official.Unused(network),
            SkippedParts = OfficialState.OtherParts(root),
            SkippedClasses = [.. skippedClasses],
            Remarks = remarks,
        };
        return new ImportedCheckpoint(checkpoint, report);
    }

    private static LabelScaler? FindScaler(string checkpointPath, string? scalerPath, ISet<string> skippedClasses)
    {
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(checkpointPath))!, OfficialScaler.FileName);
        return scalerPath is null && !File.Exists(beside)
            ? null
            : OfficialScaler.Read(scalerPath ?? beside, skippedClasses);
    }

    private static ModelKind Kind(
        HyperParameters parameters,
        CrysformerConfiguration network,
        LabelScaler? scaler,
        List<string> remarks
    )
    {
        bool? onlyDiffusion = parameters.Find<bool>("only_diffusion");
        if (onlyDiffusion is null)
        {
            remarks.Add(
                "The file does not say what it was trained for; a label scaler beside it counts as a predictor's."
            );
        }

        return network.HasEnergyHead && !(onlyDiffusion ?? scaler is null) ? ModelKind.Predictor : ModelKind.Generator;
    }

    private static Provenance Describe(string path, PickledDictionary root, ModelKind kind) =>
        new()
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Kind = kind,
            Step = root.TryGetValue("global_step", out object? step) ? step as long? : null,
            Created = new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
            Notes =
                $"Imported from {Path.GetFileName(path)}, a checkpoint in the format of DAO (arXiv 2503.10471). "
                + "Its authors' terms apply, and those of the data that they trained it on.",
        };
}

/// <summary>A checkpoint of another program as one of ours, and what did not come along.</summary>
/// <param name="Checkpoint">The network; it goes when this goes.</param>
/// <param name="Report">What was left out or assumed.</param>
public sealed record ImportedCheckpoint(Checkpoint Checkpoint, ImportReport Report) : IDisposable
{
    /// <summary>Frees the weights.</summary>
    public void Dispose() => Checkpoint.Dispose();
}

/// <summary>What an import left out and what it had to assume; for people to read.</summary>
public sealed record ImportReport
{
    /// <summary>Tensors of the state dictionary that our network has no use for, by their official names.</summary>
    public required IReadOnlyList<string> SkippedTensors { get; init; }

    /// <summary>Other parts of the file, such as "optimizer_states".</summary>
    public required IReadOnlyList<string> SkippedParts { get; init; }

    /// <summary>Python classes and functions that the files ask for by name; none was looked up or called.</summary>
    public required IReadOnlyList<string> SkippedClasses { get; init; }

    /// <summary>Assumptions, as sentences.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
