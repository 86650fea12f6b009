using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Output;

namespace Kagome.Campaigns.Tests;

/// <summary>Results that are made up, in no time, and the same for the same formula.</summary>
internal static class SyntheticResults
{
    /// <summary>A result with so many crystals of simple cells.</summary>
    public static FormulaResult Of(CampaignFormula formula, int crystals)
    {
        Composition unit = FormulaParser.Parse(formula.Formula);
        return new FormulaResult(
            formula.Index,
            formula.Formula,
            formula.Atoms,
            null,
            crystals + 2,
            crystals + 1,
            crystals,
            [.. Enumerable.Range(1, crystals).Select(rank => Crystal(formula.Index, unit, rank))],
            []
        );
    }

    public static FormulaResult Failed(CampaignFormula formula, string why) =>
        FormulaResult.Failed(formula, new InputException(why));

    private static FormulaResult.Crystal Crystal(int seed, Composition unit, int rank)
    {
        double edge = 4 + (0.37 * rank) + (0.001 * (seed % 1000));
        Element[] atoms = [.. unit.Counts.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value))];
        Structure structure = new(
            Lattice.Cubic(edge),
            atoms.Select((element, at) => new Site(element, new Fractional((double)at / atoms.Length, 0.25, 0.5)))
        );
        bool isKnown = rank % 2 == 1;
        PredictionDocument.Entry entry = new(
            rank,
            rank,
            1 + (rank % 3),
            isKnown ? 0 : 1,
            0.5 / rank,
            isKnown
                ? new TemplateDocument(
                    $"mp-{seed}",
                    "made-up",
                    "NaCl",
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    0.5,
                    3
                )
                : null,
            unit.Formula,
            1,
            true,
            null,
            structure.Lattice.Parameters,
            structure.VolumePerAtom,
            structure.Density,
            edge / 2,
            0.01 * rank,
            null,
            null,
            [],
            new SymmetryDocument(
                221,
                "Pm-3m",
                "m-3m",
                ["Na 1a"],
                new string('a', atoms.Length),
                [.. Enumerable.Range(0, atoms.Length)]
            ),
            [],
            null
        );
        return new FormulaResult.Crystal(entry, structure);
    }
}
