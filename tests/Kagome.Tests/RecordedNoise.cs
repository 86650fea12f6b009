using Kagome.Processes.Noise;
using static TorchSharp.torch;

namespace Kagome.Tests;

/// <summary>Hands out tensors in the order in which they were recorded.</summary>
internal sealed class RecordedNoise(IEnumerable<Tensor> recording) : INoiseSource
{
    private readonly Queue<Tensor> recording = new(recording);

    public Tensor Normal(params long[] shape) => Next(shape);

    public Tensor Uniform(params long[] shape) => Next(shape);

    public Tensor Steps(int largest, long count) => Next([count]);

    private Tensor Next(long[] shape)
    {
        Tensor next = recording.Dequeue();
        Assert.Equal(shape, next.shape);
        return next;
    }
}
