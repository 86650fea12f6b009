using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;

namespace Kagome.Cli.Commands;

/// <summary>kagome completions: what a shell needs to complete commands, options and their values.</summary>
/// <remarks>The scripts ask the program itself, by System.CommandLine's suggest directive, which takes the line after the program's name.</remarks>
internal static class CompletionsCommand
{
    private const string Help = """
        Print a script that teaches a shell to complete kagome's commands, options and values by the tab key.

        Examples:
          kagome completions bash >> ~/.bashrc
          kagome completions zsh >> ~/.zshrc
          kagome completions fish > ~/.config/fish/completions/kagome.fish
          kagome completions powershell >> $PROFILE
        """;

    private const string Bash = """
        _kagome() {
            local line=${COMP_LINE#* } IFS=$'\n'
            local point=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
            COMPREPLY=($(compgen -W "$(kagome "[suggest:$point]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _kagome kagome
        """;

    private const string Zsh = """
        _kagome() {
            local line="${(j: :)${(@)words[2,CURRENT]}}"
            local -a found=(${(f)"$(kagome "[suggest:${#line}]" "$line" 2>/dev/null)"})
            compadd -a found
            _files
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
        compdef _kagome kagome
        """;

    private const string Fish = """
        function __kagome_complete
            set -l line (commandline -cp | string replace -r '^\s*\S+ ' '')
            kagome "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c kagome -a '(__kagome_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName kagome -ScriptBlock {
            param($word, $ast, $position)
            $line = $ast.ToString() -replace '^\S+ ?', ''
            $point = [Math]::Max(0, $position - ($ast.ToString().Length - $line.Length))
            kagome "[suggest:$point]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_)
            }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["fish"] = Fish,
        ["powershell"] = PowerShell,
        ["zsh"] = Zsh,
    };

    public static Command Create()
    {
        Argument<string> shell = Declare.Operand<string>("SHELL", $"One of {string.Join(", ", Scripts.Keys)}.");
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        return new Command("completions", Help)
            .With(shell)
            .SetWork(
                (parsed, _) =>
                {
                    CommandStreams.Of(parsed).Output.WriteLine(Scripts[parsed.GetRequiredValue(shell)]);
                    return ExitCode.Success;
                }
            );
    }
}
