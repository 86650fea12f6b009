using System.Globalization;

namespace Kagome.Cli.Options;

/// <summary>Which shard of a campaign a task works on: as it is told, or as its queue numbers it.</summary>
internal static class ShardNumber
{
    /// <summary>Variables in which a task finds its number, and what the first one is: the first that is set counts.</summary>
    private static readonly (string Name, int First)[] Variables =
    [
        ("SLURM_ARRAY_TASK_ID", 0),
        ("JOB_COMPLETION_INDEX", 0),
        ("PBS_ARRAY_INDEX", 0),
        ("SGE_TASK_ID", 1),
        ("OMPI_COMM_WORLD_RANK", 0),
    ];

    /// <param name="given">On the command line; null where it is to be found.</param>
    /// <param name="error">Hears where it was found.</param>
    /// <exception cref="InputException">Nothing tells it, or by something that is no number.</exception>
    public static int Read(int? given, TextWriter error)
    {
        if (given is { } shard)
        {
            return shard;
        }

        foreach ((string name, int first) in Variables)
        {
            string? value = Environment.GetEnvironmentVariable(name);
            if (string.IsNullOrEmpty(value) || value == "undefined") // which SGE says outside of arrays
            {
                continue;
            }

            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < first)
            {
                throw new InputException(
                    $"{name} is '{value}'; expected a whole number from {first}. Or give the shard with --shard."
                );
            }

            error.WriteLine($"Shard {number - first}, since {name} is {value}.");
            return number - first;
        }

        throw new InputException(
            $"There is no shard to work on. Give one with --shard, all with --all, or run it as a task that finds its number in {string.Join(", ", Variables[..^1].Select(variable => variable.Name))} or {Variables[^1].Name}."
        );
    }
}
