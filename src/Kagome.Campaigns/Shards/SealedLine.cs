using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Campaigns;

/// <summary>A record as a line of JSON that begins with a checksum of its campaign and of all that follows.</summary>
/// <remarks>So a line that was cut off or changed is noticed, and one of another campaign, too.</remarks>
internal static class SealedLine
{
    private const int SumDigits = 16;

    /// <summary>Longer ones are damage.</summary>
    public const int Longest = 256 * 1024 * 1024;

    private static ReadOnlySpan<byte> SumStart => "{\"sum\":\""u8;

    private static ReadOnlySpan<byte> SumEnd => "\","u8;

    private static int StartLength => SumStart.Length + SumDigits + SumEnd.Length;

    /// <summary>A line that only campaigns read, with its end.</summary>
    public static byte[] Of<T>(string campaign, T value) => Of(campaign, JsonText.LineBytes(value));

    /// <summary>A line that others read too, with its end.</summary>
    public static byte[] OfShard<T>(string campaign, T value) =>
        Of(campaign, DocumentSchema.CampaignShard.LineBytes(value));

    private static byte[] Of(string campaign, byte[] content)
    {
        byte[] rest = [.. content.AsSpan(1), (byte)'\n'];
        return [.. SumStart, .. Sum(campaign, rest), .. SumEnd, .. rest];
    }

    /// <summary>Whether a line, with its end, is as it was written.</summary>
    public static bool IsWhole(string campaign, ReadOnlySpan<byte> line) =>
        line.Length > StartLength
        && line.StartsWith(SumStart)
        && line[^1] == '\n'
        && line.Slice(SumStart.Length, SumDigits).SequenceEqual(Sum(campaign, line[StartLength..]));

    /// <summary>The record of a whole line; null where it is another one.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> line)
        where T : class
    {
        try
        {
            return JsonText.Parse<T>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Sum(string campaign, ReadOnlySpan<byte> rest)
    {
        XxHash64 hash = new();
        hash.Append(Encoding.UTF8.GetBytes(campaign));
        hash.Append(rest);
        return Encoding.UTF8.GetBytes($"{hash.GetCurrentHashAsUInt64():x16}");
    }
}
