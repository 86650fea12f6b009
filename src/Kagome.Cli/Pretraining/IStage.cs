namespace Kagome.Cli.Pretraining;

/// <summary>A part of the pretraining that is done once, and again only where something that it is made from has changed.</summary>
internal interface IStage
{
    /// <summary>Its folder's name.</summary>
    string Name { get; }

    /// <summary>Settings and contents (as checksums) of all that the result depends on; asked for when the stages before are done.</summary>
    SortedDictionary<string, string> Inputs();

    /// <summary>Does the work, or goes on with it where the folder holds a part.</summary>
    /// <param name="folder">Exists; holds nothing but what an interrupted run of the same inputs left.</param>
    /// <param name="cancellation">Stops with a state to go on from.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    StageResult Run(string folder, CancellationToken cancellation);
}
