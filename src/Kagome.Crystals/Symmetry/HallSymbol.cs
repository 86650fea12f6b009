using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Kagome.Crystals.Symmetry;

/// <summary>Reads Hall symbols, which state a space group with its setting and origin by generators, such as <c>-F 4vw 2vw 3</c>.</summary>
/// <remarks>Source: S. R. Hall, Acta Cryst. A37 (1981) 517; International Tables B, appendix 1.4.2.2, with its change of basis.</remarks>
public static partial class HallSymbol
{
    private const int LongestSymbol = 80;
    private const int MostRotations = 4;

    /// <summary>Every operation of the group, centring included and the identity first.</summary>
    /// <param name="text">The symbol; parts are between spaces or underscores.</param>
    /// <param name="operations">The operations, shifts in [0, 1).</param>
    /// <returns>False where the text is no Hall symbol, or its group is none of a crystal.</returns>
    public static bool TryExpand(string text, out ImmutableArray<SymmetryOperation> operations)
    {
        operations = [];
        Match match = Symbol().Match(text.Length <= LongestSymbol ? Usual(text) : "");
        string[] words = match.Groups["rotations"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            !match.Success
            || words.Length is 0 or > MostRotations
            || Basis(match.Groups["basis"].Value) is not { } basis
            || Rotations(words) is not { } rotations
        )
        {
            return false;
        }

        ExactOperation back = basis.Inverse();
        ExactOperation[] generators =
        [
            .. HallLattice.Centrings(match.Groups["lattice"].Value[0]),
            .. match.Groups["inversion"].Length > 0 ? [ExactOperation.Inversion] : Array.Empty<ExactOperation>(),
            .. rotations,
        ];
        operations = OperationGroup.Generated([.. generators.Select(one => basis * one * back)]) ?? [];
        return !operations.IsEmpty;
    }

    /// <summary>Small letters after the lattice's, spaces for underscores.</summary>
    private static string Usual(string text)
    {
        string small = text.Replace('_', ' ').Trim().ToLowerInvariant();
        int lattice = small.StartsWith('-') ? 1 : 0;
        return small.Length > lattice
            ? small[..lattice] + char.ToUpperInvariant(small[lattice]) + small[(lattice + 1)..]
            : "";
    }

    private static List<ExactOperation>? Rotations(string[] words)
    {
        List<ExactOperation> rotations = [];
        HallRotation? before = null;
        foreach (string word in words)
        {
            if (HallRotation.Parse(word, before, rotations.Count) is not { } rotation)
            {
                return null;
            }

            rotations.Add(rotation.Operation);
            before = rotation;
        }

        return rotations;
    }

    /// <summary>The change of basis: a shift in twelfths such as (0 0 1), or new coordinates such as (x+1/4,y,z).</summary>
    private static ExactOperation? Basis(string text)
    {
        if (text.Length == 0)
        {
            return ExactOperation.Identity;
        }

        if (text.Contains(','))
        {
            return SymmetryOperation.TryParse(text, out SymmetryOperation operation)
                ? ExactOperation.Of(operation)
                : null;
        }

        int[] twelfths =
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word =>
                    int.TryParse(word, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue
                ),
        ];
        return twelfths.Length == 3 && Array.TrueForAll(twelfths, number => Math.Abs((long)number) < 12)
            ? ExactOperation.Centring(2 * (twelfths[0] + 12), 2 * (twelfths[1] + 12), 2 * (twelfths[2] + 12))
            : null;
    }

    [GeneratedRegex(
        @"^(?<inversion>-?)(?<lattice>[PABCIRHF]) *(?<rotations>[^()]+?) *(?:\((?<basis>[^()]+)\))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Symbol();
}

/// <summary>The centrings of a Hall symbol's first letter.</summary>
internal static class HallLattice
{
    public static ExactOperation[] Centrings(char letter) =>
        letter switch
        {
            'A' => [ExactOperation.Centring(0, 12, 12)],
            'B' => [ExactOperation.Centring(12, 0, 12)],
            'C' => [ExactOperation.Centring(12, 12, 0)],
            'I' => [ExactOperation.Centring(12, 12, 12)],
            'R' => [ExactOperation.Centring(16, 8, 8)],
            'H' => [ExactOperation.Centring(16, 8, 0)],
            'F' => [ExactOperation.Centring(0, 12, 12), ExactOperation.Centring(12, 0, 12)],
            _ => [],
        };
}
