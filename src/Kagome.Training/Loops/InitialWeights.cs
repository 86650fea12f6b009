using Kagome.Models;
using Kagome.Networks;
using Kagome.Training.Recipes;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>The weights of another model as the start of a run.</summary>
/// <remarks>Heads that the model lacks keep their random weights; heads that the run lacks are passed over.</remarks>
internal static class InitialWeights
{
    private const string OutputWeight = CrysformerLayout.EnergyHead + "output.weight";
    private const string OutputBias = CrysformerLayout.EnergyHead + "output.bias";

    private static readonly string[] Heads = [CrysformerLayout.EnergyHead, CrysformerLayout.TypeHead];

    /// <summary>Whether a run of the recipe can start from the model.</summary>
    /// <returns>What stands against it; null where nothing does.</returns>
    public static string? Problem(Recipe recipe, Checkpoint model)
    {
        CrysformerConfiguration found = model.Network with
        {
            HasEnergyHead = recipe.Network.HasEnergyHead,
            HasTypeHead = recipe.Network.HasTypeHead,
        };
        string name = model.Provenance.Name;
        return found != recipe.Network
                ? $"{name} has the network {found}; recipe {recipe.Name} expects {recipe.Network}. Give the recipe the model's network."
            : model.Process.GetType() == recipe.Process.GetType() && model.Process != recipe.Process // another kind is learned anew
                ? $"{name} has the process {model.Process}; recipe {recipe.Name} expects {recipe.Process}. Give the recipe the model's process."
            : null;
    }

    /// <summary>Whether the energy head starts from random weights.</summary>
    public static bool LacksEnergyHead(Recipe recipe, Checkpoint model) =>
        recipe.Network.HasEnergyHead && !model.Network.HasEnergyHead;

    /// <summary>Copies the weights into a network, so that its energies in their unit are the model's.</summary>
    /// <param name="network">A network of the same shape, heads apart.</param>
    /// <param name="model">Where the weights come from.</param>
    /// <param name="scaler">The scale of the run's labels; null where it has none.</param>
    /// <exception cref="ArgumentException">A weight is missing or of another shape.</exception>
    public static void Copy(Crysformer network, Checkpoint model, LabelScaler? scaler)
    {
        using IDisposable noGradient = no_grad();
        Dictionary<string, Tensor> targets = network.state_dict();
        foreach ((string name, Tensor target) in targets)
        {
            if (model.Weights.TryGetValue(name, out Tensor? source) && source.shape.SequenceEqual(target.shape))
            {
                target.copy_(source);
            }
            else if (!Heads.Any(head => name.StartsWith(head, StringComparison.Ordinal)))
            {
                throw new ArgumentException(
                    $"Weight '{name}' is missing in {model.Provenance.Name} or of another shape; expected [{string.Join(", ", target.shape)}]."
                );
            }
        }

        if (model.Network.HasEnergyHead && model.LabelScaler is { } before && scaler is not null)
        {
            Rescale(targets, before, scaler);
        }
    }

    /// <summary>The head's last layer gives standardised energies: (Ê σ + μ - μ') / σ' stands for the same energy as Ê.</summary>
    private static void Rescale(Dictionary<string, Tensor> weights, LabelScaler before, LabelScaler after)
    {
        if (!weights.TryGetValue(OutputWeight, out Tensor? weight) || before.LabelName != after.LabelName)
        {
            return;
        }

        double factor = before.StandardDeviation / after.StandardDeviation;
        weight.mul_(factor);
        weights[OutputBias].mul_(factor).add_((before.Mean - after.Mean) / after.StandardDeviation);
    }
}
