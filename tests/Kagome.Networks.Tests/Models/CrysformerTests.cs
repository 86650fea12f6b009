using Kagome.Networks.Layers;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests.Models;

public sealed class CrysformerTests
{
    /// <summary>Of the largest output. A bfloat16 number has 8 bits: each product is off by up to 0.4 %, and products follow each other.</summary>
    private const double BFloat16Tolerance = 0.05;

    private const int AtomCount = 5;
    private const int CrystalCount = 3;
    private const int LeakCheckRounds = 20;

    private static readonly CrysformerConfiguration OneBlock = RandomNetwork.SmallConfiguration with
    {
        BlockCount = 1,
        HasEnergyHead = false,
    };

    /// <summary>
    /// The paper's supplement, A.8, lists 25,593,609 numbers for the network with both heads and the frozen table, of which 38,400 are
    /// an embedding that no output depends on and that this network lacks.
    /// </summary>
    [Fact]
    public void Crysformer_of_the_paper_has_as_many_numbers_as_its_supplement_says()
    {
        const long All = 25_593_609;
        const long UnusedEmbedding = 38_400;
        const long Block = 2_077_074;
        const long ElementTable = 9_292;
        using Crysformer network = RandomNetwork.Create(
            new CrysformerConfiguration { HasEnergyHead = true, HasTypeHead = true },
            ScalarType.Float32
        );
        long Count(string prefix) =>
            network
                .state_dict()
                .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Sum(pair => pair.Value.numel());
        Assert.Equal(Block, Count("blocks.0."));
        Assert.Equal(12 * Block, Count("blocks."));
        Assert.Equal(35_712 + ElementTable, Count("atom_embedding."));
        Assert.Equal(246_144, Count("time_fusion."));
        Assert.Equal(1_152, Count("coordinate_head."));
        Assert.Equal(3_456, Count("lattice_head."));
        Assert.Equal(148_225, Count("energy_head."));
        Assert.Equal(186_340, Count("type_head."));
        Assert.Equal(All - UnusedEmbedding, Count(""));
        Assert.Equal(All - UnusedEmbedding - ElementTable, network.parameters().Sum(weights => weights.numel()));
    }

    /// <summary>The names are a file format: models on disk carry them.</summary>
    [Fact]
    public void Crysformer_state_has_the_names_of_model_files()
    {
        using Crysformer network = RandomNetwork.Create(OneBlock);
        string[] names =
        [
            "atom_embedding.projection.bias",
            "atom_embedding.projection.weight",
            "atom_embedding.table",
            "blocks.0.attention.edge.bias",
            "blocks.0.attention.edge.weight",
            "blocks.0.attention.edge_norm.bias",
            "blocks.0.attention.edge_norm.weight",
            "blocks.0.attention.key_value.bias",
            "blocks.0.attention.key_value.weight",
            "blocks.0.attention.output.bias",
            "blocks.0.attention.output.weight",
            "blocks.0.attention.query.bias",
            "blocks.0.attention.query.weight",
            "blocks.0.attention_gate.weight",
            "blocks.0.attention_norm.bias",
            "blocks.0.attention_norm.weight",
            "blocks.0.feed_forward.contract.bias",
            "blocks.0.feed_forward.contract.weight",
            "blocks.0.feed_forward.expand.bias",
            "blocks.0.feed_forward.expand.weight",
            "blocks.0.feed_forward_gate.weight",
            "blocks.0.feed_forward_norm.bias",
            "blocks.0.feed_forward_norm.weight",
            "coordinate_head.weight",
            "lattice_head.weight",
            "time_fusion.bias",
            "time_fusion.weight",
        ];
        Assert.Equal(names, network.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["atom_embedding.table"], network.named_buffers().Select(pair => pair.name));
    }

