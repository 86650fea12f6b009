using Kagome.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Testing;

/// <summary>Crysformer as the paper writes it: in every block, every pair's edge vector is normalised, projected and added.</summary>
/// <remarks>
/// <para>
/// The slow, obvious twin of <see cref="Crysformer"/>, whose weights it uses: tests compare the two, and `kagome bench` measures against it.
/// The 9 + 6K features of the pairs are made once per call; memory grows with pairs × features.
/// </para>
/// <para>Source: Crysformer (arXiv 2503.10471) and its released code: d = (f_j - f_i) mod 1, features [L Lᵀ ; sines ; cosines].</para>
/// </remarks>
public sealed class LiteralCrysformer(Crysformer network)
{
    private readonly CrysformerConfiguration configuration = network.Configuration;

    private readonly Dictionary<string, Tensor> weights = network
        .named_parameters()
        .Select(pair => KeyValuePair.Create(pair.name, (Tensor)pair.parameter))
        .Concat(network.named_buffers().Select(pair => KeyValuePair.Create(pair.name, pair.buffer)))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Evaluates a batch of crystals of one size; shapes as <see cref="Crysformer"/> has them, without type logits.</summary>
    public CrysformerOutput Evaluate(Tensor atomicNumbers, Tensor coordinates, Tensor lattices, Tensor times)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor edges = EdgeFeatures(coordinates, lattices);
        Tensor atoms = Embed(atomicNumbers, times.to(coordinates.dtype));
        for (int block = 0; block < configuration.BlockCount; block++)
        {
            using DisposeScope blockScope = NewDisposeScope();
            string name = $"blocks.{block}";
            Tensor attended = Attend($"{name}.attention", Norm($"{name}.attention_norm", atoms), edges);
            atoms = Gate($"{name}.attention_gate", atoms, attended);
            Tensor wide = Linear($"{name}.feed_forward.expand", Norm($"{name}.feed_forward_norm", atoms));
            Tensor fed = Linear($"{name}.feed_forward.contract", nn.functional.gelu(wide));
            atoms = Gate($"{name}.feed_forward_gate", atoms, fed).MoveToOuterDisposeScope();
        }

        Tensor crystals = atoms.mean([1]);
        Tensor shapes = Linear("lattice_head", crystals).view(-1, 3, 3);
        Tensor? energies = configuration.HasEnergyHead
            ? Linear("energy_head.output", nn.functional.silu(Linear("energy_head.hidden", crystals))).squeeze(-1)
            : null;
        return new CrysformerOutput(
            matmul(shapes, lattices),
            Linear("coordinate_head", atoms),
            crystals,
            energies,
            TypeLogits: null
        ).MoveToOuterDisposeScope();
    }

    /// <summary>Linear([atom ; sines of t ; cosines of t]): [crystals, atoms, hidden]</summary>
    private Tensor Embed(Tensor atomicNumbers, Tensor times)
    {
        Tensor elements = Linear(
            "atom_embedding.projection",
            weights["atom_embedding.table"].index_select(0, atomicNumbers.flatten())
        );
        int half = configuration.TimeDimension / 2;
        Tensor frequencies = (arange(half, dtype: times.dtype) * (-Math.Log(10_000) / (half - 1))).exp();
        Tensor phases = times.unsqueeze(-1) * frequencies;
        Tensor waves = cat([phases.sin(), phases.cos()], dim: -1).unsqueeze(1).expand(-1, atomicNumbers.shape[1], -1);
        Tensor atoms = elements.view(atomicNumbers.shape[0], atomicNumbers.shape[1], -1);
        return Linear("time_fusion", cat([atoms, waves], dim: -1));
    }

    /// <summary>[crystals, to, from, 9 + 6K]</summary>
    private Tensor EdgeFeatures(Tensor coordinates, Tensor lattices)
    {
        Tensor differences = (coordinates.unsqueeze(1) - coordinates.unsqueeze(2)).remainder(1); // f_j - f_i at [to i, from j]
        Tensor frequencies = arange(configuration.FrequencyCount, dtype: differences.dtype) * (2 * Math.PI);
        Tensor phases = (differences.unsqueeze(-1) * frequencies).flatten(3);
        long atoms = coordinates.shape[1];
        Tensor gram = matmul(lattices, lattices.transpose(1, 2)).view(-1, 1, 1, 9).expand(-1, atoms, atoms, -1);
        return cat([gram * configuration.GramScale, phases.sin(), phases.cos()], dim: -1);
    }

    /// <summary>a_ij = softmax_j(q_i · (k_j + e_ij) / √(head size)), W_o Σ_j a_ij (v_j + e_ij) + b</summary>
    private Tensor Attend(string name, Tensor atoms, Tensor edges)
    {
        Tensor edge = Linear($"{name}.edge", Norm($"{name}.edge_norm", edges));
        Tensor edgeHeads = SplitHeads(edge); // [crystals, to, from, heads, head size]
        Tensor query = SplitHeads(Linear($"{name}.query", atoms)).unsqueeze(2);
        Tensor[] keysAndValues = Linear($"{name}.key_value", atoms).chunk(2, dim: -1);
        Tensor keys = SplitHeads(keysAndValues[0]).unsqueeze(1) + edgeHeads;
        Tensor values = SplitHeads(keysAndValues[1]).unsqueeze(1) + edgeHeads;
        Tensor shares = ((query * keys).sum(-1) / Math.Sqrt(keys.shape[^1])).softmax(2).unsqueeze(-1);
        return Linear($"{name}.output", (shares * values).sum(2).flatten(2));
    }

    /// <summary>s = σ(w · [x ; y ; x - y]), s x + (1 - s) y</summary>
    private Tensor Gate(string name, Tensor input, Tensor output)
    {
        Tensor share = Linear(name, cat([input, output, input - output], dim: -1)).sigmoid();
        return (share * input) + ((1 - share) * output);
    }

    private Tensor SplitHeads(Tensor features) => features.view([.. features.shape[..^1], configuration.HeadCount, -1]);

    private Tensor Linear(string name, Tensor input) =>
        nn.functional.linear(input, weights[$"{name}.weight"], weights.GetValueOrDefault($"{name}.bias")!);

    private Tensor Norm(string name, Tensor input) =>
        nn.functional.layer_norm(input, [input.shape[^1]], weights[$"{name}.weight"], weights[$"{name}.bias"]);
}
