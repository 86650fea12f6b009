using System.Security.Cryptography;
using System.Text;

namespace Kagome.Campaigns;

/// <summary>Many formulas and how they are predicted: a folder with a plan that does not change, whose shards are worked on anywhere, in any order.</summary>
/// <remarks>
/// <para>
/// campaign.json holds settings, models and version, formulas.txt the formulas, <c>shards/00012.jsonl.gz</c> the results of a finished shard, <c>work/00012/</c> what is done of an
/// unfinished one, <c>progress/</c> signs of life, which may be lost. Shards and formulas are counted from 0.
/// </para>
/// <para>Does not change. Safe to use from several threads, and the folder by any number of processes on any number of machines.</para>
/// </remarks>
public sealed class Campaign
{
    internal const string FormulasName = "formulas.txt";
    internal const string LeftOutName = "left-out.txt";

    private readonly CampaignDocument document;
    private readonly IReadOnlyList<CampaignFormula> formulas;

    private Campaign(string folder, CampaignDocument document, IReadOnlyList<CampaignFormula> formulas) =>
        (Folder, this.document, this.formulas) = (folder, document, formulas);

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>What is done with each formula.</summary>
    public CampaignSettings Settings => document.Settings;

    /// <summary>What with.</summary>
    public CampaignModels Models => document.Models;

    /// <summary>Tells this plan from all others.</summary>
    public string Fingerprint => document.Fingerprint;

    /// <summary>All of them, in the order of the list.</summary>
    public IReadOnlyList<CampaignFormula> Formulas => formulas;

    /// <summary>Lines of the list that could not be predicted and were left out; left-out.txt has them.</summary>
    public int LinesLeftOut => document.LinesLeftOut;

    /// <summary>Lines of the list that said what another one had said.</summary>
    public int Repetitions => document.Repetitions;

    /// <summary>How many shards there are.</summary>
    public int ShardCount => (formulas.Count + Settings.ShardSize - 1) / Settings.ShardSize;

    /// <summary>Whether a folder holds a campaign.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, CampaignDocument.FileName));

    /// <summary>Opens a campaign that was planned.</summary>
    /// <exception cref="InputException">There is none, or its plan is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Campaign Open(string folder)
    {
        if (!Exists(folder))
        {
            throw new InputException(
                $"{folder} holds no campaign: there is no {CampaignDocument.FileName}. Plan one there, or name the folder of one.",
                folder
            );
        }

        CampaignDocument plan = CampaignDocument.Read(Path.Combine(folder, CampaignDocument.FileName));
        return new Campaign(folder, plan, ReadFormulas(folder, plan));
    }

    /// <summary>The formulas of a shard.</summary>
    /// <param name="shard">From 0.</param>
    /// <exception cref="InputException">There is no such shard.</exception>
    public IReadOnlyList<CampaignFormula> FormulasOf(int shard)
    {
        if (shard < 0 || shard >= ShardCount)
        {
            throw new InputException($"{Folder} has no shard {shard}; expected 0 to {ShardCount - 1}.", shard);
        }

        int first = shard * Settings.ShardSize;
        return [.. formulas.Skip(first).Take(Settings.ShardSize)];
    }

    /// <summary>Refuses models that are not those of the plan.</summary>
    /// <param name="predictor">What is loaded.</param>
    /// <param name="options">What it was loaded by.</param>
    /// <exception cref="InputException">Something differs.</exception>
    public void Require(CrystalPredictor predictor, ModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(options);
        Models.Require(Folder, CampaignModels.Of(predictor, options));
    }

    /// <summary>A file of a shard, such as shards/00012.jsonl.gz.</summary>
    internal string PathOf(string kind, int shard, string end) => Path.Combine(Folder, kind, $"{shard:D5}{end}");

    private static CampaignFormula[] ReadFormulas(string folder, CampaignDocument plan)
    {
        string path = Path.Combine(folder, FormulasName);
        byte[] text = File.Exists(path) ? File.ReadAllBytes(path) : [];
        CampaignFormula?[] read =
            Convert.ToHexStringLower(SHA256.HashData(text)) == plan.FormulasSha256
                ?
                [
                    .. Encoding
                        .UTF8.GetString(text)
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select((line, index) => CampaignFormula.Read(index, line)),
                ]
                : [];
        return read.Length == plan.Formulas && read.Length > 0 && !read.Contains(null)
            ? [.. read.OfType<CampaignFormula>()]
            : throw new InputException(
                $"{path} is missing, damaged, or was changed after the campaign was planned. Put the file back as it was, or plan a new campaign.",
                path
            );
    }
}
