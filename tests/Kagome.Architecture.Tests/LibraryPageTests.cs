using System.Text.RegularExpressions;
using Kagome.Testing;

namespace Kagome.Architecture.Tests;

/// <summary>The page about the library shows the programs that eng/samples.sh runs, and no others.</summary>
public sealed partial class LibraryPageTests
{
    private const string SampleFolder = "samples/library";

    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "library.md"));

    [Fact]
    public void Page_shows_every_sample_as_it_is() =>
        Assert.Equal(
            Directory
                .EnumerateFiles(Path.Combine(Repository.Root, SampleFolder), "*.cs")
                .Order(StringComparer.Ordinal)
                .Select(path => (SourceFiles.Relative(path), File.ReadAllText(path))),
            Blocks()
                .Matches(Page)
                .Select(block => (block.Groups["path"].Value, block.Groups["code"].Value))
                .OrderBy(block => block.Item1, StringComparer.Ordinal)
        );

    [Fact]
    public void Page_shows_no_code_that_is_no_sample() =>
        Assert.Equal(Blocks().Count(Page), Page.Split("```csharp").Length - 1);

    [GeneratedRegex(
        @"<!-- (?<path>\S+) -->\n```csharp\n(?<code>.*?)```\n",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Blocks();
}
