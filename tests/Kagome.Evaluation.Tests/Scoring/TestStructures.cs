using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Evaluation.Tests.Scoring;

/// <summary>Two polymorphs of sodium chloride, and what is none.</summary>
internal static class TestStructures
{
    private static readonly Element Sodium = Element.FromSymbol("Na");
    private static readonly Element Chlorine = Element.FromSymbol("Cl");

    /// <summary>The structure of caesium chloride.</summary>
    public static Structure Simple { get; } = Cubic(3.4, (Sodium, 0, 0, 0), (Chlorine, 0.5, 0.5, 0.5));

    /// <summary>Rock salt, its primitive cell.</summary>
    public static Structure RockSalt { get; } =
        new(
            new Lattice(new(0, 2.82, 2.82), new(2.82, 0, 2.82), new(2.82, 2.82, 0)),
            [new Site(Sodium, default), new Site(Chlorine, new Fractional(0.5, 0.5, 0.5))]
        );

    /// <summary>Atoms of rock salt on top of each other.</summary>
    public static Structure Collapsed { get; } = Cubic(3.4, (Sodium, 0, 0, 0), (Chlorine, 0.05, 0, 0));

    /// <summary>Another composition.</summary>
    public static Structure Sodide { get; } =
        Cubic(3.4, (Sodium, 0, 0, 0), (Sodium, 0.5, 0.5, 0), (Chlorine, 0.5, 0.5, 0.5));

    /// <summary>The chlorine a little off the middle.</summary>
    public static Structure Distorted(double shift) => Cubic(3.4, (Sodium, 0, 0, 0), (Chlorine, 0.5, 0.5, 0.5 - shift));

    private static Structure Cubic(double edge, params (Element Element, double X, double Y, double Z)[] atoms) =>
        new(Lattice.Cubic(edge), atoms.Select(atom => new Site(atom.Element, new Fractional(atom.X, atom.Y, atom.Z))));
}
