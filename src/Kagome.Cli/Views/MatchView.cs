using System.Text.Json.Serialization;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.DataSets;

namespace Kagome.Cli.Views;

/// <summary>What came of comparing a crystal of a file with the reference.</summary>
/// <param name="Id">The name of the crystal.</param>
/// <param name="Matches">Whether it is the same as the reference.</param>
/// <param name="Verdict">The same, and why not.</param>
/// <param name="Rms">The root mean square displacement in units of (V/N)^(1/3); null without a match.</param>
/// <param name="LargestDistance">The largest displacement of an atom in units of (V/N)^(1/3); null without a match.</param>
/// <param name="Mapping">How the crystal, the first, lies on the reference, the second; null without a match.</param>
internal sealed record FileVerdict(
    string Id,
    bool Matches,
    MatchVerdict Verdict,
    double? Rms,
    double? LargestDistance,
    MappingDocument? Mapping
)
{
    /// <summary>How the crystal lies on the reference; null without a match.</summary>
    [JsonIgnore]
    public CrystalMapping? Lies { get; private init; }

    public static FileVerdict Of(
        CrystalRecord candidate,
        CrystalRecord reference,
        MatchResult result,
        CancellationToken cancellation
    )
    {
        CrystalMapping? mapping = result.Match is { } match
            ? CrystalMapping.Of(candidate.Structure, reference.Structure, match, cancellation)
            : null;
        return new(
            candidate.Id,
            result.IsMatch,
            result.Verdict,
            result.Rms,
            result.Match?.LargestDistance,
            MappingDocument.Of(mapping)
        )
        {
            Lies = mapping,
        };
    }

    public string Text(Structure candidate)
    {
        double atomLength = Math.Cbrt(candidate.VolumePerAtom);
        return Matches
            ? $"{Id}: match, RMS {Rms:F4}, largest distance {LargestDistance:F4} (of {atomLength:F2} Å, the cube root of the volume per atom)"
            : $"{Id}: {Verdict}";
    }
}

/// <summary>Counts the verdicts on a file of pairs.</summary>
internal sealed class PairSummary(string[] tolerances)
{
    private const int MostNamedLines = 10;

    private readonly Dictionary<string, int> matches = tolerances.ToDictionary(name => name, _ => 0);
    private readonly List<string> differences = [];
    private int exceeded;

    public int Pairs { get; private set; }

    /// <summary>How many lines could not be read.</summary>
    public int Errors { get; private set; }

    public static string Text(PairVerdict verdict) =>
        verdict.Error is { } error
            ? $"{verdict.Line}\terror: {error}"
            : $"{verdict.Line}\t{string.Join('\t', verdict.Rms.Select(set =>
                set.Value is { } numbers
                    ? $"{set.Key}: match, RMS {numbers[0]:F4}, largest distance {numbers[1]:F4}"
                    : $"{set.Key}: {verdict.Verdict![set.Key]}"
            ))}";

    public void Add(PairVerdict verdict)
    {
        Pairs++;
        if (verdict.Verdict is not { } verdicts)
        {
            Errors++;
            return;
        }

        foreach ((string name, MatchVerdict one) in verdicts)
        {
            matches[name] += one == MatchVerdict.Match ? 1 : 0;
        }

        exceeded += verdicts.Values.Contains(MatchVerdict.LimitExceeded) ? 1 : 0;
        differences.AddRange(verdict.Differences.Select(name => $"{verdict.Line} ({name})"));
    }

    public void Write(TextWriter error, TimeSpan elapsed)
    {
        string found = string.Join(", ", matches.Select(pair => $"{pair.Value} match ({pair.Key})"));
        error.WriteLine($"{Pairs} pairs in {elapsed.TotalSeconds:F1} s: {found}");
        WriteCount(error, Errors, "lines hold no pair of crystals");
        WriteCount(error, exceeded, "pairs exceeded the time limit");
        WriteCount(error, differences.Count, "results differ from those in the file");
        if (differences.Count > 0)
        {
            string more = differences.Count > MostNamedLines ? ", …" : "";
            error.WriteLine($"  lines {string.Join(", ", differences.Take(MostNamedLines))}{more}");
        }
    }

    private static void WriteCount(TextWriter error, int count, string what)
    {
        if (count > 0)
        {
            error.WriteLine($"{count} {what}");
        }
    }
}
