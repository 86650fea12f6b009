using System.CommandLine;

namespace Kagome.Cli.Manual;

/// <summary>All that help says of a command: one walk over the commands, which every form of the manual prints.</summary>
/// <param name="Name">As it is typed, such as kagome campaign new.</param>
/// <param name="Text">What it does.</param>
/// <param name="Operands">Its arguments, in the order of the command line.</param>
/// <param name="Options">Those of its own, in the order of help.</param>
/// <param name="Commands">Those below it.</param>
internal sealed record CommandEntry(
    string Name,
    HelpText Text,
    IReadOnlyList<OperandEntry> Operands,
    IReadOnlyList<OptionEntry> Options,
    IReadOnlyList<CommandEntry> Commands
)
{
    /// <summary>The name of its page in a folder of pages, as git has them.</summary>
    public string PageName => Name.Replace(' ', '-');

    /// <summary>This and all below it.</summary>
    public IEnumerable<CommandEntry> WithAllBelow => [this, .. Commands.SelectMany(command => command.WithAllBelow)];

    /// <summary>What follows the name on a command line.</summary>
    public IEnumerable<string> Usage =>
        [
            .. Commands.Count > 0 ? ["COMMAND"] : Array.Empty<string>(),
            .. Operands.Select(operand => operand.Usage),
            .. Options.Where(option => option.IsRequired).Select(option => option.Usage),
            .. Options.Any(option => !option.IsRequired) ? ["[options]"] : Array.Empty<string>(),
        ];

    /// <summary>Reads the commands as they are declared; what is hidden from help is left out.</summary>
    public static CommandEntry Of(RootCommand root) => Of(root, "kagome");

    private static CommandEntry Of(Command command, string name) =>
        new(
            name,
            HelpText.Of(command.Description),
            [.. command.Arguments.Where(argument => !argument.Hidden).Select(OperandEntry.Of)],
            [.. command.Options.Where(option => !option.Hidden).Select(OptionEntry.Of)],
            [.. command.Subcommands.Where(below => !below.Hidden).Select(below => Of(below, $"{name} {below.Name}"))]
        );
}
