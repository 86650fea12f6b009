using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Output;
using Kagome.Reports.Properties;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome property and kagome tc: what an ensemble says about crystals, or about the predicted structures of a formula.</summary>
internal sealed class PropertyCommand
{
    private const string Help = """
        Predict a property of any crystals, with its uncertainty.

        The value is the mean of the ensemble's networks; the range that holds 80 % of measured values comes from how far they disagree, as
        measured on crystals that none of them had seen. A target that is no file is taken for a formula: its structures are predicted first, as kagome predict does.

        Examples:
          kagome property kagome-tc MgB2.cif
          kagome property runs/gap/model.safetensors --data mine.jsonl --csv
          kagome property kagome-tc Nb3Sn --samples 10
        """;

    private const string TcHelp = """
        Predict critical temperatures of superconductors, in kelvin.

        A formula's structures are predicted as by kagome predict; Tc is predicted for the best ones. A file is taken as it is. Printed beside it:
        the range that holds 80 % of measured values, the energy above hull, how likely the crystal superconducts at all, and what the models had not seen.

        Examples:
          kagome tc MgB2
          kagome tc Nb3Sn.cif --json
          kagome tc V3Si --samples 30 --seed 7 --best 5
        """;

    private readonly CrystalInputs inputs = new("Data sets; with labels, errors are printed.");
    private readonly Option<int> samples = PositiveNumber(
        "--samples",
        "Candidate structures of a formula.",
        20,
        PredictionOptions.LargestSamples
    );
    private readonly Option<int> best = PositiveNumber(
        "--best",
        "Structures of a formula whose property is predicted.",
        3
    );
    private readonly Option<int> maxAtoms = PositiveNumber("--max-atoms", "Most atoms of a formula's cells.", 20);
    private readonly SamplingOptions sampler = new();
    private readonly Option<long> seed = Seed();
    private readonly ModelChoice models = new(
        Text("--predictor", "The model that tells their energies; kagome-p by default, none to do without."),
        Text("--generator", "The model that predicts structures of formulas.", ModelOptions.DefaultGenerator)
    );
    private readonly Option<string> output = Text("--out", "Folder of the predicted structures.", "predictions");
    private readonly Option<bool> json = Json();
    private readonly Option<bool> csv = Flag("--csv", "Print a row a crystal as CSV on stdout.");

    private PropertyCommand() { }

    /// <summary>kagome property.</summary>
    public static Command Create()
    {
        Argument<string> model = Operand<string>("MODEL", "An ensemble's name or file.");
        Argument<string[]> targets = Operand<string[]>(
            "FILE|FORMULA",
            "Files or folders of crystals, or formulas.",
            ArgumentArity.ZeroOrMore
        );
        Command command = new("property", Help) { model, targets };
        return new PropertyCommand().Complete(
            command,
            parsed => parsed.GetRequiredValue(model),
            targets,
            hasEnergies: false
        );
    }

    /// <summary>kagome tc: the same with a model of its own, and with energies.</summary>
    public static Command CreateTc()
    {
        Argument<string[]> targets = Operand<string[]>(
            "FORMULA|FILE",
            "Formulas, or files of crystals.",
            ArgumentArity.ZeroOrMore
        );
        Option<string?> model = Text("--model", "The ensemble; kagome-tc where it came with the program.");
        Command command = new("tc", TcHelp) { targets, model };
        return new PropertyCommand().Complete(
            command,
            parsed => parsed.GetValue(model) ?? PropertyPredictor.DefaultModel,
            targets,
            hasEnergies: true
        );
    }

