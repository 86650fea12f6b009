using Kagome.Networks.Attention;
using Kagome.Networks.Models;
using Kagome.Testing;
using Kagome.Testing.Twins;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests;

public sealed class FactoredAttentionTests
{
    private const double Float64Tolerance = 1e-10;
    private const double Float32Tolerance = 1e-4;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(9, 2)]
    [InlineData(20, 2)]
    public void Evaluate_in_float64_equals_the_literal_form(int atoms, int crystals) =>
        AssertFormsAgree(atoms, crystals, ScalarType.Float64, Float64Tolerance);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(20, 2)]
    public void Evaluate_in_float32_equals_the_literal_form(int atoms, int crystals) =>
        AssertFormsAgree(atoms, crystals, ScalarType.Float32, Float32Tolerance);

    [Fact]
    public void Gradients_equal_those_of_the_literal_form()
    {
        using DisposeScope scope = NewDisposeScope();
        Batch batch = Batch.Random(5, 2, ScalarType.Float64);
        Tensor[] Gradients(IAttentionForm form)
        {
            Crysformer network = SmallNetwork(form, ScalarType.Float64);
            Tensor coordinates = batch.Coordinates.clone().requires_grad_(true);
            Tensor lattices = batch.Lattices.clone().requires_grad_(true);
            CrysformerOutput output = network.Evaluate(batch.AtomicNumbers, coordinates, lattices, batch.Times);
            (output.Lattices.square().sum() + output.Coordinates.square().sum()).backward();
            return
            [
                coordinates.grad!,
                lattices.grad!,
                .. network
                    .parameters()
                    .Where(parameter => parameter.grad is not null)
                    .Select(parameter => parameter.grad!),
            ];
        }

        Tensor[] literal = Gradients(new LiteralAttention());
        Tensor[] factored = Gradients(new FactoredAttention());
        Assert.Equal(literal.Length, factored.Length);
        foreach ((Tensor expected, Tensor actual) in literal.Zip(factored))
        {
            TensorAssert.AreNear(expected, actual, Float64Tolerance, "gradient");
        }
    }

    private static void AssertFormsAgree(int atoms, int crystals, ScalarType type, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Batch batch = Batch.Random(atoms, crystals, type);
        CrysformerOutput literal = batch.Evaluate(SmallNetwork(new LiteralAttention(), type));
        CrysformerOutput factored = batch.Evaluate(SmallNetwork(new FactoredAttention(), type));
        TensorAssert.AreNear(literal.Lattices, factored.Lattices, tolerance, "lattices");
        TensorAssert.AreNear(literal.Coordinates, factored.Coordinates, tolerance, "coordinates");
        TensorAssert.AreNear(literal.Energies!, factored.Energies!, tolerance, "energies");
    }

    private static Crysformer SmallNetwork(IAttentionForm form, ScalarType type) =>
        RandomNetwork.Create(RandomNetwork.SmallConfiguration, type, form);
}
