namespace Kagome.Cli.Models;

/// <summary>The checksums that a folder of models says its files have, in a file as <c>sha256sum</c> writes it.</summary>
internal sealed class ModelChecksums
{
    public const string FileName = "SHA256SUMS";

    private const int DigitCount = 64;
    private const int NameStart = DigitCount + 2; // after a space and a second one, or a * for binary
    private const long LargestFile = 1024 * 1024;

    private readonly IReadOnlyDictionary<string, string> byName;

    private ModelChecksums(IReadOnlyDictionary<string, string> byName) => this.byName = byName;

    public IEnumerable<string> FileNames => byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads a folder's list; it is empty where there is none.</summary>
    /// <exception cref="BadInputException">A line is no checksum and name, or a name is listed twice.</exception>
    public static ModelChecksums Of(string folder)
    {
        FileInfo file = new(Path.Combine(folder, FileName));
        if (!file.Exists)
        {
            return new ModelChecksums(new Dictionary<string, string>());
        }

        if (file.Length > LargestFile)
        {
            throw new BadInputException($"{file} has {file.Length} bytes; expected a checksum and a name a line.");
        }

        Dictionary<string, string> checksums = new(StringComparer.Ordinal);
        foreach ((int index, string line) in File.ReadLines(file.FullName).Index())
        {
            if (line.Length > 0 && !(Parse(line) is var (name, checksum) && checksums.TryAdd(name, checksum)))
            {
                throw new BadInputException(
                    $"{file}:{index + 1}: '{line}' is no new checksum and name, as sha256sum writes them; get the file again."
                );
            }
        }

        return new ModelChecksums(checksums);
    }

    /// <summary>Lower-case hexadecimal; null where the file is not listed.</summary>
    public string? Find(string fileName) => byName.GetValueOrDefault(fileName);

    private static (string Name, string Checksum)? Parse(string line) =>
        line.Length > NameStart
        && line[DigitCount] == ' '
        && line[DigitCount + 1] is ' ' or '*'
        && line.AsSpan(0, DigitCount).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0
            ? (line[NameStart..], line[..DigitCount].ToLowerInvariant())
            : null;
}
