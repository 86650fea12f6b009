using Kagome.Crystals.Lattices;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>The scale factors of a POSCAR and the lattice that they make.</summary>
/// <param name="Factors">Along x, y and z.</param>
/// <param name="Lattice">The scaled lattice.</param>
internal sealed record PoscarScale(Cartesian Factors, Lattice Lattice)
{
    /// <param name="source">Named in problems.</param>
    /// <param name="words">One factor, three, or a negative one: the volume of the cell in Å³.</param>
    /// <param name="a">The first lattice vector, unscaled.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    public static PoscarScale Read(SourceText source, string[] words, Cartesian a, Cartesian b, Cartesian c)
    {
        Cartesian factors = ReadFactors(source, words, Math.Abs(a.Dot(b.Cross(c))));
        (a, b, c) = (Apply(factors, a), Apply(factors, b), Apply(factors, c));
        return CellChecks.Problem(a, b, c) is { } problem
            ? throw source.ProblemHere($"{problem}.")
            : new PoscarScale(factors, new Lattice(a, b, c));
    }

    public Cartesian Apply(Cartesian vector) => Apply(Factors, vector);

    private static Cartesian ReadFactors(SourceText source, string[] words, double volume)
    {
        if (NumberText.TryParseThree(words, 0, out Cartesian factors) && factors is { X: > 0, Y: > 0, Z: > 0 })
        {
            return factors;
        }

        if (words.Length is 0 or 2 || !NumberText.TryParse(words[0], out double factor) || factor == 0)
        {
            throw new StructureFormatException(
                source.Path,
                line: 2,
                $"the scale factor is '{string.Join(' ', words)}'; expected a number such as 1.0, a negative volume in Å³, or three positive numbers."
            );
        }

        double scale = factor > 0 ? factor : Math.Cbrt(-factor / volume);
        return new Cartesian(scale, scale, scale);
    }

    private static Cartesian Apply(Cartesian factors, Cartesian vector) =>
        new(factors.X * vector.X, factors.Y * vector.Y, factors.Z * vector.Z);
}
