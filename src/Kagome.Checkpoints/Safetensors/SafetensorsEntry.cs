using static TorchSharp.torch;

namespace Kagome.Checkpoints.Safetensors;

/// <summary>One tensor as the header announces it.</summary>
/// <remarks>It takes the bytes from Begin up to, not including, End; both are counted from the end of the header.</remarks>
internal readonly record struct SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    public long ByteCount => End - Begin;
}
