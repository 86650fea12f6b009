namespace Kagome.Processes;

/// <summary>The numbers that fix a process: those of diffusion or of a flow.</summary>
public abstract record ProcessConfiguration
{
    private protected ProcessConfiguration() { }

    /// <summary>T: noise levels, from 1 (least) to T (most). Above 0.</summary>
    public abstract int StepCount { get; init; }
}
