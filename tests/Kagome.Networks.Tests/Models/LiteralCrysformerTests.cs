using Kagome.Networks.Layers;
using Kagome.Testing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests.Models;

/// <summary>The network against its plain twin: in float64 by tensor operations, in float32 by the kernels.</summary>
public sealed class LiteralCrysformerTests
{
    private const double Float64Tolerance = 1e-10;
    private const double Float32Tolerance = 1e-4;

    private static readonly CrysformerConfiguration[] Shapes =
    [
        RandomNetwork.SmallConfiguration,
        RandomNetwork.SmallConfiguration with
        {
            FrequencyCount = 3, // 9 waves: no whole vector registers
            HiddenDimension = 20,
        },
        RandomNetwork.SmallConfiguration with
        {
            FrequencyCount = 1,
            HeadCount = 1,
        },
    ];

    public static TheoryData<int, int, int, ScalarType> Cases()
    {
        TheoryData<int, int, int, ScalarType> cases = [];
        foreach (ScalarType type in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            for (int shape = 0; shape < Shapes.Length; shape++)
            {
                foreach ((int atoms, int crystals) in new[] { (1, 3), (2, 1), (3, 2), (4, 2), (5, 3), (9, 2), (20, 2) })
                {
                    cases.Add(shape, atoms, crystals, type);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_equals_the_literal_form(int shape, int atoms, int crystals, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using Crysformer network = RandomNetwork.Create(Shapes[shape], type);
        Batch batch = Batch.Random(atoms, crystals, type);
        CrysformerOutput expected = batch.Evaluate(new LiteralCrysformer(network).Evaluate);
        AssertNear(expected, batch.Evaluate(OneSize.Of(network)), type);
        using FoldedCrysformer folded = network.Fold();
        AssertNear(expected, batch.Evaluate(OneSize.Of(folded)), type);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_by_weights_equal_those_of_the_literal_form(
        int shape,
        int atoms,
        int crystals,
        ScalarType type
    )
    {
        using DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(Shapes[shape], type);
        Batch batch = Batch.Random(atoms, crystals, type);
        Dictionary<string, Tensor> Gradients(Func<Tensor, Tensor, Tensor, Tensor, CrysformerOutput> evaluate)
        {
            Loss(batch.Evaluate(evaluate)).backward();
            Dictionary<string, Tensor> gradients = network
                .named_parameters()
                .ToDictionary(pair => pair.name, pair => pair.parameter.grad!.clone());
            foreach (Parameter parameter in network.parameters())
            {
                parameter.grad!.zero_();
            }

            return gradients;
        }

        Dictionary<string, Tensor> literal = Gradients(new LiteralCrysformer(network).Evaluate);
        Dictionary<string, Tensor> factored = Gradients(OneSize.Of(network));
        double scale = literal.Values.Max(gradient => gradient.abs().max().ToDouble());
        Assert.All(
            literal,
            pair =>
                TensorAssert.AreNear(
                    pair.Value / scale,
                    factored[pair.Key] / scale,
                    Tolerance(type),
                    $"gradient of {pair.Key}"
                )
        );
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void Gradients_by_geometry_equal_those_of_the_literal_form(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, type);
        Batch batch = Batch.Random(5, 2, type);
        Tensor[] Gradients(Func<Tensor, Tensor, Tensor, Tensor, CrysformerOutput> evaluate)
        {
            Tensor coordinates = batch.Coordinates.clone().requires_grad_(true);
            Tensor lattices = batch.Lattices.clone().requires_grad_(true);
            Loss(evaluate(batch.AtomicNumbers, coordinates, lattices, batch.Times)).backward();
            return [coordinates.grad!, lattices.grad!];
        }

        foreach (
            (Tensor expected, Tensor actual) in Gradients(new LiteralCrysformer(network).Evaluate)
                .Zip(Gradients(OneSize.Of(network)))
        )
        {
            TensorAssert.AreNear(expected, actual, Tolerance(type), "gradient");
        }
    }

    /// <summary>What the factored form promises for bfloat16 as well: the same function, rounded.</summary>
    [Fact]
    public void Evaluate_in_bfloat16_stays_near_the_literal_form_in_float32()
    {
        const double BFloat16Tolerance = 0.05;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, ScalarType.Float32);
        Batch batch = Batch.Random(9, 2, ScalarType.Float32);
        CrysformerOutput expected = batch.Evaluate(new LiteralCrysformer(network).Evaluate);
        using FoldedCrysformer rounded = network.Fold(ProductPrecision.BFloat16);
        CrysformerOutput actual = batch.Evaluate(OneSize.Of(rounded));
        TensorAssert.AreNear(expected.Lattices, actual.Lattices, BFloat16Tolerance, "lattices");
        TensorAssert.AreNear(expected.Coordinates, actual.Coordinates, BFloat16Tolerance, "coordinates");
    }

    private static double Tolerance(ScalarType type) =>
        type == ScalarType.Float64 ? Float64Tolerance : Float32Tolerance;

    private static Tensor Loss(CrysformerOutput output) =>
        output.Lattices.square().sum() + output.Coordinates.square().sum() + output.Energies!.sum();

    private static void AssertNear(CrysformerOutput expected, CrysformerOutput actual, ScalarType type)
    {
        TensorAssert.AreNear(expected.Lattices, actual.Lattices, Tolerance(type), "lattices");
        TensorAssert.AreNear(expected.Coordinates, actual.Coordinates, Tolerance(type), "coordinates");
        TensorAssert.AreNear(expected.Energies!, actual.Energies!, Tolerance(type), "energies");
    }
}
