using ICSharpCode.SharpZipLib.GZip;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace Kagome.Formats.Text;

/// <summary>Files that are compressed, as the ends of their names tell.</summary>
internal static class Compression
{
    private const string Written = ".gz";

    /// <summary>Readers that notice a file that breaks off, which .NET's own GZipStream takes for a complete one.</summary>
    private static readonly Dictionary<string, Func<Stream, Stream>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [Written] = file => new GZipInputStream(file),
        [".bz2"] = file => BZip2Stream.Create(file, CompressionMode.Decompress, decompressConcatenated: true),
        [".xz"] = file => new XzStreams(file),
    };

    /// <summary>The ends of names, such as .gz.</summary>
    public static IEnumerable<string> Endings => Readers.Keys;

    /// <summary>Whether the name says that the content is compressed.</summary>
    public static bool IsCompressed(string name) => Readers.ContainsKey(Path.GetExtension(name));

    /// <summary>Whether files of this name can be written: only gzip is.</summary>
    public static bool IsWritable(string name) =>
        !IsCompressed(name) || Path.GetExtension(name).Equals(Written, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without the end that tells the compression.</summary>
    public static string PlainName(string name) => IsCompressed(name) ? Path.ChangeExtension(name, null) : name;

    /// <summary>The content, decompressed where the name says so.</summary>
    /// <param name="file">What the name belongs to.</param>
    /// <param name="name">A name or path.</param>
    /// <param name="budget">How much it may become.</param>
    public static Stream Open(Stream file, string name, DecompressionBudget budget) =>
        Readers.TryGetValue(Path.GetExtension(name), out Func<Stream, Stream>? open)
            ? new DecompressedStream(() => open(file), file, budget)
            : file;
}
