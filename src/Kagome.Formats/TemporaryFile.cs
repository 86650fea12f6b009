using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Kagome.Formats;

/// <summary>Files under temporary names, which go when their program is no more: at its end, or when another program writes into the same folder.</summary>
/// <remarks>
/// A program holds its file open and locked as long as it lives, so that whoever can lock the file knows that it was left behind. Names are never used twice.
/// Where locks do not work, such as on some network drives, and on Windows, nothing of others is removed. Safe to use from several threads.
/// </remarks>
internal static partial class TemporaryFile
{
    /// <summary>How names end.</summary>
    public const string End = ".tmp";

    /// <summary>How the names of files end that are held for a folder.</summary>
    public const string HeldEnd = ".held.tmp";

    private const string Mark = ".kagome-";
    private const int Attempts = 5;
    private const int MostKnown = 1000;

    /// <summary>Folders that this process has cleared: once is enough, and a folder may hold a million files.</summary>
    private static readonly ConcurrentDictionary<string, bool> Cleared = [];

    /// <summary>Makes a hidden file, and removes what programs left in the folder that are no more.</summary>
    /// <param name="folder">Where it is made.</param>
    /// <param name="name">What it becomes.</param>
    /// <param name="ofFolder">Whether it stands for a folder.</param>
    /// <exception cref="IOException">The folder is absent, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static FileStream Create(string folder, string name, bool ofFolder = false)
    {
        FileStream file = Create(folder, name, ofFolder ? HeldEnd : End);
        if (Cleared.Count > MostKnown)
        {
            Cleared.Clear();
        }

        if (!OperatingSystem.IsWindows() && Cleared.TryAdd(folder, true))
        {
            AtomicFile.TryTo(() => Clear(folder, file.Name));
        }

        return file;
    }

    /// <summary>What a file or folder of a temporary name was to become.</summary>
    public static string TargetOf(string path)
    {
        string name = Path.GetFileName(path);
        return name[1..name.LastIndexOf(Mark, StringComparison.Ordinal)];
    }

    /// <summary>Removes what programs left in a folder that are no more.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="own">A file that is held; where another can lock it all the same, nothing is removed.</param>
    internal static void Clear(string folder, string own)
    {
        using (FileStream? locked = TryLock(own))
        {
            if (locked is not null)
            {
                return;
            }
        }

        foreach (string path in Directory.EnumerateFiles(folder, $".*{End}"))
        {
            if (TemporaryName().IsMatch(Path.GetFileName(path)))
            {
                AtomicFile.TryTo(() => RemoveUnlessHeld(path));
            }
        }
    }

    private static void RemoveUnlessHeld(string path)
    {
        using FileStream? locked = TryLock(path);
        if (locked is null)
        {
            return;
        }

        if (path.EndsWith(HeldEnd, StringComparison.Ordinal))
        {
            new TemporaryFolderNames(path).Clear();
        }

        File.Delete(path);
    }

    /// <summary>Makes a file that nobody else had locked, and removes, in the moment before this process locked it.</summary>
    private static FileStream Create(string folder, string name, string end)
    {
        for (int attempt = 1; ; attempt++)
        {
            string path = Path.Combine(folder, $".{name}{Mark}{Guid.NewGuid():N}{end}");
            try
            {
                FileStream file = new(
                    path,
                    FileMode.CreateNew,
                    FileAccess.ReadWrite,
                    FileShare.Read | FileShare.Delete
                );
                if (File.Exists(path))
                {
                    return file;
                }

                file.Dispose();
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(folder))
            {
                // the next name
            }
        }
    }

    /// <summary>Opens a file for this process alone; null where one has it, or it is gone.</summary>
    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"^\..*\.kagome-[0-9a-f]{32}(\.held)?\.tmp$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TemporaryName();
}
