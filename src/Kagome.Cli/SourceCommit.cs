using System.Reflection;

namespace Kagome.Cli;

/// <summary>The commit that the program was built from.</summary>
internal static class SourceCommit
{
    /// <summary>As the SDK put it behind the version's plus sign; null in a build outside a repository.</summary>
    public static string? Current =>
        typeof(SourceCommit)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')
            .ElementAtOrDefault(1);
}
