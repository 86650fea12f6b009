namespace Kagome.Training;

/// <summary>Something that happened in a training or pretraining: one of the records below.</summary>
/// <remarks>Reported one after another. An exception that the handler throws ends the work and reaches its caller.</remarks>
public abstract record TrainingEvent
{
    private protected TrainingEvent() { }
}

/// <summary>The crystals of a run were read.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="StepCount">Steps of the whole run.</param>
/// <param name="Crystals">What there is to learn from.</param>
public sealed record CrystalsRead(string Recipe, int StepCount, TrainingCrystals Crystals) : TrainingEvent;

/// <summary>Several processes share a run.</summary>
/// <param name="ProcessCount">How many.</param>
/// <param name="PartCount">Parts of each batch; processes beyond that many have nothing to do.</param>
/// <param name="ThreadCount">Threads of each process that work on parts.</param>
public sealed record TrainingShared(int ProcessCount, int PartCount, int ThreadCount) : TrainingEvent;

/// <summary>A run starts from the weights of a model.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="LacksEnergyHead">Whether the run's energy head starts at random, for the model has none.</param>
public sealed record InitialModelRead(string Name, bool LacksEnergyHead) : TrainingEvent;

/// <summary>A run goes on from its saved state.</summary>
/// <param name="Step">Steps that were taken before.</param>
/// <param name="StepCount">Steps of the whole run.</param>
public sealed record TrainingResumed(int Step, int StepCount) : TrainingEvent;

/// <summary>One step as it went.</summary>
/// <param name="Step">Steps taken so far, this one included.</param>
/// <param name="StepCount">Steps of the whole run.</param>
/// <param name="Epoch">Times that the data was seen so far, as a fraction.</param>
/// <param name="LatticeLoss">Mean square error of the lattices' noise.</param>
/// <param name="CoordinateLoss">Mean square error of the coordinates' normalised score.</param>
/// <param name="LearningRate">The learning rate of this step.</param>
/// <param name="CrystalCount">Crystals in this step.</param>
/// <param name="EnergyLoss">The energy term, times its weight; null where nothing had a label.</param>
public sealed record TrainingStep(
    int Step,
    int StepCount,
    double Epoch,
    double LatticeLoss,
    double CoordinateLoss,
    double LearningRate,
    int CrystalCount,
    double? EnergyLoss = null
) : TrainingEvent
{
    /// <summary>The whole loss.</summary>
    public double Loss => LatticeLoss + CoordinateLoss + (EnergyLoss ?? 0);
}

/// <summary>The averaged weights were tried on held-out crystals.</summary>
/// <param name="Step">Steps taken so far.</param>
/// <param name="Losses">What was measured.</param>
public sealed record TrainingValidated(int Step, ValidationLosses Losses) : TrainingEvent;

/// <summary>Mean losses of the averaged weights on held-out crystals with always the same noise.</summary>
/// <param name="Lattice">Mean square error of the lattices' noise.</param>
/// <param name="Coordinates">Mean square error of the coordinates' normalised score.</param>
/// <param name="CrystalCount">Crystals that were shown.</param>
/// <param name="Energy">Energy term of the noisy crystals; null where the model learns no energy.</param>
/// <param name="EnergyError">Mean absolute error of the clean crystals' energies, in the label's unit; null without labels.</param>
/// <param name="LabelledCount">Crystals that this error is of.</param>
public readonly record struct ValidationLosses(
    double Lattice,
    double Coordinates,
    int CrystalCount,
    double? Energy = null,
    double? EnergyError = null,
    int LabelledCount = 0
)
{
    /// <summary>The whole loss.</summary>
    public double Total => Lattice + Coordinates + (Energy ?? 0);
}

/// <summary>State and model were saved.</summary>
/// <param name="Step">Steps taken so far.</param>
/// <param name="Path">The model's file.</param>
public sealed record ModelSaved(int Step, string Path) : TrainingEvent;

/// <summary>A stage of a pretraining is done already, from the same settings and contents.</summary>
/// <param name="Stage">The stage's name.</param>
public sealed record StageSkipped(string Stage) : TrainingEvent;

/// <summary>A stage of a pretraining begins, or goes on.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Folder">Where it works.</param>
/// <param name="Change">What has changed since it was done before, which was moved aside; null where nothing has.</param>
public sealed record StageStarted(string Stage, string Folder, string? Change) : TrainingEvent;

/// <summary>Crystals of a stage were worked on.</summary>
/// <param name="Progress">How far the work is.</param>
public sealed record StageProgressed(WorkProgress Progress) : TrainingEvent;

/// <summary>Entries of the data hold no crystal, and were left out.</summary>
/// <param name="Count">How many.</param>
/// <param name="FirstProblem">Why the first could not be read.</param>
public sealed record EntriesUnreadable(int Count, string FirstProblem) : TrainingEvent;
