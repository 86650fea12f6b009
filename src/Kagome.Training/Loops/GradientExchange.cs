using System.Runtime.InteropServices;
using Kagome.Training.Distributed;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>Adds up over processes, in one message, what each found out in a step: gradient, losses and requests.</summary>
/// <remarks>Whatever the device, the message lies in the processor's memory.</remarks>
internal sealed class GradientExchange : IDisposable
{
    private const int LossSlots = 4;
    private const int Slots = LossSlots + 2;

    private readonly IProcessGroup group;
    private readonly Tensor message; // gradient, then lattice, coordinates, energy, whether there is one; requests to stop and to save
    private readonly Tensor gradients;

    /// <param name="group">The processes.</param>
    /// <param name="weightCount">Length of the gradient.</param>
    public GradientExchange(IProcessGroup group, long weightCount)
    {
        this.group = group;
        message = zeros(weightCount + Slots, ScalarType.Float32);
        gradients = message.narrow(0, 0, weightCount);
    }

    /// <param name="gradient">The gradient of this process's parts; becomes that of all.</param>
    /// <param name="loss">The losses of this process's parts.</param>
    /// <param name="requests">What this process wants.</param>
    /// <returns>The losses of all parts, and what any process wants.</returns>
    public (LossValues Loss, StepRequests Requests) Sum(Tensor gradient, LossValues loss, StepRequests requests)
    {
        using IDisposable noGradient = no_grad();
        gradients.copy_(gradient);
        Span<float> numbers = MemoryMarshal.Cast<byte, float>(message.bytes);
        Span<float> own = numbers[^Slots..];
        own[0] = (float)loss.Lattice;
        own[1] = (float)loss.Coordinates;
        own[2] = (float)(loss.Energy ?? 0);
        own[3] = loss.Energy is null ? 0 : 1;
        own[4] = requests.Stops ? 1 : 0;
        own[5] = requests.Saves ? 1 : 0;
        group.AllReduceSum(numbers);
        gradient.copy_(gradients);
        return (new LossValues(own[0], own[1], own[3] > 0 ? own[2] : null), new StepRequests(own[4] > 0, own[5] > 0));
    }

    public void Dispose()
    {
        gradients.Dispose();
        message.Dispose();
    }
}
