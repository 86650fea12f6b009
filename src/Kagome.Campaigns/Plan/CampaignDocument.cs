using System.IO.Hashing;
using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Campaigns;

/// <summary>What campaign.json says: all that results depend on, fixed when the campaign was planned.</summary>
/// <param name="Format">Of the folder.</param>
/// <param name="Formulas">How many there are.</param>
/// <param name="FormulasSha256">What <c>sha256sum</c> prints of formulas.txt.</param>
/// <param name="LinesLeftOut">Lines of the list that could not be predicted; left-out.txt has them.</param>
/// <param name="Repetitions">Lines that said what another line had said.</param>
/// <param name="Settings">What is done with each formula.</param>
/// <param name="Models">What with.</param>
/// <param name="Fingerprint">Tells this plan from all others, and one that was changed afterwards.</param>
internal sealed record CampaignDocument(
    int Format,
    int Formulas,
    string FormulasSha256,
    int LinesLeftOut,
    int Repetitions,
    CampaignSettings Settings,
    CampaignModels Models,
    string Fingerprint = ""
)
{
    public const int OwnFormat = 2;
    public const string FileName = "campaign.json";

    /// <summary>As a file.</summary>
    public string ToText() => DocumentSchema.Campaign.Format(this with { Fingerprint = ComputeFingerprint() }) + "\n";

    /// <exception cref="InputException">The file is none of this version, cut off, or was changed.</exception>
    public static CampaignDocument Read(string path)
    {
        string text = File.ReadAllText(path);
        try
        {
            int format = JsonText.Parse<Version>(text).Format;
            if (format != OwnFormat)
            {
                throw new InputException(
                    $"{path} is of format {format}; this program reads format {OwnFormat}. Use the program that planned it.",
                    path
                );
            }

            CampaignDocument document = DocumentSchema.Campaign.Parse<CampaignDocument>(text);
            return document.Fingerprint == document.ComputeFingerprint() && document.Settings is not null
                ? document
                : throw Damaged(path, null);
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception);
        }
    }

    private static InputException Damaged(string path, Exception? exception) =>
        new(
            $"{path} is damaged, or was changed after it was planned: its results would not be those of one plan. Put the file back as it was, or plan a new campaign.",
            exception
        );

    private string ComputeFingerprint() =>
        Convert.ToHexStringLower(XxHash128.Hash(JsonText.LineBytes(this with { Fingerprint = "" })));

    private sealed record Version
    {
        public required int Format { get; init; }
    }
}
