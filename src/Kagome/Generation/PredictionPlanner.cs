using Kagome.Crystals.Compositions;
using Kagome.Crystals.Symmetry;
using Kagome.Models;
using Kagome.Processes;
using Kagome.Processes.Flow;
using Kagome.Prototypes;
using Kagome.Work;

namespace Kagome;

/// <summary>Works out which cells to sample for a formula, and cuts the work into units.</summary>
internal static class PredictionPlanner
{
    /// <param name="formula">Reduced, or a whole cell.</param>
    /// <param name="options">Validated here.</param>
    /// <param name="model">The generator.</param>
    /// <param name="guide">What guides it; null where nothing does.</param>
    /// <param name="prototypes">Known structure types; null where there are none.</param>
    /// <param name="isLeftOut">Known crystals that propose nothing; null for none.</param>
    /// <param name="isPrimitive">Whether a cell that is asked for is a primitive one; else known structure types may also have it as the conventional one.</param>
    /// <param name="cancellation">Stops the search for ways in which atoms fill the orbits of space groups.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="FormulaException">The formula cannot be read.</exception>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="InputException">No cell of the formula can be sampled, and no known crystal has such a formula.</exception>
    public static PredictionPlan Plan(
        string formula,
        PredictionOptions options,
        LoadedModel model,
        EnergyPredictor? guide,
        KnownStructures? prototypes,
        Func<KnownCrystal, bool>? isLeftOut = null,
        bool isPrimitive = false,
        CancellationToken cancellation = default
    )
    {
        options.Validate();
        Composition composition = FormulaParser.Parse(formula);
        CheckCell(formula, composition.Reduced, options.Constraints);
        KnownProposals known = new(formula, composition, options, prototypes, isLeftOut, isPrimitive);
        IReadOnlyList<Proposal> proposals = known.All();
        ProcessConfiguration process = model.Checkpoint.Process;
        options = Adapt(options, proposals, prototypes, process) with { Sampler = options.Sampler.For(process) };
        bool generates = options.Candidates != CandidateSources.Prototypes && options.Samples > 0;
        if (generates)
        {
            CheckSteps(model, options.Sampler);
        }

        PlannedCell[] cells = [];
        string[] hindrances = [];
        try
        {
            cells = generates ? Cells(formula, composition, options, model, cancellation) : [];
        }
        catch (InputException exception) when (proposals.Count > 0)
        {
            hindrances = [$"nothing was generated: {exception.Message}"];
        }

        return new PredictionPlan
        {
            Formula = formula,
            Composition = composition,
            Options = options,
            Fingerprint = WorkFingerprint.Of(formula, options, model.Checksum, guide?.Checksum, model.Device.type),
            Proposals = proposals,
            Cells = cells,
            Units = Units(cells, options.Seed, model.BatchAtoms(BatchPacker.SamplingAtoms)),
            Concerns =
            [
                .. FormulaParser.HasDeuterium(formula)
                    ? [$"{formula}: D is taken as hydrogen; a structure knows elements, not isotopes."]
                    : Array.Empty<string>(),
                .. hindrances,
                .. known.LikelierGroups(),
                .. cells.Length > 0 ? Concerns(formula, composition, cells, model.Checkpoint.Provenance) : [],
                .. cells.Length > 0 ? LeftOut(formula, composition, options, model.Checkpoint.Provenance) : [],
            ],
        };
    }

    /// <summary>Finds out what can be known of a formula without looking for known structure types, unless nothing can be generated.</summary>
    /// <inheritdoc cref="Plan" path="/exception"/>
    public static Composition Check(
        string formula,
        PredictionOptions options,
        LoadedModel model,
        KnownStructures? prototypes,
        CancellationToken cancellation
    )
    {
        options.Validate();
        Composition composition = FormulaParser.Parse(formula);
        CheckCell(formula, composition.Reduced, options.Constraints);
        if (options.Candidates == CandidateSources.Prototypes)
        {
            Chosen(formula, composition, options);
            return composition;
        }

        CheckSteps(model, options.Sampler);
        try
        {
            Cells(formula, composition, options, model, cancellation);
        }
        catch (InputException)
            when (new KnownProposals(formula, composition, options, prototypes, null, isPrimitive: false).All().Any())
        {
            // known types answer alone
        }

        return composition;
    }

    /// <exception cref="InputException">The cell that is asked for is too small.</exception>
    private static void CheckCell(string formula, Composition unit, CrystalConstraints constraints)
    {
        const double SmallestVolume = 2; // Å³/atom: nothing is denser, hydrogen included
        if (constraints.Cell is { } cell && cell.Volume / unit.AtomCount < SmallestVolume)
        {
            throw new InputException(
                FormattableString.Invariant(
                    $"{nameof(CrystalConstraints.Cell)} has {cell.Volume:G3} Å³ for the {unit.AtomCount} atoms of {formula}; expected at least {SmallestVolume * unit.AtomCount} Å³."
                ),
                cell.Volume,
                nameof(CrystalConstraints.Cell)
            );
        }
    }

    /// <exception cref="InputException">The model has fewer noise levels.</exception>
    public static void CheckSteps(LoadedModel model, SamplerOptions sampler)
    {
        int levels = model.Checkpoint.Process.StepCount;
        if (sampler.Steps is { } steps && steps > levels)
        {
            throw new OptionException(
                nameof(SamplerOptions.Steps),
                steps,
                $"at most {levels}, the noise levels of {model.Name}"
            );
        }
    }

