using System.CommandLine;
using System.IO.Hashing;
using System.Text;

namespace Kagome.Cli.Views;

/// <summary>Where a command keeps what is done, beside its output, until all of it is: the same command goes on there.</summary>
internal sealed class UnfinishedWork : IDisposable
{
    private readonly TextWriter error;
    private readonly string parent;
    private bool isComplete;

    private UnfinishedWork(string parent, string name, TextWriter error)
    {
        (this.parent, this.error) = (parent, error);
        Folder = Path.Combine(parent, name);
        if (HasJournals)
        {
            error.WriteLine($"Going on where this command was stopped before; {Folder} holds what is done.");
        }
    }

    /// <summary>For journals.</summary>
    public string Folder { get; }

    private bool HasJournals => Directory.Exists(Folder) && Directory.EnumerateFiles(Folder).Any();

    /// <summary>The unfinished work of a command line.</summary>
    /// <param name="parsed">Commands whose words differ never meet.</param>
    /// <param name="output">The folder of results; what is unfinished lies beside it.</param>
    public static UnfinishedWork Of(ParseResult parsed, string output)
    {
        string words = string.Join('\n', parsed.Tokens.Select(token => token.Value));
        return new UnfinishedWork(
            $"{Path.TrimEndingDirectorySeparator(output)}.unfinished",
            $"{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(words)):x16}",
            parsed.InvocationConfiguration.Error
        );
    }

    /// <summary>All is done, and nothing needs to be kept.</summary>
    public void Complete()
    {
        isComplete = true;
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        if (Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
        {
            Directory.Delete(parent);
        }
    }

    /// <summary>Says how to go on where not all is done.</summary>
    public void Dispose()
    {
        if (!isComplete && HasJournals)
        {
            error.WriteLine($"What is done is kept in {Folder}: the same command goes on there.");
        }
    }
}
