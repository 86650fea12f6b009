using System.Text.RegularExpressions;

namespace Kagome.Campaigns.Slurm;

/// <summary>What tasks of a campaign ask Slurm for.</summary>
public sealed partial record SlurmOptions
{
    private const int LargestCount = 1_000_000;

    /// <summary>The partition. Default: null, for the cluster's.</summary>
    public string? Partition { get; init; }

    /// <summary>Who pays. Default: null, for the user's usual account.</summary>
    public string? Account { get; init; }

    /// <summary>How long a task may take before it is put back into the queue, from a minute. Default: four hours.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(4);

    /// <summary>
    /// How long before the limit Slurm sends a signal, on which a task stops in a state to go on from; below <see cref="TimeLimit"/>. Slurm may be a minute
    /// early. Default: two minutes.
    /// </summary>
    public TimeSpan StopBefore { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Processors of a task, as many formulas as it works on at once. At least 1; default 4.</summary>
    public int Processors { get; init; } = 4;

    /// <summary>Memory of a task, as Slurm takes it, such as 8G. Default 8G.</summary>
    public string Memory { get; init; } = "8G";

    /// <summary>Most tasks at once; at least 1. Default: null, for as many as Slurm lets run.</summary>
    public int? TasksAtOnce { get; init; }

    /// <summary>Other options of sbatch, each as one word such as --constraint=skylake. Default: none.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range, or cannot stand in a script.</exception>
    public void Validate()
    {
        RequireWord(nameof(Partition), Partition, "a partition, such as short");
        RequireWord(nameof(Account), Account, "an account, such as physics");
        RequireWord(nameof(Memory), Memory, "a size that Slurm knows, such as 8G");
        OptionException.RequireBetween(nameof(Processors), Processors, 1, LargestCount);
        if (TasksAtOnce is { } tasks)
        {
            OptionException.RequireBetween(nameof(TasksAtOnce), tasks, 1, LargestCount);
        }

        if (TimeLimit < TimeSpan.FromMinutes(1))
        {
            throw new OptionException(nameof(TimeLimit), TimeLimit, "at least a minute");
        }

        if (StopBefore < TimeSpan.Zero || StopBefore >= TimeLimit)
        {
            throw new OptionException(
                nameof(StopBefore),
                StopBefore.TotalSeconds,
                $"from 0 to less than the {TimeLimit.TotalSeconds:F0} seconds of a task"
            );
        }

        OptionException.RequireGiven(nameof(Further), Further);
        foreach (string option in Further)
        {
            RequireWord(nameof(Further), option, "an option of sbatch in one word, such as --constraint=skylake");
            if (!option.StartsWith("--", StringComparison.Ordinal))
            {
                throw new OptionException(nameof(Further), option, "an option of sbatch, such as --constraint=skylake");
            }

            if (SlurmScript.OwnOptions.Contains(option.Split('=')[0], StringComparer.Ordinal))
            {
                throw new OptionException(
                    nameof(Further),
                    option,
                    $"another option than {string.Join(", ", SlurmScript.OwnOptions)}, which the script sets"
                );
            }
        }
    }

    /// <summary>Nothing that ends the line of a script, or its word.</summary>
    private static void RequireWord(string name, string? value, string expected)
    {
        if (value is not null && !Word().IsMatch(value))
        {
            throw new OptionException(name, value, expected);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.,:;+@/=%&|*()\[\]!-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