    [Fact]
    public void Crysformer_with_heads_has_their_names_too()
    {
        using Crysformer network = RandomNetwork.Create(OneBlock with { HasEnergyHead = true, HasTypeHead = true });
        Assert.Equal(
            [
                "energy_head.hidden.bias",
                "energy_head.hidden.weight",
                "energy_head.output.bias",
                "energy_head.output.weight",
                "type_head.hidden.bias",
                "type_head.hidden.weight",
                "type_head.output.bias",
                "type_head.output.weight",
            ],
            network
                .state_dict()
                .Keys.Where(name =>
                    name.Contains("y_head", StringComparison.Ordinal)
                    || name.StartsWith("type", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Evaluate_gives_the_shapes_that_it_states()
    {
        using DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(OneBlock with { HasEnergyHead = true, HasTypeHead = true });
        CrysformerOutput output = Batch.Random(AtomCount, CrystalCount, ScalarType.Float64).Evaluate(network);
        Assert.Equal([CrystalCount, 3, 3], output.Lattices.shape);
        Assert.Equal([CrystalCount, AtomCount, 3], output.Coordinates.shape);
        Assert.Equal([CrystalCount, OneBlock.HiddenDimension], output.CrystalFeatures.shape);
        Assert.Equal([CrystalCount], output.Energies!.shape);
        Assert.Equal([CrystalCount, AtomCount, 100], output.TypeLogits!.shape);
    }

    [Fact]
    public void Evaluate_without_heads_gives_neither_energies_nor_types()
    {
        using DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(OneBlock);
        CrysformerOutput output = Batch.Random(AtomCount, CrystalCount, ScalarType.Float64).Evaluate(network);
        Assert.Null(output.Energies);
        Assert.Null(output.TypeLogits);
    }

    [Fact]
    public void Dispose_frees_all_tensors() =>
        NoTensorLeaks.During(() =>
        {
            using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration);
            using FoldedCrysformer folded = network.Fold();
        });

    [Fact]
    public void Evaluate_in_bfloat16_is_close_to_float32_and_of_its_type()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, ScalarType.Float32);
        Batch batch = Batch.Random(AtomCount, CrystalCount, ScalarType.Float32);
        CrysformerOutput full = batch.Evaluate(network);
        using FoldedCrysformer rounded = network.Fold(ProductPrecision.BFloat16);
        CrysformerOutput half = batch.Evaluate(OneSize.Of(rounded));
        Assert.Equal(ScalarType.Float32, half.Lattices.dtype);
        Assert.Equal(ScalarType.Float32, half.Coordinates.dtype);
        Assert.False(full.Coordinates.eq(half.Coordinates).all().item<bool>()); // or nothing was rounded
        TensorAssert.AreNear(full.Lattices, half.Lattices, BFloat16Tolerance, "lattice output");
        TensorAssert.AreNear(full.Coordinates, half.Coordinates, BFloat16Tolerance, "coordinate output");
        TensorAssert.AreNear(full.Energies!, half.Energies!, BFloat16Tolerance, "energies");
    }

    [Theory]
    [InlineData(ProductPrecision.Full)]
    [InlineData(ProductPrecision.BFloat16)]
    public void Gradients_reach_every_weight_and_are_finite(ProductPrecision precision)
    {
        using DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(
            RandomNetwork.SmallConfiguration,
            ScalarType.Float32,
            precision
        );
        CrysformerOutput output = Batch.Random(AtomCount, CrystalCount, ScalarType.Float32).Evaluate(network);
        (output.Lattices.square().sum() + output.Coordinates.square().sum() + output.Energies!.sum()).backward();
        Assert.All(
            network.named_parameters(),
            pair =>
            {
                Assert.NotNull(pair.parameter.grad);
                TensorAssert.IsFinite(pair.parameter.grad, $"gradient of {pair.name}");
                Assert.True(pair.parameter.grad.abs().max().ToDouble() > 0, $"The gradient of {pair.name} is 0.");
            }
        );
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Evaluate_many_times_leaves_no_tensors(ScalarType type)
    {
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, type);
        using DisposeScope scope = NewDisposeScope();
        Batch batch = Batch.Random(AtomCount, CrystalCount, type);
        NoTensorLeaks.During(() =>
        {
            using IDisposable noGradient = no_grad();
            using FoldedCrysformer folded = network.Fold();
            for (int round = 0; round < LeakCheckRounds; round++)
            {
                using DisposeScope roundScope = NewDisposeScope();
                batch.Evaluate(OneSize.Of(folded));
            }
        });
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Backward_many_times_leaves_no_tensors(ScalarType type)
    {
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, type);
        using DisposeScope scope = NewDisposeScope();
        Batch batch = Batch.Random(AtomCount, CrystalCount, type);
        void Backward()
        {
            using DisposeScope roundScope = NewDisposeScope();
            CrysformerOutput output = batch.Evaluate(network);
            (output.Lattices.square().sum() + output.Coordinates.square().sum()).backward();
        }

        Backward(); // the first makes the gradients, which stay
        NoTensorLeaks.During(() =>
        {
            for (int round = 0; round < LeakCheckRounds; round++)
            {
                Backward();
            }
        });
    }
}
