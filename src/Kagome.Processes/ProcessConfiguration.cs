namespace Kagome.Processes;

/// <summary>The numbers that fix a process: a <see cref="Schedules.DiffusionConfiguration"/> or a <see cref="Flow.FlowConfiguration"/>.</summary>
public abstract record ProcessConfiguration
{
    private protected ProcessConfiguration() { }

    /// <summary>T: noise levels, from 1 (least) to T (most). Above 0.</summary>
    public abstract int StepCount { get; init; }
}
