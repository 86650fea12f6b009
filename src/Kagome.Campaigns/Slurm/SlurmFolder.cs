using System.Globalization;
using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Campaigns.Slurm;

/// <summary>What a campaign was given to Slurm as: scripts, logs, and the numbers of its jobs, in a folder of the campaign's.</summary>
/// <remarks>Safe to use from several threads; whoever submits a campaign twice at the same time has two jobs, and may lose the number of one.</remarks>
public sealed class SlurmFolder
{
    internal const string Name = "slurm";
    private const string ListName = "submissions.json";

    private readonly Campaign campaign;
    private readonly string folder;

    /// <param name="campaign">Whose jobs.</param>
    public SlurmFolder(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        (this.campaign, folder) = (campaign, Path.Combine(campaign.Folder, Name));
    }

    /// <summary>What was submitted, the first one first.</summary>
    /// <exception cref="InputException">The list is damaged.</exception>
    public IReadOnlyList<SlurmSubmission> Submissions()
    {
        string path = Path.Combine(folder, ListName);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonText.Parse<SlurmSubmission[]>(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new InputException(
                $"{path} is damaged. It names the jobs of this campaign; remove it, and they are not known any more.",
                exception
            );
        }
    }

    /// <summary>What a script would be.</summary>
    /// <param name="array">What there is to do.</param>
    /// <param name="options">What tasks ask for.</param>
    /// <param name="program">How kagome is called: a command and its first arguments.</param>
    /// <exception cref="OptionException">An option cannot be met.</exception>
    /// <exception cref="InputException">Slurm cannot work in a folder of such a name.</exception>
    public string Script(SlurmArray array, SlurmOptions options, IReadOnlyList<string> program)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return SlurmScript.Text(campaign, array, options, program);
    }

    /// <summary>Writes a script.</summary>
    /// <param name="script">From <see cref="Script"/>.</param>
    /// <returns>Its path, from the campaign's folder.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public string Write(string script)
    {
        Directory.CreateDirectory(folder);
        int number = 1;
        string Place() => Path.Combine(Name, string.Create(CultureInfo.InvariantCulture, $"submission-{number}.sh"));
        while (File.Exists(Path.Combine(campaign.Folder, Place())))
        {
            number++;
        }

        AtomicFile.Write(Path.Combine(campaign.Folder, Place()), script);
        return Place();
    }

    /// <summary>Keeps the number of a job.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Add(SlurmSubmission submission) =>
        AtomicFile.Write(Path.Combine(folder, ListName), JsonText.Format(Submissions().Append(submission)) + "\n");

    /// <summary>The last line of a task's log that is not the script's own; null where there is none.</summary>
    public string? LastWords(QueueTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        const int Most = 16 * 1024;
        try
        {
            using FileStream log = File.OpenRead(Path.Combine(folder, $"{task.Name}.log"));
            log.Seek(-Math.Min(Most, log.Length), SeekOrigin.End);
            using StreamReader reader = new(log);
            return reader
                .ReadToEnd()
                .Split('\n', '\r')
                .Select(line => line.Trim())
                .LastOrDefault(line =>
                    line.Length > 0 && !line.StartsWith(SlurmScript.Voice, StringComparison.Ordinal)
                );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