    /// <summary>The options with as many samples as known structure types leave to do; 0 for none.</summary>
    private static PredictionOptions Adapt(
        PredictionOptions options,
        IReadOnlyList<Proposal> proposals,
        KnownStructures? prototypes,
        ProcessConfiguration process
    )
    {
        int more = process is FlowConfiguration ? 8 : 3; // a flow takes a tenth of the time
        double best = proposals.Max(proposal => proposal.Probability) ?? 0;
        return options.Candidates != CandidateSources.Both || !options.AdaptsSamples || prototypes?.Ranker is null
                ? options
            : best >= PredictionOptions.SureProbability ? options with { Samples = 0 }
            : best < PredictionOptions.PoorProbability
                ? options with
                {
                    Samples = Math.Min(more * options.Samples, PredictionOptions.LargestSamples),
                }
            : options;
    }

    /// <summary>The cells to sample; of space groups that are asked for with the orbits that atoms take in each sample.</summary>
    /// <exception cref="InputException">No cell of the formula can be sampled, or have such a space group.</exception>
    private static PlannedCell[] Cells(
        string formula,
        Composition composition,
        PredictionOptions options,
        LoadedModel model,
        CancellationToken cancellation
    )
    {
        // as the samples would be spread over many more than there are, so that no cell is left out for lack of samples
        const int Many = 10_000;
        bool isSymmetric = options.Constraints.HasSymmetry;
        IReadOnlyList<(int Z, int Samples)> cells = Cells(
            formula,
            composition,
            isSymmetric ? options with { Samples = Many } : options,
            model.Checkpoint.Provenance
        );
        string? obstacle = cells
            .Select(cell => model.Domain.Obstacle(composition.Reduced.Times(cell.Z)))
            .FirstOrDefault(text => text is not null);
        return obstacle is not null ? throw new InputException(obstacle, formula)
            : isSymmetric
                ?
                [
                    .. new SymmetricSpread(
                        composition.Reduced,
                        options.Constraints.AdmittedSpaceGroups,
                        areNamed: options.Constraints.SpaceGroups.Count > 0
                    ).Over(
                        [.. cells.Select(cell => (cell.Z, (double)cell.Samples / Many))],
                        options.Samples,
                        cancellation
                    ),
                ]
            : [.. cells.Select(cell => new PlannedCell(cell.Z, composition.Reduced.Times(cell.Z), cell.Samples))];
    }

    private static IReadOnlyList<(int Z, int Samples)> Cells(
        string formula,
        Composition composition,
        PredictionOptions options,
        Provenance model
    )
    {
        int unitAtoms = composition.Reduced.AtomCount;
        int[] exact = Chosen(formula, composition, options);
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

    /// <summary>The formula units of cells that are asked for; empty for the plausible ones.</summary>
    /// <exception cref="InputException">No cell has so many atoms.</exception>
    private static int[] Chosen(string formula, Composition composition, PredictionOptions options)
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
        return exact.Length == 0 && composition.FormulaUnits > 1 ? [composition.FormulaUnits] : exact;
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
                    .Select(number => Sample(cell, Seeds.Of(seed, cell.Composition.Formula, number), number))
            ),
        ];
        return
        [
            .. BatchPacker
                .Pack([.. samples.Select(sample => sample.Composition.AtomCount)], batchAtoms)
                .Select((batch, number) => new PredictionUnit(number, [.. batch.Select(place => samples[place])])),
        ];
    }

    /// <summary>A sample, in one of the Niggli cells that its space group may have.</summary>
    private static PlannedSample Sample(PlannedCell cell, long seed, int number)
    {
        WyckoffAssignment? assignment = cell.Assignments.Count > 0 ? cell.Assignments[number] : null;
        return new PlannedSample(cell.FormulaUnits, cell.Composition, seed)
        {
            Assignment = assignment?.In(assignment.Setting.DrawNiggliBasis(new Random((int)(seed % int.MaxValue)))),
        };
    }

    /// <summary>Says which cells are too large to be tried, where plausible ones are.</summary>
    private static string[] LeftOut(
        string formula,
        Composition composition,
        PredictionOptions options,
        Provenance model
    )
    {
        int unitAtoms = composition.Reduced.AtomCount;
        bool isChosen = options.AtomCount is not null || options.FormulaUnits.Any() || composition.FormulaUnits > 1;
        int[] large = isChosen
            ? []
            :
            [
                .. FormulaUnits
                    .Plausible(model.FormulaUnitsSeen.GetValueOrDefault(unitAtoms) ?? new Dictionary<int, int>())
                    .Where(z => z * unitAtoms > options.LargestAtomCount),
            ];
        return large.Length == 0
            ? []
            :
            [
                $"{formula}: cells of {string.Join(", ", large.Select(z => $"Z = {z} ({z * unitAtoms} atoms)"))} are left out, since {nameof(PredictionOptions.LargestAtomCount)} is {options.LargestAtomCount}; raise it to {large.Max() * unitAtoms} to try them.",
            ];
    }

    private static string[] Concerns(string formula, Composition composition, PlannedCell[] cells, Provenance model)
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
