using System.Xml.Linq;
using Kagome.Testing;

namespace Kagome.Architecture.Tests;

/// <summary>What the solution file lists.</summary>
internal static class Solution
{
    /// <summary>From the root of the checkout, with forward slashes.</summary>
    public static IReadOnlySet<string> ProjectPaths { get; } =
        XDocument
            .Load(Path.Combine(Repository.Root, Repository.SolutionFile))
            .Descendants("Project")
            .Select(project => project.Attribute("Path")?.Value ?? "")
            .ToHashSet(StringComparer.Ordinal);
}
