using System.Globalization;
using Kagome.Checkpoints;
using Kagome.Core.Compositions;
using Kagome.Sampling.Generation;

namespace Kagome.Cli.Prediction;

/// <summary>Works out which cells to sample for each formula.</summary>
internal static class PredictionTargets
{
    /// <exception cref="BadInputException">There is no formula, or one cannot be used.</exception>
    public static IReadOnlyList<PredictionTarget> Choose(PredictSettings settings, Provenance model)
    {
        IEnumerable<(string Formula, int? Atoms)> wanted = settings
            .Formulas.Select(formula => (formula, (int?)null))
            .Concat(settings.FormulaFile is { } path ? ReadFile(path) : []);
        PredictionTarget[] targets = [.. wanted.Select(entry => Choose(entry.Formula, entry.Atoms, settings, model))];
        return targets.Length > 0
            ? targets
            : throw new BadInputException(
                "There is no formula. Give one, such as `kagome predict NaCl`, or a file with --from."
            );
    }

    private static PredictionTarget Choose(string formula, int? atoms, PredictSettings settings, Provenance model)
    {
        Composition composition = FormulaParser.Parse(formula);
        int unitAtoms = composition.Reduced.AtomCount;
        int[] exact = atoms switch
        {
            null => [.. settings.FormulaUnits],
            { } count when count % unitAtoms == 0 => [count / unitAtoms],
            _ => throw new BadInputException(
                $"{formula} with {atoms} atoms: expected a multiple of {unitAtoms}, the atoms of a formula unit."
            ),
        };
        if (exact.Length == 0 && composition.FormulaUnits > 1)
        {
            exact = [composition.FormulaUnits];
        }

        IReadOnlyList<(int, int)> cells =
            exact.Length > 0
                ? Share(exact, settings.Samples)
                : FormulaUnits.Spread(
                    composition,
                    settings.LargestAtomCount,
                    settings.Samples,
                    model.FormulaUnitsSeen.GetValueOrDefault(unitAtoms) ?? new Dictionary<int, int>()
                );
        return cells.Count > 0
            ? new PredictionTarget(formula, composition, cells)
            : throw new BadInputException(
                $"{formula} has {unitAtoms} atoms in one formula unit, more than --max-atoms {settings.LargestAtomCount}; raise it to at least {unitAtoms}."
            );
    }

    /// <summary>Equal shares, the first ones larger by one where they do not divide.</summary>
    private static (int Z, int Samples)[] Share(int[] exact, int samples) =>
        [
            .. exact
                .Order()
                .Select((z, at) => (z, (samples / exact.Length) + (at < samples % exact.Length ? 1 : 0)))
                .Where(cell => cell.Item2 > 0),
        ];

    private static IEnumerable<(string Formula, int? Atoms)> ReadFile(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] parts = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
            {
                continue;
            }

            int atoms = 0;
            bool isGood =
                parts.Length == 1
                || (parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out atoms) && atoms > 0);
            yield return isGood
                ? (parts[0], parts.Length == 2 ? atoms : null)
                : throw new BadInputException(
                    $"{path}:{number}: '{line.Trim()}'; expected a formula and, if wanted, the atom count of the cell, such as 'NaCl 8'."
                );
        }
    }
}
