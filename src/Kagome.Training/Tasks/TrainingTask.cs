using System.Globalization;
using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Diffusion;

namespace Kagome.Training.Tasks;

/// <summary>What a model learns from crystals: one of the records below.</summary>
public abstract record TrainingTask
{
    private protected TrainingTask() { }

    /// <summary>What a model is that has learned it.</summary>
    public abstract ModelKind Kind { get; }

    /// <summary>The label that is learned, as the data name it; null for none.</summary>
    public virtual string? Label => null;

    /// <summary>The task by which progress is measured on held-out crystals.</summary>
    internal virtual TrainingTask Validation => this;

    /// <summary>The scale of the labels; null where none are learned.</summary>
    /// <exception cref="ArgumentException">There is no label.</exception>
    internal virtual LabelScaler? Scaler(IReadOnlyCollection<double> labels) => null;

    /// <summary>What the network is taught.</summary>
    /// <param name="process">Makes the noise.</param>
    /// <param name="scaler">Standardises the labels; null where none are learned.</param>
    /// <param name="labelledShare">The share of the crystals to learn from that have a label.</param>
    /// <param name="shiftOrigin">Whether each crystal's origin is moved at random.</param>
    internal abstract ITrainingObjective Objective(
        IGenerativeProcess process,
        LabelScaler? scaler,
        double labelledShare,
        bool shiftOrigin
    );

    /// <summary>Marks the weights that are not to change.</summary>
    internal virtual void Freeze(Crysformer network) { }
}

/// <summary>A generator learns the way from noise to crystals.</summary>
public sealed record LearnToGenerate : TrainingTask
{
    /// <inheritdoc/>
    public override ModelKind Kind => ModelKind.Generator;

    internal override ITrainingObjective Objective(
        IGenerativeProcess process,
        LabelScaler? scaler,
        double labelledShare,
        bool shiftOrigin
    ) => new GenerationObjective(process, shiftOrigin);
}

/// <summary>A predictor learns energies beside the noise.</summary>
/// <param name="Settings">How energies count.</param>
public sealed record LearnEnergies(EnergySettings Settings) : TrainingTask
{
    /// <summary>What energies are in, whatever their label.</summary>
    internal const string Unit = "eV/atom";

    /// <inheritdoc/>
    public override ModelKind Kind => ModelKind.Predictor;

    /// <inheritdoc/>
    public override string Label => Settings.Label;

    internal override TrainingTask Validation =>
        new LearnEnergies(Settings with { CleanShare = 0, DisplacedShare = 0 });

    internal override LabelScaler Scaler(IReadOnlyCollection<double> labels) =>
        LabelScaler.Of(labels, Label == Labels.EnergyAboveHull ? LabelScaler.EnergyAboveHull : Label, Unit);

    internal override ITrainingObjective Objective(
        IGenerativeProcess process,
        LabelScaler? scaler,
        double labelledShare,
        bool shiftOrigin
    ) => new EnergyObjective((DiffusionProcess)process, Settings, scaler!, labelledShare, shiftOrigin);
}

/// <summary>A property's network learns a label of clean crystals.</summary>
/// <param name="Settings">Which label, and how.</param>
public sealed record LearnProperty(PropertySettings Settings) : TrainingTask
{
    /// <inheritdoc/>
    public override ModelKind Kind => ModelKind.Property;

    /// <inheritdoc/>
    public override string Label => Settings.Label;

    internal override LabelScaler Scaler(IReadOnlyCollection<double> labels) =>
        LabelScaler.Of(labels, Label, Settings.Log ? $"ln {Settings.Unit}" : Settings.Unit);

    internal override ITrainingObjective Objective(
        IGenerativeProcess process,
        LabelScaler? scaler,
        double labelledShare,
        bool shiftOrigin
    ) => new PropertyObjective(scaler!);

    /// <summary>All but the head and the last blocks keep their weights.</summary>
    internal override void Freeze(Crysformer network)
    {
        int frozen = network.Configuration.BlockCount - Settings.TrainableBlocks;
        if (frozen <= 0)
        {
            return;
        }

        string[] trained =
        [
            CrysformerLayout.EnergyHead,
            .. Enumerable
                .Range(frozen, Settings.TrainableBlocks)
                .Select(block => string.Create(CultureInfo.InvariantCulture, $"blocks.{block}.")),
        ];
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            parameter.requires_grad = trained.Any(start => name.StartsWith(start, StringComparison.Ordinal));
        }
    }
}

/// <summary>How a predictor learns energies beside the noise; the table [energy] of a recipe.</summary>
/// <remarks>Source: DAO-P (arXiv 2503.10471), of which the defaults are; <see cref="CleanShare"/> and <see cref="DisplacedShare"/> are ours.</remarks>
public sealed record EnergySettings
{
    /// <summary>The energy's name in the data, in eV/atom.</summary>
    public string Label { get; init; } = Labels.EnergyAboveHull;

    /// <summary>What the energy loss is multiplied by, beside the two diffusion losses.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Share of the crystals that are shown clean, at t = 0, and learned from by the absolute error of their energy. The paper's noisy
    /// crystals are never clean, though it asks for energies at t = 0; and its loss hardly tells high energies apart.
    /// </summary>
    public double CleanShare { get; init; }

    /// <summary>
    /// Share of the crystals that are shown displaced and strained, at t = 0, and learned from where their energy is lower than such a displacement costs
    /// at the least: a crystal that is known is a minimum.
    /// </summary>
    public double DisplacedShare { get; init; }

    /// <summary>Whether crystals without a label teach the diffusion part; else they are left out.</summary>
    public bool UseUnlabelled { get; init; } = true;
}

/// <summary>What is learned of a property of clean crystals, and by which networks of an ensemble: the table [property] of a recipe.</summary>
/// <remarks>Source of head and loss: DAO (arXiv 2503.10471), A.10. Frozen blocks and the kept formulas are ours.</remarks>
public sealed record PropertySettings
{
    internal const int FewestFolds = 2;

    /// <summary>The property's name in the data, such as tc.</summary>
    public string Label { get; init; } = "";

    /// <summary>The label's unit; empty for the usual one of labels that Kagome knows.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether the natural logarithm is learned.</summary>
    public bool Log { get; init; }

    /// <summary>Only labels above this are learned from; the others, where there are any, tell what has the property at all.</summary>
    public double Above { get; init; } = double.NegativeInfinity;

    /// <summary>Networks of the ensemble, 2 to 100; each is tested on the formulas that it did not learn from.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Share of the formulas that no fold learns from, to measure what the spread of the folds says of their error.</summary>
    public double CalibrationShare { get; init; } = 0.1;

    /// <summary>Whether the networks learn what trees on the composition leave over, or the whole label as the paper's do.</summary>
    public bool FromComposition { get; init; }

    /// <summary>How many of the last blocks are trained beside the head. All others stay as they were and are stored once.</summary>
    public int TrainableBlocks { get; init; } = int.MaxValue;

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Folds is < FewestFolds or > 100)
        {
            throw new OptionException(nameof(Folds), Folds, "2 to 100");
        }

        if (CalibrationShare is not (>= 0 and < 1))
        {
            throw new OptionException(nameof(CalibrationShare), CalibrationShare, "a share of at least 0 and below 1");
        }

        if (TrainableBlocks < 0)
        {
            throw new OptionException(nameof(TrainableBlocks), TrainableBlocks, "0, for the head alone, or more");
        }

        if (double.IsNaN(Above) || (Log && double.IsFinite(Above) && Above < 0))
        {
            throw new OptionException(nameof(Above), Above, "a number, of at least 0 where logarithms are learned");
        }
    }
}
