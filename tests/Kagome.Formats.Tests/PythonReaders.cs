using System.Diagnostics;
using System.Text.Json;

namespace Kagome.Formats.Tests;

/// <summary>Lets pymatgen and ASE of the system's Python read files, all in one process.</summary>
internal static class PythonReaders
{
    private const string Python = "/usr/bin/python3";

    /// <summary>What the script in Data prints; skips the test where Python or the packages are absent.</summary>
    /// <param name="what">structures or compositions.</param>
    /// <param name="paths">The files.</param>
    public static JsonElement Read(string what, IEnumerable<string> paths)
    {
        if (!File.Exists(Python) || Run(["-c", "import ase.io, pymatgen.io.cif"]) is null)
        {
            Assert.Skip(
                $"{Python} has no pymatgen and ASE; install python3-pymatgen and python3-ase to run this test."
            );
        }

        string script = Path.Combine(AppContext.BaseDirectory, "Data", "read_structures.py");
        string answer = Run([script, what, .. paths]) ?? throw new InvalidOperationException($"{script} failed.");
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    /// <summary>What the script on inputs of calculations prints; skips the test where Python or the packages are absent.</summary>
    /// <param name="arguments">What to look at.</param>
    public static JsonElement Calculation(params string[] arguments)
    {
        if (!File.Exists(Python) || Run(["-c", "import ase.io, pymatgen.io.vasp.sets"]) is null)
        {
            Assert.Skip(
                $"{Python} has no pymatgen and ASE; install python3-pymatgen and python3-ase to run this test."
            );
        }

        string script = Path.Combine(AppContext.BaseDirectory, "Data", "calculation_inputs.py");
        string answer = Run([script, .. arguments]) ?? throw new InvalidOperationException($"{script} failed.");
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    /// <summary>What the script for databases prints; skips the test where Python or ASE is absent.</summary>
    /// <param name="arguments">What to do, and with which files.</param>
    public static JsonElement Database(params string[] arguments)
    {
        if (!File.Exists(Python) || Run(["-c", "import ase.db"]) is null)
        {
            Assert.Skip($"{Python} has no ASE; install python3-ase to run this test.");
        }

        string script = Path.Combine(AppContext.BaseDirectory, "Data", "ase_database.py");
        string answer = Run([script, .. arguments]) ?? throw new InvalidOperationException($"{script} failed.");
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    private static string? Run(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Python, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors.Result;
        return process.ExitCode == 0 ? output : null;
    }
}
