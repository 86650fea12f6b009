using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Kagome.Cli;

/// <summary>Help that lists sub-commands by the first line of what they say, and calls the program as users do; their own help shows the rest, examples included.</summary>
internal sealed class ShortListHelp(HelpAction inner) : SynchronousCommandLineAction
{
    /// <summary>Help is help, also where a required argument is missing.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts it in the place of a root command's help.</summary>
    public static void Install(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ShortListHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        foreach (Command command in parseResult.CommandResult.Command.Subcommands)
        {
            command.Description = command.Description?.Split('\n')[0];
        }

        InvocationConfiguration streams = parseResult.InvocationConfiguration;
        TextWriter output = streams.Output;
        using StringWriter text = new();
        streams.Output = text;
        int code = inner.Invoke(parseResult);
        streams.Output = output;
        output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName}", "  kagome", StringComparison.Ordinal));
        return code;
    }
}
