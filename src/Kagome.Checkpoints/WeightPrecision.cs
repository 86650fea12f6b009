namespace Kagome.Checkpoints;

/// <summary>How a file stores weights. They are loaded as float32 in any case.</summary>
public enum WeightPrecision
{
    /// <summary>float32: as trained.</summary>
    Single,

    /// <summary>bfloat16: half the size, about 2 significant digits, the range of float32.</summary>
    BFloat16,

    /// <summary>float16: half the size, about 3 significant digits, at most 65504.</summary>
    Half,
}
