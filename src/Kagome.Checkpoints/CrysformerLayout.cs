using Kagome.Networks.Models;

namespace Kagome.Checkpoints;

/// <summary>The names and shapes of the weights that a configuration implies.</summary>
/// <remarks>
/// Enumerated on demand: a file may claim a billion blocks, and the first weight that it lacks ends the comparison.
/// </remarks>
internal static class CrysformerLayout
{
    public const string ElementTable = "atom_embedding.table";

    /// <summary>Rows of the element table: atomic numbers 0 (unused) to 100.</summary>
    private const int ElementRowCount = 101;
    private const int ExpansionFactor = 4;
    private const int TypeCount = 100;

    public static IEnumerable<(string Name, long[] Shape)> Of(CrysformerConfiguration network)
    {
        long hidden = network.HiddenDimension;
        yield return (ElementTable, [ElementRowCount, network.ElementFeatureCount]);
        IEnumerable<(string, long[])> rest =
        [
            .. Linear("atom_embedding.projection", network.ElementFeatureCount, hidden),
            .. Linear("time_fusion", hidden + network.TimeDimension, hidden),
            ("coordinate_head.weight", [3, hidden]),
            ("lattice_head.weight", [9, hidden]),
            .. network.HasEnergyHead ? Head("energy_head", hidden, 1) : [],
            .. network.HasTypeHead ? Head("type_head", hidden, TypeCount) : [],
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
        long edge = 9 + (6L * network.FrequencyCount);
        return
        [
            .. Linear($"{name}.attention.query", hidden, hidden),
            .. Linear($"{name}.attention.key_value", hidden, 2 * hidden),
            .. Linear($"{name}.attention.edge", edge, hidden),
            .. Linear($"{name}.attention.output", hidden, hidden),
            .. Norm($"{name}.attention.edge_norm", edge),
            .. Norm($"{name}.attention_norm", hidden),
            ($"{name}.attention_gate.weight", [1, 3 * hidden]),
            .. Linear($"{name}.feed_forward.expand", hidden, ExpansionFactor * hidden),
            .. Linear($"{name}.feed_forward.contract", ExpansionFactor * hidden, hidden),
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
