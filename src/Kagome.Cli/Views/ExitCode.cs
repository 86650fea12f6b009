namespace Kagome.Cli.Views;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something failed that no other input would mend.</summary>
    public const int Failure = 1;

    /// <summary>The input cannot be used; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by the user, in a state to go on from.</summary>
    public const int Interrupted = 130;
}
