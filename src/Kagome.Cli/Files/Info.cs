using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Files;

/// <summary>Describes files one after another.</summary>
internal static class Info
{
    /// <exception cref="BadInputException">A file holds nothing that can be read; the others are shown.</exception>
    public static int Run(
        IReadOnlyList<string> paths,
        bool printsJson,
        double symprec,
        InvocationConfiguration console,
        CancellationToken cancellation
    )
    {
        List<FileDescription> files = [];
        foreach (string path in paths)
        {
            FileDescription file = FileDescription.Read(path, symprec, cancellation);
            files.Add(file);
            foreach (string reason in file.Skipped ?? file.Summary?.SkippedReasons ?? [])
            {
                console.Error.WriteLine($"skipped: {reason}");
            }

            if (!printsJson)
            {
                FileReport.Write(file, console.Output);
            }
        }

        if (printsJson)
        {
            console.Output.WriteLine(JsonText.Format(files));
        }

        string[] unreadable = [.. files.Where(file => !file.IsReadable).Select(file => file.Path)];
        return unreadable.Length == 0
            ? ExitCode.Success
            : throw new BadInputException($"{string.Join(", ", unreadable)}: holds no structure that can be read.");
    }
}
