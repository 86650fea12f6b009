using Kagome.Formats.Text;

namespace Kagome.Formats.Archives;

/// <summary>What the crystals of a folder's or an archive's files are called.</summary>
/// <remarks>
/// By their file, mp-1 of structures/mp-1.cif; where the file's name says nothing, as of mp-1/CONTCAR, or occurs in several folders, by their folder.
/// Folders that all of them lie in are left out.
/// </remarks>
internal sealed class CrystalNames
{
    private readonly HashSet<string> repeated;
    private readonly string root;
    private readonly int shared;

    /// <param name="names">Of all files, relative, with / between folders.</param>
    /// <param name="root">What files at the top are called whose names say nothing.</param>
    public CrystalNames(IReadOnlyCollection<string> names, string root)
    {
        this.root = root;
        repeated =
        [
            .. names
                .GroupBy(SourceFile.Stem, StringComparer.Ordinal)
                .Where(group => group.Select(Folder).Distinct().Skip(1).Any())
                .Select(group => group.Key),
        ];
        shared = SharedLength([.. names.Select(Folder).Distinct()]);
    }

    public string Of(string name)
    {
        string folder = Folder(name)[shared..].TrimStart('/');
        string stem = SourceFile.Stem(name);
        string plain = Path.GetFileName(Compression.PlainName(name));
        bool isVaspName = SourceFile.IsVaspName(plain);
        bool isVaspStep = plain == stem && StartsAsVaspName(plain); // CONTCAR.relax2
        return isVaspName ? (folder.Length > 0 ? folder : root)
            : folder.Length > 0 && (isVaspStep || repeated.Contains(stem)) ? $"{folder}/{stem}"
            : stem;
    }

    private static string Folder(string name) => name[..Math.Max(0, name.LastIndexOf('/'))];

    private static bool StartsAsVaspName(string name) => SourceFile.IsVaspName(name.Split('.', '_', '-')[0]);

    /// <summary>How many characters of all folders are the same, up to the last folder of each.</summary>
    private static int SharedLength(string[] folders)
    {
        string[] above = [.. folders.Select(Folder)];
        string[] parts = above.Length > 0 ? above[0].Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        int length = 0;
        foreach (string part in parts)
        {
            int next = length + part.Length + (length > 0 ? 1 : 0);
            string prefix = above[0][..next];
            if (!above.All(folder => folder == prefix || folder.StartsWith($"{prefix}/", StringComparison.Ordinal)))
            {
                break;
            }

            length = next;
        }

        return length;
    }
}
