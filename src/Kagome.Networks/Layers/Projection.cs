using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>A linear map of the last axis.</summary>
/// <remarks>
/// <para>Shape: input [..., in] → [..., out].</para>
/// <para>Source: PyTorch's Linear with its initial values, U(-1/√in, 1/√in). Differs: the random generator is an argument.</para>
/// </remarks>
public sealed class Projection : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <param name="inputDimension">Features in.</param>
    /// <param name="outputDimension">Features out.</param>
    /// <param name="hasBias">Whether something is added to the product.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public Projection(int inputDimension, int outputDimension, bool hasBias, Generator generator)
        : base(nameof(Projection))
    {
        weight = InitialWeight(inputDimension, outputDimension, generator);
        bias = hasBias ? Uniform([outputDimension], 1 / Math.Sqrt(inputDimension), generator) : null;
        RegisterComponents();
    }

    /// <summary>[out, in]</summary>
    public Tensor Weight => weight;

    /// <summary>[out]; null where nothing is added.</summary>
    public Tensor? Bias => bias;

    /// <summary>W x + b.</summary>
    /// <param name="input">[..., in]</param>
    /// <returns>[..., out]</returns>
    public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias!);

    /// <summary>The map of the weights as they are, differentiable by them.</summary>
    public LinearMap Fold(ProductPrecision precision) =>
        new(precision.AsFactor(weight), bias is null ? null : precision.AsFactor(bias));

    /// <summary>A weight [out, in] as a new projection has it.</summary>
    internal static Parameter InitialWeight(int inputDimension, int outputDimension, Generator generator) =>
        Uniform([outputDimension, inputDimension], 1 / Math.Sqrt(inputDimension), generator);

    private static Parameter Uniform(long[] shape, double bound, Generator generator)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = new(((rand(shape, generator: generator) * 2) - 1) * bound);
        scope.Detach(parameter);
        return parameter;
    }
}
