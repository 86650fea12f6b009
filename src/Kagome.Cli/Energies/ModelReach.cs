using Kagome.Checkpoints;
using Kagome.Core.Compositions;
using Kagome.Core.Elements;

namespace Kagome.Cli.Energies;

/// <summary>Where a model is out of its depth: elements and sizes that it hardly saw in training.</summary>
/// <remarks>Models that do not say what they saw raise no concern.</remarks>
internal sealed class ModelReach(Provenance model)
{
    /// <summary>An element in fewer training crystals counts as hardly seen.</summary>
    public const int FewCrystals = 50;

    /// <summary>What to doubt in what the model says of a cell; empty where nothing.</summary>
    public IReadOnlyList<string> Concerns(Composition cell) => [.. Elements(cell), .. Size(cell)];

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
                yield return $"{model.Name} saw {element} in {seen} crystals only";
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
