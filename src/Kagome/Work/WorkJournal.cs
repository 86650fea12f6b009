using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Kagome.Formats;
using Microsoft.Win32.SafeHandles;

namespace Kagome.Work;

/// <summary>Results of units of work in a file, a line each, so that work that was killed goes on where it was.</summary>
/// <remarks>
/// The first line names the plan that the units belong to; every line begins with a checksum of its rest. A line that a kill cut off is
/// dropped when the journal is opened, and a damaged one does not count: its unit is done again. Results stay in the file until they are asked for. Safe to use from several threads of one process; a second process that opens the file is refused.
/// </remarks>
public sealed class WorkJournal<TResult> : IDisposable
{
    private const int ReadSize = 1 << 16;
    private const string SumStart = "{\"sum\":\"";
    private const string SumEnd = "\",";
    private const int SumDigits = 16;
    private const string JournalsOption = "journals"; // what methods call the folder

    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly Lock gate = new();
    private readonly Dictionary<int, (long Start, int Length)> lines = [];
    private long end;

    private WorkJournal(string path) => (this.path, file) = (path, OpenFile(path));

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="plan">What tells the plan from all others.</param>
    /// <exception cref="InputException">The file is the journal of another plan, or none, or another process or call works on it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static WorkJournal<TResult> Open(string path, string plan)
    {
        WorkJournal<TResult> journal = new(path);
        try
        {
            journal.Open(plan);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Opens the journal of a plan in a folder, which is made where it is missing.</summary>
    /// <param name="folder">May hold the journals of other plans, too.</param>
    /// <param name="plan">A fingerprint that can be the name of a file.</param>
    /// <inheritdoc cref="Open(string, string)" path="/exception"/>
    internal static WorkJournal<TResult> OpenForPlan(string folder, string plan)
    {
        Directory.CreateDirectory(folder);
        return Open(Path.Combine(folder, $"{plan}.jsonl"), plan);
    }

    /// <summary>Whether the result of a unit is there.</summary>
    public bool Contains(int unit)
    {
        lock (gate)
        {
            return lines.ContainsKey(unit);
        }
    }

    /// <summary>The result of a unit that is there.</summary>
    /// <exception cref="KeyNotFoundException">It is not.</exception>
    public TResult Read(int unit)
    {
        (long start, int length) line;
        lock (gate)
        {
            line = lines[unit];
        }

        return Parse<Entry>(ReadAt(line.start, line.length)).Result;
    }

    /// <summary>Adds the result of a unit, which is on the disk when this returns; an earlier one no longer counts.</summary>
    /// <exception cref="IOException">The disk is full: the journal is as it was before.</exception>
    public void Add(int unit, TResult result)
    {
        byte[] line = Line(new Entry(unit, result));
        lock (gate)
        {
            Append(line);
            lines[unit] = (end - line.Length, line.Length);
        }
    }

    /// <summary>Closes the file, which stays: the next one with the same plan goes on from it.</summary>
    public void Dispose() => file.Dispose();

    private static SafeFileHandle OpenFile(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new InputException(
                $"{Path.GetDirectoryName(path)} is being worked on: another process or call does the same there. Wait until it ends, or give another folder as {JournalsOption}.",
                path,
                JournalsOption
            );
        }
    }

    private void Open(string plan)
    {
        string? former = null;
        foreach ((long start, int length) in WholeLines())
        {
            byte[] line = ReadAt(start, length);
            if (former is null)
            {
                former = IsWhole(line) ? Parse<Header>(line).Plan : throw NoJournal(null);
            }
            else if (IsWhole(line))
            {
                lines[Parse<UnitNumber>(line).Unit] = (start, length);
            }

            end = start + length;
        }

        RandomAccess.SetLength(file, end);
        if (former is null)
        {
            Append(Line(new Header(plan)));
        }
        else if (former != plan)
        {
            throw new InputException(
                $"{path} is the journal of other work ({former}; now {plan}). Go on with the same input, options and models, or choose another file.",
                path
            );
        }
    }

    private IEnumerable<(long Start, int Length)> WholeLines()
    {
        byte[] buffer = new byte[ReadSize];
        long start = 0;
        long at = 0;
        while (RandomAccess.Read(file, buffer, at) is > 0 and int count)
        {
            for (int place = 0; place < count; place++)
            {
                if (buffer[place] == '\n')
                {
                    long next = at + place + 1;
                    yield return (start, checked((int)(next - start)));
                    start = next;
                }
            }

            at += count;
        }
    }

    private void Append(byte[] line)
    {
        try
        {
            RandomAccess.Write(file, line, end);
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, end);
            throw;
        }

        end += line.Length;
    }

    private byte[] ReadAt(long start, int length)
    {
        byte[] line = new byte[length];
        int read = 0;
        while (read < length && RandomAccess.Read(file, line.AsSpan(read), start + read) is > 0 and int count)
        {
            read += count;
        }

        return line;
    }

    private static byte[] Line<T>(T value)
    {
        byte[] rest = Encoding.UTF8.GetBytes(JsonText.Line(value)[1..] + "\n");
        return [.. Encoding.UTF8.GetBytes(Start(rest)), .. rest];
    }

    private static bool IsWhole(byte[] line)
    {
        int length = SumStart.Length + SumDigits + SumEnd.Length;
        return line.Length > length
            && line.AsSpan(0, length).SequenceEqual(Encoding.UTF8.GetBytes(Start(line.AsSpan(length))));
    }

    private static string Start(ReadOnlySpan<byte> rest) => $"{SumStart}{XxHash64.HashToUInt64(rest):x16}{SumEnd}";

    private T Parse<T>(byte[] line)
    {
        try
        {
            return JsonText.Parse<T>(Encoding.UTF8.GetString(line));
        }
        catch (JsonException exception)
        {
            throw NoJournal(exception);
        }
    }

    private InputException NoJournal(Exception? exception) =>
        new($"{path} is no journal of this version; delete it, or choose another place for journals.", exception);

    private sealed record Header
    {
        public Header(string plan) => Plan = plan;

        public string Plan { get; }
    }

    private sealed record UnitNumber
    {
        public required int Unit { get; init; }
    }

    private sealed record Entry(int Unit, TResult Result);
}
