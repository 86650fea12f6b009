namespace Kagome.Networks.Layers;

/// <summary>In which numbers the large matrix products are made; everything else keeps the weights' own type.</summary>
public enum ProductPrecision
{
    /// <summary>The type of the weights: float32, or float64 where the network was converted.</summary>
    Full,

    /// <summary>bfloat16 factors and products; float32 master weights, norms, softmax, geometry and residual stream.</summary>
    BFloat16,

    /// <summary>bfloat16 where the device multiplies it faster than float32, and full otherwise.</summary>
    Auto,
}
