using System.Reflection;
using System.Runtime.InteropServices;

namespace Kagome.Cli.Diagnosis;

/// <summary>Which program runs on which system.</summary>
internal static class VersionFindings
{
    public static IEnumerable<Finding> Collect()
    {
        yield return new Finding("Kagome", Version(typeof(VersionFindings).Assembly));
        yield return new Finding("commit", SourceCommit.Current ?? "unknown: built outside a repository");
        yield return new Finding(".NET", RuntimeInformation.FrameworkDescription);
        yield return new Finding(
            "system",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"
        );
        yield return new Finding("TorchSharp", Version(typeof(TorchSharp.torch).Assembly));
    }

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? $"{assembly.GetName().Version}";
}
