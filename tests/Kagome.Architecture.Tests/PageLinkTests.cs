using System.Text.RegularExpressions;
using Kagome.Testing;

namespace Kagome.Architecture.Tests;

/// <summary>What pages point to exists: files, pictures, headings.</summary>
public sealed partial class PageLinkTests
{
    private static readonly string[] OtherPages =
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "bench/README.md",
        "prototypes/README.md",
    ];

    private static IEnumerable<string> Pages =>
        new[] { "docs", "models" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
            )
            .Concat(OtherPages.Select(name => Path.Combine(Repository.Root, name)))
            .Where(path => !SourceFiles.Relative(path).Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void Links_lead_to_files_and_headings_that_exist() =>
        AssertNone(
            Pages.SelectMany(path =>
                Link()
                    .Matches(WithoutCode(File.ReadAllText(path)))
                    .Select(link => link.Groups["target"].Value)
                    .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Leads(path, target))
                    .Select(target => $"{SourceFiles.Relative(path)}: {target}")
            )
        );

    /// <summary>Pages, comments and help name pages by their place in the checkout, without a link.</summary>
    [Fact]
    public void Pages_that_are_named_exist() =>
        AssertNone(
            Pages
                .Concat(SourceFiles.Under("src"))
                .SelectMany(path =>
                    NamedPage()
                        .Matches(File.ReadAllText(path))
                        .Select(page => page.Value)
                        .Where(page => !File.Exists(Path.Combine(Repository.Root, page)))
                        .Select(page => $"{SourceFiles.Relative(path)}: {page}")
                )
        );

    [Theory]
    [InlineData("## What it costs, and brings", "what-it-costs-and-brings")]
    [InlineData("# `kagome man` (1)", "kagome-man-1")]
    [InlineData("### A well-known one_two", "a-well-known-one_two")]
    public void Headings_have_the_names_that_browsers_of_repositories_give_them(string heading, string expected) =>
        Assert.Equal([expected], Headings(heading));

    private static void AssertNone(IEnumerable<string> problems)
    {
        string[] all = [.. problems];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static bool Leads(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        bool isThere = File.Exists(path) || Directory.Exists(path);
        return isThere && (parts.Length == 1 || Headings(File.ReadAllText(path)).Contains(parts[1]));
    }

    private static IEnumerable<string> Headings(string page) =>
        Heading()
            .Matches(WithoutCode(page))
            .Select(heading => Dropped().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), ""))
            .Select(text => text.Replace(' ', '-'));

    private static string WithoutCode(string page) => Fence().Replace(page, "");

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(
        @"\[[^\[\]]*\]\((?<target>[^)\s]+)\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Link();

    [GeneratedRegex(@"\bdocs/[\w/-]+\.md\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedPage();

    [GeneratedRegex(
        @"^#+ +(?<text>.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dropped();
}
