using Kagome.Testing;

namespace Kagome.Fuzzing.Tests;

/// <summary>A file as a reader meets it.</summary>
internal sealed record FuzzInput(string Name, byte[] Content);

/// <summary>A reader, with what is done to its files and what must hold of all that it gives.</summary>
internal abstract class Target
{
    /// <summary>Whether the bytes are the file as it is, so that a shorter one can be looked for.</summary>
    public virtual bool IsPlain => true;

    /// <summary>A damaged file.</summary>
    public abstract FuzzInput Make(Random random);

    /// <summary>Reads it.</summary>
    /// <returns>Whether anything in it was read.</returns>
    /// <exception cref="KagomeException">It is refused, as it should be.</exception>
    /// <exception cref="ViolationException">It is read as something that cannot be.</exception>
    public abstract bool Read(FuzzInput input);

    /// <summary>All readers, by the names that eng/fuzz.sh knows them by.</summary>
    public static IReadOnlyDictionary<string, Func<Target>> All { get; } =
        new SortedDictionary<string, Func<Target>>(StringComparer.Ordinal)
        {
            ["ase"] = () => new DatabaseTarget(),
            ["archives"] = () => new ArchiveTarget(),
            ["cif"] = () => new CrystalTarget("cif"),
            ["csv"] = () => new CrystalTarget("csv"),
            ["extxyz"] = () => new CrystalTarget("extxyz"),
            ["formulas"] = () => new FormulaTarget(),
            ["json"] = () => new CrystalTarget("json"),
            ["jsonl"] = () => new CrystalTarget("jsonl"),
            ["optimade"] = () => new CrystalTarget("optimade"),
            ["pairs"] = () => new PairTarget(),
            ["pickles"] = () => new PickleTarget(),
            ["poscar"] = () => new CrystalTarget("poscar"),
            ["prototypes"] = () => new PrototypeTarget(),
            ["recipes"] = () => new RecipeTarget(),
            ["safetensors"] = () => new SafetensorsTarget(),
        };
}

/// <summary>A reader that opens its file itself.</summary>
internal abstract class FileTarget : Target, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public sealed override bool Read(FuzzInput input)
    {
        string path = folder[input.Name];
        File.WriteAllBytes(path, input.Content);
        return Read(path);
    }

    protected abstract bool Read(string path);

    public void Dispose() => folder.Dispose();
}
