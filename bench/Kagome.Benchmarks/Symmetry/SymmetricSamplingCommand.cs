using System.CommandLine;
using Kagome.Cli.Commands;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Benchmarks.Symmetry;

/// <summary>symmetric: how many known crystals the generator finds when it is told their space groups, and how many when it is not.</summary>
internal static class SymmetricSamplingCommand
{
    private const string Help = """
        Sample known crystals with and without their space group, as many samples each, and match them.

        Example:
          dotnet run -c Release --project bench/Kagome.Benchmarks -- symmetric --data mp20-val.jsonl.gz --limit 40 --samples 10 --steps 50
        """;

    private static readonly StructureMatcher Matcher = new(MatcherOptions.Csp);

    public static RootCommand CreateRoot()
    {
        Option<string> data = RequiredText("--data", "The known crystals.");
        Option<string> model = Text("--model", "The generator.", ModelOptions.DefaultGenerator);
        Option<int> limit = PositiveNumber("--limit", "So many crystals, spread over the data.", 40);
        Option<int> samples = PositiveNumber("--samples", "Of each crystal, with its space group and without.", 10);
        Option<int> steps = PositiveNumber("--steps", "Of each sample.", 50);
        Command command = new Command("symmetric", Help).With(data, model, limit, samples, steps);
        command.SetWork(
            async (parsed, cancellation) =>
            {
                using CrystalPredictor predictor = CrystalPredictor.Load(
                    new ModelOptions
                    {
                        Generator = parsed.GetRequiredValue(model),
                        Predictor = ModelOptions.None,
                        Threads = 1,
                    }
                );
                PredictionOptions options = new()
                {
                    Candidates = CandidateSources.Generated,
                    Samples = parsed.GetValue(samples),
                    Sampler = new SamplerOptions { Steps = parsed.GetValue(steps) },
                };
                CrystalRecord[] all = [.. new CrystalReader(parsed.GetRequiredValue(data)).Read(cancellation)];
                int count = Math.Min(parsed.GetValue(limit), all.Length);
                TextWriter output = CommandStreams.Of(parsed).Output;
                Tally tally = new();
                for (int at = 0; at < count; at++)
                {
                    await Compare(all[(int)((long)at * all.Length / count)]).ConfigureAwait(false);
                }

                output.WriteLine($"all\t{tally}");
                return ExitCode.Success;

                async Task Compare(CrystalRecord crystal)
                {
                    if (new SymmetryFinder().Find(crystal.Structure) is not { } symmetry)
                    {
                        return;
                    }

                    PredictionOptions own = options with { AtomCount = crystal.Structure.AtomCount };
                    PredictionOptions told = own with { Constraints = new() { SpaceGroups = [symmetry.Group.Number] } };
                    string formula = crystal.Structure.Composition.ReducedFormula;
                    int free = await Matches(predictor, crystal, formula, own, cancellation).ConfigureAwait(false);
                    PredictionPlan plan = predictor.Plan(formula, told);
                    int kept = await Matches(predictor, crystal, formula, told, cancellation).ConfigureAwait(false);
                    string letters = Own(symmetry).Signature;
                    int tries = plan
                        .Cells.SelectMany(cell => cell.Assignments)
                        .Count(assignment => assignment.Signature == letters);
                    tally.Add(free > 0, kept > 0, free, kept, tries > 0);
                    output.WriteLine(
                        $"{crystal.Id}\t{crystal.Structure.Composition.Formula}\t{symmetry.Group}\tfree {free}\tkept {kept}\tof {own.Samples}\tletters tried {tries} times: {symmetry.WyckoffPositions}"
                    );
                }
            }
        );
        return new RootCommand { command };
    }

    private static async Task<int> Matches(
        CrystalPredictor predictor,
        CrystalRecord crystal,
        string formula,
        PredictionOptions options,
        CancellationToken cancellation
    )
    {
        Prediction prediction = await predictor
            .PredictAsync(formula, options, cancellation: cancellation)
            .ConfigureAwait(false);
        return prediction.Candidates.Count(candidate =>
            Matcher.Compare(candidate.Structure, crystal.Structure, cancellation).IsMatch
        );
    }

    /// <summary>The assignment that the crystal itself has.</summary>
    private static WyckoffAssignment Own(CrystalSymmetry symmetry)
    {
        PrimitiveSetting setting = PrimitiveSetting.Of(symmetry.Group.Number);
        return new WyckoffAssignment(
            setting,
            symmetry.Standard.AsymmetricUnit.Select(unit => new OccupiedOrbit(
                unit.Site.Element,
                setting.Orbit(unit.WyckoffLetter)
            ))
        );
    }

    private sealed class Tally
    {
        private int crystals;
        private int free;
        private int kept;
        private int freeSamples;
        private int keptSamples;
        private int tried;

        public void Add(bool foundFree, bool foundKept, int samplesFree, int samplesKept, bool isTried)
        {
            crystals++;
            free += foundFree ? 1 : 0;
            kept += foundKept ? 1 : 0;
            freeSamples += samplesFree;
            keptSamples += samplesKept;
            tried += isTried ? 1 : 0;
        }

        public override string ToString() =>
            $"{crystals} crystals: {free} found free, {kept} with the space group; samples that match {freeSamples} and {keptSamples}; true letters tried of {tried}";
    }
}
