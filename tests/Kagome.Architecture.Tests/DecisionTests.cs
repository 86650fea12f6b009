using System.Globalization;
using System.Text.RegularExpressions;
using Kagome.Testing;

namespace Kagome.Architecture.Tests;

public sealed partial class DecisionTests
{
    private static string[] Names
    {
        get
        {
            string folder = Path.Combine(Repository.Root, "docs", "decisions");
            return Directory.Exists(folder)
                ?
                [
                    .. Directory
                        .EnumerateFiles(folder, "*.md")
                        .Select(path => Path.GetFileName(path))
                        .Order(StringComparer.Ordinal),
                ]
                : [];
        }
    }

    [Fact]
    public void Decisions_are_named_by_number_and_title() =>
        Assert.All(Names, name => Assert.Matches(NumberAndTitle(), name));

    [Fact]
    public void Decisions_are_numbered_from_one_without_gaps_or_duplicates() =>
        Assert.Equal(
            Enumerable.Range(1, Names.Length),
            Names.Select(name => int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture))
        );

    [GeneratedRegex(
        @"\A[0-9]{4}-[a-z0-9]+(-[a-z0-9]+)*\.md\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NumberAndTitle();
}
