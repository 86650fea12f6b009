using Kagome.Checkpoints;
using Kagome.Core.Compositions;
using Kagome.Core.Elements;

namespace Kagome.Cli.Prediction;

/// <summary>Says what a model was not made for, and refuses what cannot work.</summary>
internal static class PredictionLimits
{
    private const double UsableMemoryShare = 0.8;
    private const double BytesPerValue = 4;
    private const double LiveCopies = 6;

    /// <exception cref="BadInputException">An element, a step count or a cell that the model cannot do.</exception>
    public static void Check(
        IReadOnlyList<PredictionTarget> targets,
        Checkpoint model,
        PredictSettings settings,
        TextWriter error
    )
    {
        CheckSteps(model, settings.Steps);
        foreach (PredictionTarget target in targets)
        {
            CheckElements(target, model.Provenance, error);
            CheckSize(target, model, error);
        }
    }

    /// <exception cref="BadInputException">The model has fewer noise levels.</exception>
    public static void CheckSteps(Checkpoint model, int steps)
    {
        if (steps > model.Schedules.StepCount)
        {
            throw new BadInputException(
                $"--steps is {steps}; expected at most {model.Schedules.StepCount}, the noise levels of {model.Provenance.Name}."
            );
        }
    }

    /// <exception cref="BadInputException">An element without features, or a cell that takes more memory than there is.</exception>
    public static void CheckCell(Composition cell, Checkpoint model)
    {
        CheckFeatures(cell, cell.Formula);
        CheckMemory(cell.AtomCount, model, cell.Formula);
    }

    private static void CheckElements(PredictionTarget target, Provenance model, TextWriter error)
    {
        CheckFeatures(target.Composition, target.Formula);
        foreach (Element element in target.Composition.Counts.Keys)
        {
            if (model.ElementsSeen.Count > 0 && !model.ElementsSeen.ContainsKey(element.AtomicNumber))
            {
                error.WriteLine(
                    $"warning: {model.Name} never saw {element}; what it makes of {target.Formula} is a guess."
                );
            }
        }
    }

    private static void CheckFeatures(Composition composition, string formula)
    {
        foreach (Element element in composition.Counts.Keys)
        {
            if (element.AtomicNumber > ElementFeatures.LargestAtomicNumber)
            {
                throw new BadInputException(
                    $"{formula}: {element} has no features in the model; expected elements up to {new Element(ElementFeatures.LargestAtomicNumber)}."
                );
            }
        }
    }

    private static void CheckSize(PredictionTarget target, Checkpoint model, TextWriter error)
    {
        int atoms = target.LargestAtomCount;
        CheckMemory(atoms, model, target.Formula);
        if (model.Provenance.LargestAtomCount is { } largest && atoms > largest)
        {
            error.WriteLine(
                $"warning: {target.Formula} with {atoms} atoms is larger than the {largest} atoms that {model.Provenance.Name} saw; expect little."
            );
        }
    }

    private static void CheckMemory(int atoms, Checkpoint model, string formula)
    {
        double needed = EstimateBytes(model, atoms);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * UsableMemoryShare;
        if (needed > available)
        {
            throw new BadInputException(
                $"{formula} with {atoms} atoms needs about {needed / 1e9:F0} GB of memory; this machine has {available / 1e9:F0} GB for it. Choose a smaller --z or --max-atoms."
            );
        }
    }

    /// <summary>What one structure's attention holds at once: pairs per head, and wave amplitudes per head and atom.</summary>
    private static double EstimateBytes(Checkpoint model, double atoms)
    {
        double pairs = atoms * atoms * model.Network.HeadCount;
        double waves = atoms * model.Network.HeadCount * model.Network.EdgeFeatureCount;
        return BytesPerValue * LiveCopies * (pairs + waves);
    }
}
