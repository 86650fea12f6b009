using System.Globalization;
using System.Text.Json;
using Kagome.Models;
using Kagome.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Training.Ranking;

/// <summary>What a ranker's training goes on from after its last whole epoch: weights, what AdamW remembers, libtorch's random numbers, and what the epochs came to.</summary>
/// <remarks>.NET's random numbers are not in it: whoever goes on draws those of the finished epochs again.</remarks>
/// <param name="path">The file.</param>
/// <param name="training">What has to be the same, in words.</param>
internal sealed class RankerStateFile(string path, string training)
{
    private const string TrainingKey = "training";
    private const string StepsKey = "steps_taken";
    private const string EpochsKey = "epochs";
    private const string RandomName = "random";

    public bool Exists => File.Exists(path);

    /// <summary>Writes the state: whole or not at all.</summary>
    public void Save(RankerNetwork network, AdamW optimizer, int steps, IReadOnlyList<RankerEpoch> epochs)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = Tensors(network, optimizer);
        tensors.Add(RandomName, random.get_rng_state());
        SafetensorsFile.Write(
            path,
            tensors,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [TrainingKey] = training,
                [StepsKey] = steps.ToString(CultureInfo.InvariantCulture),
                [EpochsKey] = JsonSerializer.Serialize(epochs),
            }
        );
    }

    /// <summary>Puts the state into a network and its optimizer, and sets libtorch's random numbers.</summary>
    /// <returns>What the finished epochs came to.</returns>
    /// <exception cref="TrainingStateException">The file is damaged, no state, or of another training.</exception>
    public List<RankerEpoch> Load(RankerNetwork network, AdamW optimizer)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Read(path);
            string found = file.Metadata.GetValueOrDefault(TrainingKey) ?? "no training of a ranker";
            if (found != training)
            {
                throw new TrainingStateException(
                    $"{path} is the state of {found}; expected {training}. Resume with the same, or remove the file to begin anew."
                );
            }

            int steps = int.Parse(file.Metadata[StepsKey], CultureInfo.InvariantCulture);
            List<RankerEpoch> epochs = JsonSerializer.Deserialize<List<RankerEpoch>>(file.Metadata[EpochsKey])!;
            using IDisposable noGradients = no_grad();
            foreach ((string name, Tensor tensor) in Tensors(network, optimizer))
            {
                SavedTensors.Copy(file.Tensors, name, tensor);
            }

            foreach (AdamW.State state in States(optimizer))
            {
                state.step = steps;
            }

            random.set_rng_state(file.Tensors[RandomName]);
            return epochs;
        }
        catch (Exception exception)
            when (exception
                    is CheckpointException
                        or ArgumentException
                        or KeyNotFoundException
                        or FormatException
                        or JsonException
            )
        {
            throw new TrainingStateException(
                $"{path} is damaged: {exception.Message} Remove the file to begin anew.",
                exception
            );
        }
    }

    public void Delete() => File.Delete(path);

    private static Dictionary<string, Tensor> Tensors(RankerNetwork network, AdamW optimizer)
    {
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach (
            ((string name, Parameter weights), AdamW.State state) in network.named_parameters().Zip(States(optimizer))
        )
        {
            tensors.Add($"weights.{name}", weights);
            tensors.Add($"first_moment.{name}", state.exp_avg);
            tensors.Add($"second_moment.{name}", state.exp_avg_sq);
        }

        return tensors;
    }

    /// <summary>What is remembered of each parameter, in their order.</summary>
    private static IEnumerable<AdamW.State> States(AdamW optimizer) => optimizer.state_dict().State.Cast<AdamW.State>();
}
