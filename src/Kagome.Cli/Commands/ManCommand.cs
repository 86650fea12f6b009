using System.CommandLine;
using Kagome.Cli.Manual;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome man: the help of all commands as pages, for man and for the web.</summary>
internal static class ManCommand
{
    private const string Help = """
        Print a manual page of the program, or of one of its commands, made from its help.

        Examples:
          kagome man | man -l -
          kagome man predict | man -l -
          kagome man --out ~/.local/share/man/man1
          kagome man --format markdown --out reference

        With --out, all pages are written into the folder: kagome.1, kagome-predict.1 and so on. man finds those in ~/.local/share/man/man1 where
        ~/.local/bin is on the PATH.
        """;

    private static readonly Dictionary<string, (Func<ManualPage, string> Format, string Extension)> Forms = new(
        StringComparer.Ordinal
    )
    {
        ["roff"] = (RoffPage.Format, RoffPage.Extension),
        ["markdown"] = (MarkdownPage.Format, MarkdownPage.Extension),
    };

    public static Command Create()
    {
        Argument<string?> command = Operand<string?>(
            "COMMAND",
            "A command, such as predict; without it the program as a whole.",
            ArgumentArity.ZeroOrOne
        );
        Option<string> format = Choice("--format", "roff, which man reads, or markdown.", Forms.Keys, "roff");
        Option<string?> output = Text("--out", "Folder to write all pages into, in place of printing one.");
        Option<bool> force = Force();
        return new Command("man", Help)
            .With(command, format, output, force)
            .SetWork(
                (parsed, _) =>
                {
                    RootCommand root = (RootCommand)parsed.RootCommandResult.Command;
                    IReadOnlyList<ManualPage> pages = ManualPage.All(CommandEntry.Of(root));
                    (Func<ManualPage, string> write, string extension) = Forms[parsed.GetRequiredValue(format)];
                    string? asked = parsed.GetValue(command);
                    if (parsed.GetValue(output) is not { } folder)
                    {
                        CommandStreams.Of(parsed).Output.Write(write(Find(pages, asked)));
                    }
                    else if (asked is null)
                    {
                        Write(pages, write, extension, folder, parsed.GetValue(force));
                    }
                    else
                    {
                        throw new InputException(
                            $"COMMAND is {asked}, and {output.Name} writes all pages; give one of them."
                        );
                    }

                    return ExitCode.Success;
                }
            );
    }

    private static ManualPage Find(IReadOnlyList<ManualPage> pages, string? asked) =>
        asked is null ? pages[0]
        : pages.FirstOrDefault(page => page.Entry.Name == $"kagome {asked}" || page.Entry.PageName == asked)
            is { } found
            ? found
        : throw new InputException(
            $"COMMAND is {asked}; expected one of {string.Join(", ", pages.Skip(1).Select(page => page.Entry.Name.Split(' ')[1]))}."
        );

    private static void Write(
        IReadOnlyList<ManualPage> pages,
        Func<ManualPage, string> write,
        string extension,
        string folder,
        bool isForced
    )
    {
        if (File.Exists(folder))
        {
            throw new InputException($"{folder} is a file; expected a folder, or the name of a new one.", folder);
        }

        string[] paths = [.. pages.Select(page => Path.Combine(folder, page.Entry.PageName + extension))];
        foreach (string path in paths)
        {
            OutputFile.RefuseReplacing(path, isForced);
        }

        Directory.CreateDirectory(folder);
        foreach ((ManualPage page, string path) in pages.Zip(paths))
        {
            AtomicFile.Write(path, write(page));
        }
    }
}
