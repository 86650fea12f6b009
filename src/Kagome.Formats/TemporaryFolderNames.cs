namespace Kagome.Formats;

/// <summary>The names that an <see cref="AtomicFolder"/> has on its way, all after the file that its program holds meanwhile.</summary>
/// <param name="held">The path of that file.</param>
internal sealed class TemporaryFolderNames(string held)
{
    private readonly string stem = held[..^TemporaryFile.HeldEnd.Length];

    /// <summary>The folder that is being filled.</summary>
    public string Filled => stem + TemporaryFile.End;

    /// <summary>The former folder of the name, moved aside.</summary>
    public string Former => $"{stem}.old{TemporaryFile.End}";

    /// <summary>Removes what a program left that is no more; a former folder whose successor never came gets its name back.</summary>
    public void Clear()
    {
        string place = Path.Combine(Path.GetDirectoryName(stem)!, TemporaryFile.TargetOf(stem));
        if (Directory.Exists(Former) && !Path.Exists(place))
        {
            Directory.Move(Former, place);
        }

        Remove(Former);
        Remove(Filled);
    }

    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            AtomicFile.TryTo(() => Directory.Delete(folder, recursive: true));
        }
    }
}
