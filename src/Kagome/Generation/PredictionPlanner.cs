using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Compositions;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Work;

namespace Kagome.Generation;

/// <summary>Works out which cells to sample for a formula, and cuts the work into units.</summary>
internal static class PredictionPlanner
{
    /// <exception cref="FormulaException">The formula is none.</exception>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="InputException">No cell of the formula can be sampled.</exception>
    public static PredictionPlan Plan(string formula, PredictionOptions options, LoadedModel model)
    {
        options.Validate();
        CheckSteps(model, options.Sampler.Steps);
        Composition composition = FormulaParser.Parse(formula);
        PlannedCell[] cells =
        [
            .. Cells(formula, composition, options, model.Checkpoint.Provenance)
                .Select(cell => new PlannedCell(cell.Z, composition.Reduced.Times(cell.Z), cell.Samples)),
        ];
        foreach (PlannedCell cell in cells)
        {
            if (model.Domain.Obstacle(cell.Composition) is { } obstacle)
            {
                throw new InputException(obstacle, formula);
            }
        }

        return new PredictionPlan
        {
            Formula = formula,
            Composition = composition,
            Options = options,
            Fingerprint = Fingerprint(formula, options, model),
            Cells = cells,
            Units = Units(cells, options.Seed, model.BatchAtoms(BatchPacker.SamplingAtoms)),
            Cautions = Cautions(formula, composition, cells, model.Checkpoint.Provenance),
        };
    }

    /// <exception cref="InputException">The model has fewer noise levels.</exception>
    public static void CheckSteps(LoadedModel model, int steps)
    {
        int levels = model.Checkpoint.Schedules.StepCount;
        if (steps > levels)
        {
            throw new OptionException(
                nameof(SamplerOptions.Steps),
                steps,
                $"at most {levels}, the noise levels of {model.Name}"
            );
        }
    }

    /// <summary>All that the units' results depend on, in few characters.</summary>
    private static string Fingerprint(string formula, PredictionOptions options, LoadedModel model)
    {
        string all = $"{formula}\n{JsonText.Line(options)}\n{model.Checksum}\n{model.Device.type}";
        return $"{formula} {Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(all)))}";
    }

    private static IReadOnlyList<(int Z, int Samples)> Cells(
        string formula,
        Composition composition,
        PredictionOptions options,
        Provenance model
    )
    {
        int unitAtoms = composition.Reduced.AtomCount;
        int[] exact = options.AtomCount switch
        {
            null => [.. options.FormulaUnits.Distinct()],
            { } count when count % unitAtoms == 0 => [count / unitAtoms],
            { } count => throw new InputException(
                $"{formula} with {count} atoms: expected a multiple of {unitAtoms}, the atoms of a formula unit.",
                count
            ),
        };
        if (exact.Length == 0 && composition.FormulaUnits > 1)
        {
            exact = [composition.FormulaUnits];
        }

        IReadOnlyList<(int, int)> cells =
            exact.Length > 0
                ? Share(exact, options.Samples)
                : FormulaUnits.Spread(
                    composition,
                    options.LargestAtomCount,
                    options.Samples,
                    model.FormulaUnitsSeen.GetValueOrDefault(unitAtoms) ?? new Dictionary<int, int>()
                );
        return cells.Count > 0
            ? cells
            : throw new InputException(
                $"{formula} has {unitAtoms} atoms in one formula unit, more than {nameof(PredictionOptions.LargestAtomCount)} {options.LargestAtomCount}; raise it to at least {unitAtoms}.",
                options.LargestAtomCount,
                nameof(PredictionOptions.LargestAtomCount)
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

    private static IReadOnlyList<PredictionUnit> Units(PlannedCell[] cells, long seed, int batchAtoms)
    {
        PlannedSample[] samples =
        [
            .. cells.SelectMany(cell =>
                Enumerable
                    .Range(0, cell.Samples)
                    .Select(number => new PlannedSample(
                        cell.FormulaUnits,
                        cell.Composition,
                        Seeds.Of(seed, cell.Composition.Formula, number)
                    ))
            ),
        ];
        return
        [
            .. BatchPacker
                .Pack([.. samples.Select(sample => sample.Composition.AtomCount)], batchAtoms)
                .Select((batch, number) => new PredictionUnit(number, [.. batch.Select(place => samples[place])])),
        ];
    }

    private static string[] Cautions(string formula, Composition composition, PlannedCell[] cells, Provenance model)
    {
        IEnumerable<string> unseen = composition
            .Counts.Keys.Where(element =>
                model.ElementsSeen.Count > 0 && !model.ElementsSeen.ContainsKey(element.AtomicNumber)
            )
            .Select(element => $"{model.Name} never saw {element}; what it makes of {formula} is a guess.");
        int atoms = cells.Max(cell => cell.Composition.AtomCount);
        return model.LargestAtomCount is { } largest && atoms > largest
            ?
            [
                .. unseen,
                $"{formula} with {atoms} atoms is larger than the {largest} atoms that {model.Name} saw; expect little.",
            ]
            : [.. unseen];
    }
}
