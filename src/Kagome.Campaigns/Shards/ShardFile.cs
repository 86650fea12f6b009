using System.IO.Compression;
using System.Security.Cryptography;
using Kagome.Formats;

namespace Kagome.Campaigns;

/// <summary>The results of a finished shard: JSON lines under gzip, with a head, a line a formula in the order of the plan, and an end that counts and sums them.</summary>
/// <remarks>Written whole or not at all; the same results give the same bytes.</remarks>
internal static class ShardFile
{
    public const string End = ".jsonl.gz";

    private const CompressionLevel Level = CompressionLevel.Optimal;

    /// <summary>Writes a shard's file.</summary>
    /// <param name="campaign">Whose shard it is.</param>
    /// <param name="shard">Its number.</param>
    /// <param name="path">Of the file.</param>
    /// <param name="results">One for each of its formulas, in their order.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public static ShardSummary Write(
        Campaign campaign,
        int shard,
        string path,
        IReadOnlyList<FormulaLineResult> results
    )
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using AtomicFile file = new(path);
        string sha256;
        using (GZipStream content = new(file.Content, Level, leaveOpen: true))
        {
            foreach (byte[] line in results.Select(result => result.Line).Prepend(HeadLine(campaign, shard)))
            {
                hash.AppendData(line);
                content.Write(line);
            }

            sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
            content.Write(SealedLine.OfShard(campaign.Fingerprint, TailOf(results, sha256)));
        }

        long bytes = file.Content.Length;
        file.Complete();
        return ShardSummary.Of(shard, results, bytes, sha256);
    }

    /// <summary>Reads a shard's file and finds out whether it is all that it should be.</summary>
    /// <param name="campaign">Whose shard it is.</param>
    /// <param name="shard">Its number.</param>
    /// <param name="path">Of the file.</param>
    /// <returns>Results one at a time, in the order of the plan.</returns>
    /// <exception cref="ShardDamagedException">While enumerating: it is not; what came before may be used where only lines count.</exception>
    public static IEnumerable<FormulaLineResult> Read(Campaign campaign, int shard, string path)
    {
        CampaignFormula[] formulas = [.. campaign.FormulasOf(shard)];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IEnumerator<byte[]> lines = Guarded(path).GetEnumerator();
        byte[] head = HeadLine(campaign, shard);
        if (!lines.MoveNext() || !lines.Current.AsSpan().SequenceEqual(head))
        {
            throw new ShardDamagedException(path, $"it is not that of shard {shard} of this campaign");
        }

        hash.AppendData(head);
        int failed = 0;
        int crystals = 0;
        foreach (CampaignFormula formula in formulas)
        {
            FormulaLineResult? result = lines.MoveNext()
                ? FormulaLineResult.Read(campaign, [formula], lines.Current)
                : throw new ShardDamagedException(path, $"it breaks off before {formula}");
            if (result is null)
            {
                throw new ShardDamagedException(path, $"the result of {formula} was changed, or is of another formula");
            }

            hash.AppendData(result.Line);
            failed += result.IsFailed ? 1 : 0;
            crystals += result.Head.Crystals.Count;
            yield return result;
        }

        Tail expected = new(
            new Totals(formulas.Length, failed, crystals, Convert.ToHexStringLower(hash.GetCurrentHash()))
        );
        if (
            !lines.MoveNext()
            || !lines.Current.AsSpan().SequenceEqual(SealedLine.OfShard(campaign.Fingerprint, expected))
        )
        {
            throw new ShardDamagedException(path, "its end is cut off, or sums up something else");
        }

        if (lines.MoveNext())
        {
            throw new ShardDamagedException(path, "something follows its end");
        }
    }

    /// <summary>The whole lines of a file that may be damaged, or another's.</summary>
    public static IReadOnlyList<FormulaLineResult> Salvage(Campaign campaign, int shard, string path)
    {
        CampaignFormula[] formulas = [.. campaign.FormulasOf(shard)];
        List<FormulaLineResult> found = [];
        try
        {
            found.AddRange(
                Guarded(path)
                    .Select(line => FormulaLineResult.Read(campaign, formulas, line))
                    .OfType<FormulaLineResult>()
            );
        }
        catch (ShardDamagedException)
        {
            // what follows is lost
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }

        return found;
    }

    /// <summary>What a shard's file says in all; null where there is none.</summary>
    /// <exception cref="ShardDamagedException">It is damaged.</exception>
    public static ShardSummary? Verify(Campaign campaign, int shard)
    {
        string path = campaign.PathOf(ShardFolder.FinishedName, shard, End);
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return null;
            }

            FormulaLineResult[] results = [.. Read(campaign, shard, path)];
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(HeadLine(campaign, shard));
            Array.ForEach(results, result => hash.AppendData(result.Line));
            return ShardSummary.Of(shard, results, file.Length, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // it is done again, meanwhile
        }
    }

    private static byte[] HeadLine(Campaign campaign, int shard) =>
        SealedLine.OfShard(campaign.Fingerprint, new Head(campaign.Fingerprint, shard));

    private static Tail TailOf(IReadOnlyList<FormulaLineResult> results, string sha256) =>
        new(
            new Totals(
                results.Count,
                results.Count(result => result.IsFailed),
                results.Sum(result => result.Head.Crystals.Count),
                sha256
            )
        );

    /// <summary>The lines, where the compression is sound.</summary>
    private static IEnumerable<byte[]> Guarded(string path)
    {
        using IEnumerator<byte[]> lines = LineReader.Read(path).GetEnumerator();
        while (true)
        {
            try
            {
                if (!lines.MoveNext())
                {
                    yield break;
                }
            }
            catch (InvalidDataException exception)
            {
                throw new ShardDamagedException(path, "it is cut off, or bytes of it changed", exception);
            }

            yield return lines.Current;
        }
    }

    /// <summary>The first line of a shard's file.</summary>
    /// <param name="Campaign">The fingerprint of the campaign's plan.</param>
    /// <param name="Shard">Its number, from 0.</param>
    private sealed record Head(string Campaign, int Shard);

    /// <summary>The last line of a shard's file.</summary>
    /// <param name="End">What the lines before come to.</param>
    private sealed record Tail(Totals End);

    /// <summary>What the lines of a shard come to.</summary>
    /// <param name="Formulas">How many there are.</param>
    /// <param name="Failed">How many of them came to nothing.</param>
    /// <param name="Crystals">How many are kept.</param>
    /// <param name="Sha256">What <c>sha256sum</c> prints of all lines before.</param>
    private sealed record Totals(int Formulas, int Failed, int Crystals, string Sha256);
}

/// <summary>The file of a shard is not what it should be.</summary>
public sealed class ShardDamagedException : KagomeException
{
    internal ShardDamagedException(string path, string problem, Exception? innerException = null)
        : base($"{path} is damaged: {problem}. Run its shard again; what is sound in it is kept.", innerException) =>
        Path = path;

    /// <summary>Of the file.</summary>
    public string Path { get; }
}
