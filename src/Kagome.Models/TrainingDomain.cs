using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Validity;
using Kagome.Networks;

namespace Kagome.Models;

/// <summary>What a model learned from, and so where it is out of its depth: elements and sizes that it hardly saw, or cannot do at all.</summary>
/// <remarks>Models that do not say what they saw raise no concern. Safe to use from several threads.</remarks>
public sealed class TrainingDomain(Provenance model, CrysformerConfiguration network)
{
    /// <summary>An element in fewer training crystals counts as hardly seen.</summary>
    public const int FewCrystals = 50;

    private const double UsableMemoryShare = 0.8;
    private const double BytesPerValue = 4;
    private const double LiveCopies = 6;

    /// <summary>Atoms of the largest training crystal; null where that is unknown.</summary>
    public int? LargestAtomCount => model.LargestAtomCount;

    /// <summary>Whether the model saw all elements of a cell.</summary>
    public bool HasSeen(Composition cell) =>
        model.ElementsSeen.Count == 0
        || cell.Counts.Keys.All(element => model.ElementsSeen.ContainsKey(element.AtomicNumber));

    /// <summary>What to doubt in what the model says about a cell; empty where nothing.</summary>
    public IReadOnlyList<string> Concerns(Composition cell) => [.. Elements(cell), .. Size(cell)];

    /// <summary>Why the model can say nothing about a cell: an element without features, or more memory than there is; null where it can.</summary>
    public string? Obstacle(Composition cell)
    {
        foreach (Element element in cell.Counts.Keys)
        {
            if (element.AtomicNumber > ElementFeatures.LargestAtomicNumber)
            {
                return $"{cell.Formula}: {element} has no features in the model; expected elements up to {new Element(ElementFeatures.LargestAtomicNumber)}.";
            }
        }

        double needed = EstimateBytes(cell.AtomCount);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * UsableMemoryShare;
        return needed > available
            ? $"{cell.Formula} with {cell.AtomCount} atoms needs about {needed / 1e9:F0} GB of memory; this machine has {available / 1e9:F0} GB for it. Choose a smaller cell."
            : null;
    }

    /// <summary>The cell in which the model is asked about a crystal, so that every description of it gets the same answer.</summary>
    public PreparedCell Prepare(Structure structure, CancellationToken cancellation = default)
    {
        if (StructureValidity.Problem(structure) is { } invalid)
        {
            return new PreparedCell(structure, invalid);
        }

        Structure standard;
        try
        {
            standard = StandardCell.Of(structure, cancellation);
        }
        catch (ArgumentException exception)
        {
            return new PreparedCell(structure, exception.Message);
        }

        return Obstacle(standard.Composition) is { } obstacle
            ? new PreparedCell(structure, obstacle)
            : new PreparedCell(standard, null);
    }

    /// <summary>The same for many crystals, on all cores.</summary>
    /// <returns>In the order of the crystals.</returns>
    public PreparedCell[] Prepare(IReadOnlyList<CrystalRecord> crystals, CancellationToken cancellation = default) =>
        crystals
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellation)
            .Select(crystal => Prepare(crystal.Structure, cancellation))
            .ToArray(); // here the caller takes part; where it is enumerated, callers on pool threads only wait, and leave none to work

    /// <summary>What one structure's attention holds at once: pairs per head, and wave amplitudes per head and atom.</summary>
    private double EstimateBytes(double atoms)
    {
        double pairs = atoms * atoms * network.HeadCount;
        double waves = atoms * network.HeadCount * network.EdgeFeatureCount;
        return BytesPerValue * LiveCopies * (pairs + waves);
    }

    private IEnumerable<string> Elements(Composition cell)
    {
        if (model.ElementsSeen.Count == 0)
        {
            yield break;
        }

        foreach (Element element in cell.Counts.Keys)
        {
            long seen = model.ElementsSeen.GetValueOrDefault(element.AtomicNumber);
            if (seen == 0)
            {
                yield return $"{model.Name} never saw {element}";
            }
            else if (seen < FewCrystals)
            {
                yield return $"{model.Name} saw {element} in {seen} {(seen == 1 ? "crystal" : "crystals")} only";
            }
        }
    }

    private IEnumerable<string> Size(Composition cell)
    {
        if (model.LargestAtomCount is { } largest && cell.AtomCount > largest)
        {
            yield return $"{cell.AtomCount} atoms are more than the {largest} that {model.Name} saw";
        }
    }
}

/// <summary>The cell in which a model is asked about a crystal, or why it cannot be.</summary>
/// <param name="Cell">The standard cell; the structure as it was given where there is a problem.</param>
/// <param name="Problem">Null where there is none.</param>
public readonly record struct PreparedCell(Structure Cell, string? Problem);
