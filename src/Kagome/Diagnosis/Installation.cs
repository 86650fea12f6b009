using System.Runtime.InteropServices;
using Kagome.Models;
using Kagome.Work;

namespace Kagome.Diagnosis;

/// <summary>Whether everything that Kagome needs is there and works, as a health check asks.</summary>
/// <remarks>Safe to use from several threads; rates of products are lower where other work is under way.</remarks>
public static class Installation
{
    /// <summary>The version of Kagome, such as 0.1.0, or 0.1.0-dev of a build from source.</summary>
    public static string Version => ProgramVersion.Number;

    /// <summary>The commit that Kagome was built from, as the SDK put it behind the version's plus sign; null in a build outside a repository.</summary>
    public static string? Commit =>
        ProgramVersion.Full(typeof(Installation).Assembly)?.Split('+').ElementAtOrDefault(1);

    /// <summary>Version, commit and what computes, in a line that begins with the version, such as <c>0.1.0+ace703b (libtorch 2.10.0, TorchSharp 0.107.0, .NET 10.0.12)</c>.</summary>
    /// <remarks>Loads no libtorch: it names the one that TorchSharp was made for, and <see cref="Examine"/> the one that is there.</remarks>
    public static string Description =>
        $"{ProgramVersion.Full(typeof(Installation).Assembly) ?? Version} (libtorch {TorchSharp.torch.__version__}, TorchSharp {ProgramVersion.Of(typeof(TorchSharp.torch).Assembly)}, {RuntimeInformation.FrameworkDescription})";

    /// <summary>Looks at versions, libtorch, memory and models, and computes for about a second as predictions do.</summary>
    /// <param name="models">Where the models lie; null for those that came along.</param>
    /// <param name="outputFolder">A folder in which results are to be written, which is tried with a file that vanishes at once; null for none.</param>
    /// <param name="cancellation">Stops between models, and while it computes.</param>
    public static IReadOnlyList<Finding> Examine(
        ModelOptions? models = null,
        string? outputFolder = null,
        CancellationToken cancellation = default
    ) =>
        [
            .. Versions(),
            .. TorchFindings.Collect(),
            MachineFindings.Memory(),
            .. outputFolder is null ? Array.Empty<Finding>() : [MachineFindings.Folder(outputFolder)],
            .. Models((models ?? new ModelOptions()).Catalog, cancellation),
            .. SelfTest.Collect(cancellation),
        ];

    private static IEnumerable<Finding> Versions()
    {
        yield return new Finding("Kagome", Version);
        yield return new Finding("commit", Commit ?? "unknown: built outside a repository");
        yield return new Finding(".NET", RuntimeInformation.FrameworkDescription);
        yield return new Finding(
            "system",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"
        );
        yield return new Finding("TorchSharp", ProgramVersion.Of(typeof(TorchSharp.torch).Assembly));
    }

    private static IEnumerable<Finding> Models(ModelCatalog catalog, CancellationToken cancellation)
    {
        try
        {
            Finding[] models = [.. catalog.Verify().Select(model => Describe(model, cancellation))];
            return models.Length > 0 ? models : [None(catalog)];
        }
        catch (InputException exception)
        {
            return [Damaged(ModelChecksums.FileName, exception.Message)];
        }
    }

    private static Finding Describe(ModelVerification model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return model.Problem is { } problem
            ? Damaged(model.Name, problem)
            : new Finding("model", $"{model.Name}: intact");
    }

    private static Finding Damaged(string name, string problem) =>
        new("model", $"{name}: {problem}", FindingState.Broken, "Get the file again, or install Kagome again.");

    private static Finding None(ModelCatalog catalog) =>
        new(
            "model",
            $"none in {catalog.Folder}",
            FindingState.Limited,
            $"Put {ModelCatalog.Extension} files there, set {nameof(ModelOptions.Folder)} to their folder, or name one with {nameof(ModelOptions.Generator)}."
        )
        {
            Options = [nameof(ModelOptions.Folder), nameof(ModelOptions.Generator)],
        };
}
