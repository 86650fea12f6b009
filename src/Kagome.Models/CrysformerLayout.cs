using Kagome.Crystals.Elements;
using Kagome.Networks;
using Kagome.Networks.Layers;

namespace Kagome.Models;

/// <summary>The names and shapes of the weights that a configuration implies.</summary>
/// <remarks>
/// Enumerated on demand: a file may claim a billion blocks, and the first weight that it lacks ends the comparison.
/// </remarks>
internal static class CrysformerLayout
{
    public const string ElementTable = "atom_embedding.table";

    public const string EnergyHead = "energy_head.";
    public const string TypeHead = "type_head.";

    public static IEnumerable<(string Name, long[] Shape)> Of(CrysformerConfiguration network)
    {
        long hidden = network.HiddenDimension;
        yield return (ElementTable, [ElementFeatures.LargestAtomicNumber + 1, network.ElementFeatureCount]);
        IEnumerable<(string, long[])> rest =
        [
            .. Linear("atom_embedding.projection", network.ElementFeatureCount, hidden),
            .. Linear("time_fusion", hidden + network.TimeDimension, hidden),
            ("coordinate_head.weight", [3, hidden]),
            ("lattice_head.weight", [9, hidden]),
            .. network.HasEnergyHead ? Head("energy_head", hidden, 1) : [],
            .. network.HasTypeHead ? Head("type_head", hidden, Crysformer.TypeCount) : [],
        ];
        IEnumerable<int> blocks = Enumerable.Range(0, network.BlockCount);
        foreach ((string, long[]) weight in rest.Concat(blocks.SelectMany(i => Block($"blocks.{i}", network))))
        {
            yield return weight;
        }
    }

    private static IEnumerable<(string, long[])> Block(string name, CrysformerConfiguration network)
    {
        long hidden = network.HiddenDimension;
        long edge = network.EdgeFeatureCount;
        long wide = FeedForward.Expansion * hidden;
        return
        [
            .. Linear($"{name}.attention.query", hidden, hidden),
            .. Linear($"{name}.attention.key_value", hidden, 2 * hidden),
            .. Linear($"{name}.attention.edge", edge, hidden),
            .. Linear($"{name}.attention.output", hidden, hidden),
            .. Norm($"{name}.attention.edge_norm", edge),
            .. Norm($"{name}.attention_norm", hidden),
            ($"{name}.attention_gate.weight", [1, 3 * hidden]),
            .. Linear($"{name}.feed_forward.expand", hidden, wide),
            .. Linear($"{name}.feed_forward.contract", wide, hidden),
            .. Norm($"{name}.feed_forward_norm", hidden),
            ($"{name}.feed_forward_gate.weight", [1, 3 * hidden]),
        ];
    }

    private static (string, long[])[] Head(string name, long hidden, long outputs) =>
        [.. Linear($"{name}.hidden", hidden, hidden), .. Linear($"{name}.output", hidden, outputs)];

    private static (string, long[])[] Linear(string name, long inputs, long outputs) =>
        [($"{name}.weight", [outputs, inputs]), ($"{name}.bias", [outputs])];

    private static (string, long[])[] Norm(string name, long features) =>
        [($"{name}.weight", [features]), ($"{name}.bias", [features])];
}

/// <summary>Compares the weights at hand with those that a configuration implies.</summary>
internal static class WeightComparison
{
    private const int NamesShown = 5;

    /// <param name="implied">The weights that there have to be.</param>
    /// <param name="shapes">The weights at hand.</param>
    /// <returns>What is missing, superfluous or of another shape; null if nothing is.</returns>
    public static string? Describe(
        IEnumerable<(string Name, long[] Shape)> implied,
        IReadOnlyDictionary<string, long[]> shapes
    )
    {
        HashSet<string> unexpected = [.. shapes.Keys];
        List<string> missing = [];
        List<string> others = [];
        foreach ((string name, long[] expected) in implied)
        {
            if (!shapes.TryGetValue(name, out long[]? shape))
            {
                missing.Add(name);
            }
            else if (!shape.AsSpan().SequenceEqual(expected))
            {
                others.Add($"{name} is {Text(shape)}, expected {Text(expected)}");
            }

            unexpected.Remove(name);
            if (missing.Count > shapes.Count)
            {
                break; // no file to be believed: its configuration implies more than twice the weights it has
            }
        }

        string[] problems =
        [
            .. Some("missing", missing),
            .. Some("of another shape", others),
            .. Some("unexpected", [.. unexpected.Order(StringComparer.Ordinal)]),
        ];
        return problems.Length == 0 ? null : string.Join("; ", problems);
    }

    public static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static string[] Some(string what, List<string> names) =>
        names.Count == 0
            ? []
            :
            [
                $"{what}: {string.Join(", ", names.Take(NamesShown))}"
                    + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : ""),
            ];
}
