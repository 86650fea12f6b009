using System.CommandLine;
using System.Text.RegularExpressions;
using Kagome.Cli.Manual;
using Kagome.Testing;

namespace Kagome.Cli.Tests;

/// <summary>Commands that the pages and the help show are commands that the program takes.</summary>
public sealed partial class PageCommandTests
{
    private static readonly string[] CommandsOfTheScript = ["bench", "test"];

    private static IEnumerable<string> Pages =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "models"), "*.md"))
            .Concat(
                new[]
                {
                    "README.md",
                    "CONTRIBUTING.md",
                    "CHANGELOG.md",
                    "bench/README.md",
                    "prototypes/README.md",
                }.Select(name => Path.Combine(Repository.Root, name))
            );

    [Fact]
    public void Pages_show_commands_that_the_program_takes() =>
        AssertNone(
            Pages.SelectMany(path =>
                Code(File.ReadAllText(path))
                    .SelectMany(Problems)
                    .Select(problem => $"{Path.GetFileName(path)}: {problem}")
            )
        );

    [Fact]
    public void Pages_name_options_that_the_program_has() =>
        AssertNone(
            Pages.SelectMany(path =>
                Mention()
                    .Matches(File.ReadAllText(path))
                    .SelectMany(mention => Calls(mention.Groups["code"].Value))
                    .SelectMany(UnknownNames)
                    .Select(problem => $"{Path.GetFileName(path)}: {problem}")
            )
        );

    [Fact]
    public void Help_shows_commands_that_the_program_takes() =>
        AssertNone(
            CommandEntry
                .Of(KagomeProgram.CreateCommand())
                .WithAllBelow.SelectMany(entry => entry.Text.Examples)
                .Select(example => example.Split("   ")[0])
                .SelectMany(Problems)
        );

    [Theory]
    [InlineData("$ ./kagome predict NaCl  # quickly", "predict|NaCl")]
    [InlineData("for f in a b; do ./kagome info $f; done", "info|$f")]
    [InlineData("kagome campaign retry s && kagome campaign run s --all", "campaign|retry|s", "campaign|run|s|--all")]
    [InlineData("X=1 mpirun -n 4 kagome-gpu/kagome train \"a b\" > log", "train|a b")]
    [InlineData("dotnet tool install --global Kagome.Cli")]
    public void Calls_of_a_line_are_found(string line, params string[] expected) =>
        Assert.Equal(expected, ShellLine.Calls(line).Select(call => string.Join('|', call)));

    private static void AssertNone(IEnumerable<string> problems)
    {
        string[] all = [.. problems];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    /// <summary>What is wrong with a line, but for what a variable stands in place of; where dots do, only names are looked at.</summary>
    private static IEnumerable<string> Problems(string line) =>
        from call in Calls(line)
        from problem in call.Contains("…")
            ? UnknownNames(call)
            : KagomeProgram
                .CreateCommand()
                .Parse(call)
                .Errors.Select(error => error.Message)
                .Where(message =>
                    !call.Any(word => Placeholder().IsMatch(word) && message.Contains(word, StringComparison.Ordinal))
                )
        select $"{line.Trim()}: {problem}";

    private static IEnumerable<string[]> Calls(string line) =>
        ShellLine.Calls(line).Where(call => !CommandsOfTheScript.Contains(call[0]));

    /// <summary>Text names commands without all that they need.</summary>
    private static IEnumerable<string> UnknownNames(string[] call)
    {
        Command command = KagomeProgram.CreateCommand();
        IEnumerable<string> inherited = command.Options.SelectMany(option => option.Aliases.Append(option.Name));
        string[] words = [.. call.SkipWhile(word => Step(word))];
        string[] known = [.. inherited, .. command.Options.SelectMany(option => option.Aliases.Append(option.Name))];
        return words
            .Select(word => word.Split('=')[0])
            .Where(word => word.StartsWith("--", StringComparison.Ordinal) && !known.Contains(word))
            .Select(word => $"kagome {string.Join(' ', call)}: {word}");

        bool Step(string word)
        {
            Command? below = command.Subcommands.FirstOrDefault(known => known.Name == word);
            command = below ?? command;
            return below is not null;
        }
    }

    /// <summary>The lines of all blocks of code, fenced or indented; a line that ends in a backslash goes on in the next.</summary>
    private static IEnumerable<string> Code(string page)
    {
        bool isFenced = false;
        string begun = "";
        foreach (string line in page.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isFenced = !isFenced;
            }
            else if (isFenced || line.StartsWith("    ", StringComparison.Ordinal))
            {
                begun += line.TrimEnd('\\');
                if (!line.EndsWith('\\'))
                {
                    yield return begun;
                    begun = "";
                }
            }
        }
    }

    [GeneratedRegex(@"[$…]|\A[A-Z]\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        "(?<!`)`(?<code>(\\./)?kagome [^`\n]+)`(?!`)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Mention();
}

/// <summary>A line of a shell, as far as pages have such lines.</summary>
internal static partial class ShellLine
{
    /// <summary>The arguments of each call of kagome.</summary>
    public static IEnumerable<string[]> Calls(string line)
    {
        List<string>? call = null;
        foreach (Match match in Word().Matches(line))
        {
            string word = match.Value;
            if (word[0] == '#' || Operator().IsMatch(word))
            {
                if (call is { Count: > 0 })
                {
                    yield return [.. call];
                }

                call = null;
                if (word[0] == '#')
                {
                    yield break;
                }
            }
            else if (call is not null)
            {
                call.Add(word.StartsWith("[-", StringComparison.Ordinal) ? word.Trim('[', ']') : word.Trim('"', '\''));
            }
            else if (word == "kagome" || word.EndsWith("/kagome", StringComparison.Ordinal))
            {
                call = [];
            }
        }

        if (call is { Count: > 0 })
        {
            yield return [.. call];
        }
    }

    /// <summary>Words in quotes, operators, other words.</summary>
    [GeneratedRegex(
        "\"[^\"]*\"|'[^']*'|&&|\\|\\|?|;|[0-9]?>>?|[^\\s;|&>\"']+",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Word();

    [GeneratedRegex(@"\A(&&|\|\|?|;|[0-9]?>>?)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Operator();
}
