using System.Text;
using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Work;

/// <summary>Results of units of work in a file, a line each, so that work that was killed goes on where it was.</summary>
/// <remarks>
/// The first line names the plan that the units belong to. A line that a kill cut off is dropped when the journal is opened. Safe to use from
/// several threads of one process; a second process that opens the file is refused.
/// </remarks>
public sealed class WorkJournal<TResult> : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly Dictionary<int, TResult> done = [];

    private WorkJournal(FileStream file) => this.file = file;

    /// <summary>Results by the number of their unit.</summary>
    public IReadOnlyDictionary<int, TResult> Done
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<int, TResult>(done);
            }
        }
    }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="plan">What tells the plan from all others.</param>
    /// <exception cref="InputException">The file is the journal of another plan, or none.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process works on it.</exception>
    public static WorkJournal<TResult> Open(string path, string plan)
    {
        WorkJournal<TResult> journal = new(
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read)
        );
        try
        {
            journal.Read(path, plan);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Adds the result of a unit, which is on the disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full: the journal is as it was before.</exception>
    public void Add(int unit, TResult result)
    {
        byte[] line = Line(new Entry(unit, result));
        lock (gate)
        {
            long before = file.Position;
            try
            {
                file.Write(line);
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(before);
                file.Position = before;
                throw;
            }

            done[unit] = result;
        }
    }

    public void Dispose() => file.Dispose();

    private void Read(string path, string plan)
    {
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        int whole = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(content, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        file.SetLength(whole);
        file.Position = whole;
        if (lines.Length == 0)
        {
            file.Write(Line(new Header(plan)));
            return;
        }

        if (Parse<Header>(path, lines[0]).Plan is var former && former != plan)
        {
            throw new InputException(
                $"{path} is the journal of other work ({former}; now {plan}). Go on with the same input, options and models, or choose another file.",
                path
            );
        }

        foreach (string line in lines.Skip(1))
        {
            Entry entry = Parse<Entry>(path, line);
            done[entry.Unit] = entry.Result;
        }
    }

    private static byte[] Line<T>(T value) => Encoding.UTF8.GetBytes(JsonText.Line(value) + "\n");

    private static T Parse<T>(string path, string line)
    {
        try
        {
            return JsonText.Parse<T>(line);
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path} is no journal: {exception.Message} Choose another file.", exception);
        }
    }

    private sealed record Header
    {
        public Header(string plan) => Plan = plan;

        public string Plan { get; }
    }

    private sealed record Entry(int Unit, TResult Result);
}
