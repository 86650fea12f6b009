using Kagome.Training.Distributed;
using Kagome.Training.Recipes;
using Kagome.Work;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Training.Optimization;

/// <summary>Adam, and where asked Muon, with clipping over all weights of a network that are trained as one vector, and their moving average.</summary>
/// <remarks>
/// One vector makes a step of Adam a handful of operations instead of some per weight, and its state three tensors to save.
/// </remarks>
internal sealed class WeightOptimizer : IDisposable
{
    private const string WeightsName = "weights";
    private const string AverageName = "average";
    private const string FirstMomentName = "first_moment";
    private const string SecondMomentName = "second_moment";
    private const string MomentumName = "momentum";
    private const int AverageWarmUp = 10;

    private readonly OptimizerSettings settings;
    private readonly Parameter[][] copies;
    private readonly Parameter vector;
    private readonly Adam adam;
    private readonly Tensor average;
    private readonly Muon? muon;

    /// <param name="networks">Copies of one network, with equal weights: their gradients add up.</param>
    /// <param name="settings">How to move.</param>
    /// <param name="workers">What Muon works on.</param>
    /// <param name="group">Processes that share Muon's work; null for this one alone.</param>
    /// <param name="factors">What Muon's products of matrices round their factors to.</param>
    public WeightOptimizer(
        IReadOnlyList<nn.Module> networks,
        OptimizerSettings settings,
        WorkerThreads workers,
        IProcessGroup? group = null,
        ScalarType factors = ScalarType.Float32
    )
    {
        this.settings = settings;
        copies =
        [
            .. networks.Select(network => network.parameters().Where(parameter => parameter.requires_grad).ToArray()),
        ];
        using IDisposable noGradient = no_grad();
        vector = new Parameter(nn.utils.parameters_to_vector(copies[0]));
        average = vector.detach().clone();
        muon = settings.MuonFactor > 0 ? new Muon(copies[0], vector, workers, group, factors) : null;
        adam = optim.Adam([vector], settings.LearningRate, weight_decay: settings.WeightDecay);
        Distribute(vector); // as before every later step: where weights lie in memory decides how products round
    }

    /// <summary>How many weights are trained.</summary>
    public long WeightCount => vector.numel();

    private Adam.State State => (Adam.State)adam.state_dict().State[0];

    /// <summary>Moves the weights along the gradients that backward passes left in the networks, and clears them.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="step">Counted from 0; the average starts fast and slows to its decay.</param>
    /// <param name="addOthers">Adds the gradients of other processes to the sum of the networks', and says whether to go on; null for none.</param>
    /// <returns>Whether the gradients were finite numbers and the step was to be gone on with; otherwise nothing moved.</returns>
    public bool Step(double learningRate, int step, Func<Tensor, bool>? addOthers = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor gradient = GatherGradients();
        if (addOthers?.Invoke(gradient) == false || !double.IsFinite(gradient.abs().max().ToDouble()))
        {
            return false;
        }

        vector.grad = gradient;
        Clip();
        muon?.Step(vector, gradient, learningRate * settings.MuonFactor);
        foreach (optim.ILearningRateController group in adam.ParamGroups)
        {
            group.LearningRate = learningRate;
        }

        adam.step();
        Distribute(vector);
        double decay = Math.Min(settings.AverageDecay, (step + 1.0) / (step + AverageWarmUp));
        average.lerp_(vector, 1 - decay);
        return true;
    }

    /// <summary>Runs something with the averaged weights in the networks.</summary>
    public T WithAverage<T>(Func<T> action)
    {
        using IDisposable noGradient = no_grad();
        Distribute(average);
        try
        {
            return action();
        }
        finally
        {
            Distribute(vector);
        }
    }

    /// <summary>All that a later process needs to go on exactly from here. The tensors are the optimizer's own.</summary>
    public IReadOnlyDictionary<string, Tensor> SaveState()
    {
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal)
        {
            [WeightsName] = vector.detach(),
            [AverageName] = average,
            [FirstMomentName] = State.exp_avg,
            [SecondMomentName] = State.exp_avg_sq,
        };
        if (muon is not null)
        {
            tensors[MomentumName] = muon.Momentum;
        }

        return tensors;
    }

    /// <exception cref="ArgumentException">A tensor is missing or of another size.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> tensors, int stepsTaken)
    {
        using IDisposable noGradient = no_grad();
        Adam.State state = State;
        SavedTensors.Copy(tensors, WeightsName, vector);
        SavedTensors.Copy(tensors, AverageName, average);
        SavedTensors.Copy(tensors, FirstMomentName, state.exp_avg);
        SavedTensors.Copy(tensors, SecondMomentName, state.exp_avg_sq);
        if (muon is not null)
        {
            SavedTensors.Copy(tensors, MomentumName, muon.Momentum);
        }

        state.step = stepsTaken;
        Distribute(vector);
    }

    public void Dispose()
    {
        adam.Dispose();
        vector.Dispose();
        average.Dispose();
        muon?.Dispose();
    }

    private void Distribute(Tensor weights)
    {
        foreach (Parameter[] parameters in copies)
        {
            nn.utils.vector_to_parameters(weights, parameters);
        }
    }

    private Tensor GatherGradients()
    {
        Tensor sum = zeros_like(vector);
        foreach (Parameter[] parameters in copies)
        {
            sum.add_(cat([.. parameters.Select(parameter => (parameter.grad ?? zeros_like(parameter)).flatten())], 0));
            Array.ForEach(parameters, parameter => parameter.grad?.zero_());
        }

        return sum;
    }

    private void Clip()
    {
        Tensor gradient = vector.grad!;
        if (settings.ClipNorm > 0)
        {
            double norm = gradient.norm().ToDouble();
            if (norm > settings.ClipNorm)
            {
                gradient.mul_(settings.ClipNorm / norm);
            }
        }

        if (settings.ClipValue > 0)
        {
            gradient.clamp_(-settings.ClipValue, settings.ClipValue);
        }
    }
}

/// <summary>A linear rise from a thousandth of the largest rate, then half a cosine down.</summary>
/// <remarks>Source: DAO's released code (warm-up from 0.001x, cosine to eta_min), by steps instead of epochs.</remarks>
internal static class LearningRateSchedule
{
    private const double WarmUpStart = 0.001;

    /// <summary>The rate of a step, counted from 0.</summary>
    public static double At(int step, int stepCount, OptimizerSettings settings)
    {
        int warmUp = Math.Min(settings.WarmUpSteps, stepCount);
        if (step < warmUp)
        {
            return settings.LearningRate * (WarmUpStart + ((1 - WarmUpStart) * (step + 1) / warmUp));
        }

        double progress = (double)(step - warmUp) / Math.Max(1, stepCount - warmUp);
        double share = (1 + Math.Cos(Math.PI * progress)) / 2;
        return settings.FinalLearningRate + ((settings.LearningRate - settings.FinalLearningRate) * share);
    }
}
