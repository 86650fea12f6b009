using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Kagome.Prototypes;

/// <summary>Known crystals by their anonymous formulas: what a composition may be like.</summary>
/// <remarks>Groups are read from the file when they are first asked for. Safe to use from several threads.</remarks>
public sealed class PrototypeLibrary : IDisposable
{
    /// <summary>How a library's file is named.</summary>
    public const string Extension = ".prototypes";

    private readonly PrototypeFile? file;
    private readonly ConcurrentDictionary<AnonymousFormula, PrototypeGroup?> groups = new();

    internal PrototypeLibrary(PrototypeFile file) => (this.file, Description) = (file, file.Description);

    internal PrototypeLibrary(PrototypeLibraryDescription description, IEnumerable<PrototypeGroup> groups)
    {
        Description = description;
        foreach (PrototypeGroup group in groups)
        {
            this.groups[group.Formula] = group;
        }
    }

    /// <summary>The folder of libraries and rankers, beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "prototypes");

    /// <summary>The library that came along.</summary>
    public static string DefaultPath => Path.Combine(DefaultFolder, $"materials-project{Extension}");

    /// <summary>What it holds and whose it is.</summary>
    public PrototypeLibraryDescription Description { get; }

    /// <summary>What <c>sha256sum</c> prints of its file, which is read for it; empty where it was built and not opened.</summary>
    public string ComputeChecksum()
    {
        if (file is null)
        {
            return "";
        }

        using FileStream content = File.OpenRead(file.Path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    /// <summary>The anonymous formulas that it has crystals of, smallest first.</summary>
    public IEnumerable<AnonymousFormula> Formulas => file?.Formulas ?? groups.Keys.Order();

    /// <summary>Opens a library's file.</summary>
    /// <exception cref="PrototypeLibraryException">It is no library, cut off, damaged, or of another version.</exception>
    public static PrototypeLibrary Open(string path) => new(PrototypeFile.Open(path));

    /// <summary>The crystals of an anonymous formula; null where there are none.</summary>
    /// <exception cref="PrototypeLibraryException">The file is damaged there.</exception>
    public PrototypeGroup? Find(AnonymousFormula formula) => groups.GetOrAdd(formula, wanted => file?.Read(wanted));

    /// <summary>How many crystals there are of an anonymous formula, without reading them.</summary>
    public int CrystalCount(AnonymousFormula formula) =>
        file?.CrystalCount(formula) ?? Find(formula)?.Crystals.Length ?? 0;

    /// <summary>Writes the library: whole or not at all.</summary>
    public void Write(string path) =>
        PrototypeFile.Write(path, Description, Formulas.Order().Select(formula => Find(formula)!));

    /// <summary>Closes the file: groups that were not yet read cannot be any more.</summary>
    public void Dispose() => file?.Dispose();
}

/// <summary>What a library of prototypes holds and whose it is.</summary>
public sealed record PrototypeLibraryDescription
{
    /// <summary>Such as materials-project.</summary>
    public required string Name { get; init; }

    /// <summary>Licence and attribution of the crystals, a text that goes where they go.</summary>
    [JsonPropertyName("Licence")] // as in files that there are
    public required string License { get; init; }

    /// <summary>What it was built from, such as mp20-train.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>How many crystals it holds.</summary>
    public required int CrystalCount { get; init; }

    /// <summary>How many structure types the crystals fall into.</summary>
    public required int TypeCount { get; init; }

    /// <summary>The space of an atom of each element, by atomic number, in Å³; 0 for elements that no crystal has.</summary>
    public required IReadOnlyList<double> AtomicVolumes { get; init; }

    /// <summary>Entries that were left out, by the reason.</summary>
    public required IReadOnlyDictionary<string, int> LeftOut { get; init; }
}

/// <summary>A file that is no library of prototypes, or a damaged one.</summary>
public sealed class PrototypeLibraryException(string path, string problem, Exception? innerException = null)
    : KagomeException($"{path}: {problem}", innerException)
{
    /// <summary>The file at fault, as the caller named it.</summary>
    public string Path { get; } = path;
}
