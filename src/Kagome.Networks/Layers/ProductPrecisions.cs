using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>What a precision means on a device.</summary>
public static class ProductPrecisions
{
    private const int StructuredFeatures = 7; // leaf of CPUID
    private const int Avx512BFloat16 = 1 << 5; // of its sub-leaf 1, in EAX
    private const int TileBFloat16 = 1 << 22; // of its sub-leaf 0, in EDX

    /// <summary><see cref="ProductPrecision.Auto"/> decided for a device; the others as they are.</summary>
    /// <remarks>
    /// On a processor without bfloat16 instructions its products are emulated: several times slower than float32
    /// (docs/performance.md). All CUDA devices that libtorch 2.10 runs on fast have them.
    /// </remarks>
    public static ProductPrecision On(this ProductPrecision precision, Device device) =>
        precision != ProductPrecision.Auto ? precision
        : device.type == DeviceType.CUDA || ProcessorHasBFloat16 ? ProductPrecision.BFloat16
        : ProductPrecision.Full;

    /// <summary>Whether this processor multiplies bfloat16 numbers itself (AVX512_BF16 or AMX).</summary>
    public static bool ProcessorHasBFloat16 { get; } = FindBFloat16();

    /// <summary>The tensor in the type that products are made in.</summary>
    internal static Tensor AsFactor(this ProductPrecision precision, Tensor tensor) =>
        precision == ProductPrecision.BFloat16 ? tensor.to(ScalarType.BFloat16) : tensor;

    private static bool FindBFloat16()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < StructuredFeatures)
        {
            return false;
        }

        bool hasTiles = (X86Base.CpuId(StructuredFeatures, 0).Edx & TileBFloat16) != 0;
        return hasTiles || (Avx512BW.IsSupported && (X86Base.CpuId(StructuredFeatures, 1).Eax & Avx512BFloat16) != 0);
    }
}