    /// <summary>Adds what both commands share.</summary>
    private Command Complete(
        Command command,
        Func<ParseResult, string> model,
        Argument<string[]> targets,
        bool hasEnergies
    )
    {
        command
            .With(inputs.Options)
            .With(samples, best, maxAtoms, seed, models.Generator, models.Predictor, output, models.Device, json, csv)
            .With(sampler.All);
        return command.SetWork(
            async (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                ModelOptions chosen = models.Read(parsed);
                using PropertyPredictor property = PropertyPredictor.Load(model(parsed), chosen);
                string[] named = parsed.GetValue(targets) ?? [];
                string[] files = [.. named.Where(Path.Exists)];
                string[] formulas = [.. named.Except(files)];
                Array.ForEach(formulas, CheckFormula);
                CrystalInput input = inputs.Read(parsed, files);
                using UnfinishedWork unfinished = UnfinishedWork.Of(parsed, parsed.GetRequiredValue(output));
                List<PropertyPrediction> found = [];
                if (!input.IsEmpty || formulas.Length == 0)
                {
                    CrystalRecord[] crystals = [.. input.Read()];
                    using ConsoleProgress progress = new(streams.Error);
                    await foreach (
                        PropertyPrediction one in property.PredictAsync(
                            crystals,
                            progress,
                            cancellation,
                            unfinished.Folder
                        )
                    )
                    {
                        found.Add(one);
                    }

                    if (hasEnergies && chosen.Predictor != ModelOptions.None)
                    {
                        await AddEnergiesAsync(crystals, found, chosen, cancellation);
                    }

                    input.Report(streams.Error);
                }

                if (formulas.Length > 0)
                {
                    found.AddRange(
                        await OfFormulasAsync(
                            parsed,
                            formulas,
                            property,
                            chosen,
                            streams,
                            unfinished.Folder,
                            cancellation
                        )
                    );
                }

                Print(parsed, streams.Output, property, found);
                unfinished.Complete();
                return input.IsComplete ? ExitCode.Success : ExitCode.BadInput;
            }
        );
    }

    /// <summary>Before anything slow is done.</summary>
    private static void CheckFormula(string formula)
    {
        try
        {
            FormulaParser.Parse(formula);
        }
        catch (FormulaException exception)
        {
            throw new InputException($"{formula} is neither a file nor a formula: {exception.Message}", exception);
        }
    }

    private static async Task AddEnergiesAsync(
        IReadOnlyList<CrystalRecord> crystals,
        List<PropertyPrediction> found,
        ModelOptions models,
        CancellationToken cancellation
    )
    {
        using EnergyPredictor energies = EnergyPredictor.Load(models);
        int at = 0;
        await foreach (EnergyPrediction one in energies.PredictAsync(crystals, null, cancellation))
        {
            found[at] = found[at] with { EnergyAboveHull = one.Energy };
            at++;
        }
    }

    private async Task<List<PropertyPrediction>> OfFormulasAsync(
        ParseResult parsed,
        string[] formulas,
        PropertyPredictor property,
        ModelOptions chosen,
        CommandStreams streams,
        string journals,
        CancellationToken cancellation
    )
    {
        PredictionOptions options = new()
        {
            Samples = parsed.GetValue(samples),
            AdaptsSamples = parsed.GetResult(samples) is null or { Implicit: true },
            LargestAtomCount = parsed.GetValue(maxAtoms),
            Sampler = sampler.Read(parsed),
            Seed = parsed.GetValue(seed),
        };
        using CrystalPredictor crystals = CrystalPredictor.Load(chosen);
        List<PropertyPrediction> found = [];
        await foreach (
            (Prediction prediction, _) in PredictCommand.PredictEachAsync(
                crystals,
                [.. formulas.Select(formula => crystals.Plan(formula, options, cancellation))],
                new PredictionFolder(parsed.GetRequiredValue(output), ["cif"]),
                streams.Error,
                journals,
                cancellation
            )
        )
        {
            using ConsoleProgress progress = new(streams.Error);
            found.AddRange(await property.PredictAsync(prediction, parsed.GetValue(best), progress, cancellation));
        }

        return found.Count > 0
            ? found
            : throw new InputException(
                $"No valid structure was found for {string.Join(", ", formulas)}; try more {nameof(options.Samples)} or {nameof(options.Sampler.Steps)}, or give a structure file.",
                formulas,
                nameof(options.Samples),
                nameof(options.Sampler.Steps)
            );
    }

    private void Print(
        ParseResult parsed,
        TextWriter output,
        PropertyPredictor property,
        IReadOnlyList<PropertyPrediction> found
    )
    {
        PropertyDocument document = PropertyDocument.Of(property, found);
        if (parsed.GetValue(json))
        {
            output.WriteLine(DocumentSchema.Property.Format(document));
        }
        else if (parsed.GetValue(csv))
        {
            document.WriteCsv(output);
        }
        else
        {
            PropertyTable.Print(output, document, property.FoldCount);
        }
    }
}
