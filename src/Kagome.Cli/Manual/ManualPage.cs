using Kagome.Cli.Commands;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Diagnosis;

namespace Kagome.Cli.Manual;

/// <summary>A page of the manual: the program as a whole, or one of its commands with all below it.</summary>
/// <param name="Entry">What the page is about.</param>
/// <param name="Program">The whole program.</param>
internal sealed record ManualPage(CommandEntry Entry, CommandEntry Program)
{
    /// <summary>What the program tells the shell.</summary>
    public static readonly IReadOnlyList<(string Name, string Meaning)> ExitCodes =
    [
        ($"{ExitCode.Success}", "All went well."),
        ($"{ExitCode.Failure}", "Something failed that no other input would mend."),
        (
            $"{ExitCode.BadInput}",
            "The input cannot be used, or a part of it; a line on stderr says what was expected. Nothing half-written is left."
        ),
        ($"{ExitCode.Interrupted}", "Stopped by Ctrl+C or SIGTERM, in a state to go on from."),
    ];

    /// <summary>What the program reads from its environment.</summary>
    public static readonly IReadOnlyList<(string Name, string Meaning)> Variables =
    [
        (ModelFolder.Variable, "The folder of models, where it is not the one beside the program."),
        (ServeCommand.TokenVariable, "The token of kagome serve."),
        (CommandAction.DebugVariable, "1 for where an error arose that should not happen."),
    ];

    public static string Version => Installation.Version;

    public bool IsOfProgram => Entry == Program;

    /// <summary>Commands that are described on this page below its own.</summary>
    public IReadOnlyList<CommandEntry> Sections => IsOfProgram ? [] : [.. Entry.WithAllBelow.Skip(1)];

    /// <summary>Commands that have pages of their own.</summary>
    public IReadOnlyList<CommandEntry> OtherPages => IsOfProgram ? Program.Commands : [Program];

    /// <summary>The pages of the whole manual, the program's first.</summary>
    public static IReadOnlyList<ManualPage> All(CommandEntry program) =>
        [.. program.Commands.Prepend(program).Select(entry => new ManualPage(entry, program))];
}
