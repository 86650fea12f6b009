using System.Text.RegularExpressions;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>One generator of a Hall symbol: order, axis, screw and shifts, such as <c>-2xac</c>, <c>31</c> or <c>2"c</c>.</summary>
/// <param name="Order">1, 2, 3, 4 or 6.</param>
/// <param name="Axis">x, y, z; ' and " for a - b and a + b about the axis before; * for a + b + c.</param>
/// <param name="Operation">The rotation, or rotoinversion, with its shift.</param>
internal sealed partial record HallRotation(int Order, char Axis, ExactOperation Operation)
{
    private const int Twelfth = ExactOperation.Denominator / 12;
    private const int Half = ExactOperation.Denominator / 2;
    private const int Quarter = ExactOperation.Denominator / 4;

    /// <summary>Reads a generator; null where it is none.</summary>
    /// <param name="word">Its text.</param>
    /// <param name="before">The generator before it, on which the axis may depend.</param>
    /// <param name="index">How many stand before it.</param>
    public static HallRotation? Parse(string word, HallRotation? before, int index)
    {
        Match match = Pattern().Match(word);
        if (!match.Success)
        {
            return null;
        }

        int order = match.Groups["order"].Value[0] - '0';
        string stated = match.Groups["axis"].Value.Replace('=', '"');
        char axis = stated.Length > 0 ? stated[0] : ImpliedAxis(order, before, index);
        if (Matrix(order, axis, before?.Axis ?? 'z') is not { } rotation)
        {
            return null;
        }

        int screw = match.Groups["screw"].Length > 0 ? match.Groups["screw"].Value[0] - '0' : 0;
        if (screw >= order || (screw > 0 && axis is not ('x' or 'y' or 'z')))
        {
            return null;
        }

        int along = screw * 12 / order * Twelfth;
        ExactOperation shift = ExactOperation.Centring(
            axis == 'x' ? along : 0,
            axis == 'y' ? along : 0,
            axis == 'z' ? along : 0
        );
        foreach (char letter in match.Groups["shifts"].Value)
        {
            shift *= Shift(letter);
        }

        ExactOperation turn = new(rotation, 0, 0, 0);
        bool isInverted = match.Groups["inversion"].Length > 0;
        return new HallRotation(order, axis, shift * (isInverted ? ExactOperation.Inversion * turn : turn));
    }

    private static char ImpliedAxis(int order, HallRotation? before, int index) =>
        (order, index, before?.Order) switch
        {
            (1, _, _) or (_, 0, _) => 'z',
            (2, 1, 2 or 4) => 'x',
            (2, 1, 3 or 6) => '\'',
            (3, 2, _) => '*',
            _ => '?',
        };

    private static ExactOperation Shift(char letter) =>
        letter switch
        {
            'a' => ExactOperation.Centring(Half, 0, 0),
            'b' => ExactOperation.Centring(0, Half, 0),
            'c' => ExactOperation.Centring(0, 0, Half),
            'n' => ExactOperation.Centring(Half, Half, Half),
            'u' => ExactOperation.Centring(Quarter, 0, 0),
            'v' => ExactOperation.Centring(0, Quarter, 0),
            'w' => ExactOperation.Centring(0, 0, Quarter),
            _ => ExactOperation.Centring(Quarter, Quarter, Quarter), // d
        };

    /// <summary>The matrix about an axis; those about x and y are that about z with the coordinates in turn.</summary>
    private static IntegerMatrix3? Matrix(int order, char axis, char before) =>
        (order, axis) switch
        {
            (1, _) => IntegerMatrix3.Identity,
            (_, 'z') => AboutZ(order),
            (_, 'x') => Turned(AboutZ(order)),
            (_, 'y') => Turned(Turned(AboutZ(order))),
            (3, '*') => new(0, 0, 1, 1, 0, 0, 0, 1, 0),
            (2, '\'') => Diagonal(before, new(0, -1, 0, -1, 0, 0, 0, 0, -1)),
            (2, '"') => Diagonal(before, new(0, 1, 0, 1, 0, 0, 0, 0, -1)),
            _ => null,
        };

    /// <summary>The twofold axis in the plane across the axis before; across that of a + b + c it lies as across z.</summary>
    private static IntegerMatrix3 Diagonal(char before, IntegerMatrix3 acrossZ) =>
        before switch
        {
            'x' => Turned(acrossZ),
            'y' => Turned(Turned(acrossZ)),
            _ => acrossZ,
        };

    private static IntegerMatrix3 AboutZ(int order) =>
        order switch
        {
            2 => new(-1, 0, 0, 0, -1, 0, 0, 0, 1),
            3 => new(0, -1, 0, 1, -1, 0, 0, 0, 1),
            4 => new(0, -1, 0, 1, 0, 0, 0, 0, 1),
            _ => new(1, -1, 0, 1, 0, 0, 0, 0, 1), // 6
        };

    /// <summary>The matrix for y, z, x in place of x, y, z.</summary>
    private static IntegerMatrix3 Turned(IntegerMatrix3 m) =>
        new(m.M33, m.M31, m.M32, m.M13, m.M11, m.M12, m.M23, m.M21, m.M22);

    [GeneratedRegex(
        "^(?<inversion>-?)(?<order>[12346])(?<axis>[xyz'\"*=]?)(?<screw>[1-5]?)(?<shifts>[abcnuvwd]{0,6})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Pattern();
}
