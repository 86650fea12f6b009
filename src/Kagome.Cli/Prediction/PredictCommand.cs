using System.CommandLine;
using Kagome.Cli.Output;
using static Kagome.Cli.NumberOption;

namespace Kagome.Cli.Prediction;

/// <summary>kagome predict: a formula in, crystals out.</summary>
internal static class PredictCommand
{
    private const string Help = """
        Predict crystal structures of formulas.

        Examples:
          kagome predict NaCl
          kagome predict SrTiO3 MgO --samples 50 --seed 7 --format cif,poscar
          kagome predict TiO2 --z 2,4 --json
          kagome predict SrTiO3 --guidance 1 --relax --predictor runs/mine/model.safetensors
        """;

    public static Command Create()
    {
        Argument<string[]> formulas = new("FORMULA")
        {
            Description =
                "Formulas such as NaCl or Ca3(PO4)2; one that is not reduced, such as Na4Cl4, is taken as the whole cell.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> from = new("--from")
        {
            Description = "A file with a formula a line, each with an optional atom count of the cell.",
        };
        Option<int> samples = PositiveNumber("--samples", "Candidates per formula.", 20);
        Option<string?> z = new("--z")
        {
            Description = "Formula units per cell, such as 1,2,4; without it the plausible ones.",
        };
        Option<int> maxAtoms = PositiveNumber("--max-atoms", "Most atoms of a cell where --z is not given.", 20);
        SamplerOptions sampler = new(SamplerOptions.SearchTemperature);
        Option<long> seed = new("--seed") { Description = "Seed of all noise.", DefaultValueFactory = _ => 1 };
        Option<string> model = new("--model")
        {
            Description = "A model's name (see `kagome models list`) or file.",
            DefaultValueFactory = _ => "kagome-g",
        };
        Option<string> output = new("--out")
        {
            Description = "Folder of the results.",
            DefaultValueFactory = _ => "predictions",
        };
        Option<string> formats = new("--format")
        {
            Description = "File formats: cif, poscar, extxyz, json; several with commas.",
            DefaultValueFactory = _ => "cif",
        };
        Option<string> device = DeviceChoice.CreateOption();
        Option<bool> json = new("--json") { Description = "Print the candidates as JSON on stdout." };
        Option<string?> predictor = new("--predictor")
        {
            Description =
                "The predictor (DAO-P) that energies come from; kagome-p where it came with the program, none to rank by how often a crystal is found.",
        };
        Option<double?> guidance = GuidanceOption.Create(
            "--guidance",
            "How hard the predictor pulls samples to low energy; 20 lowers predicted energies by a fifth, 1 by nothing (docs/experiments.md)."
        );
        Option<double?> guidanceCoordinates = GuidanceOption.Create(
            "--guidance-coordinates",
            "The same for coordinates alone."
        );
        Option<double?> guidanceLattice = GuidanceOption.Create("--guidance-lattice", "The same for lattices alone.");
        Option<bool> relax = new("--relax")
        {
            Description = "Relax candidates by the predictor before they are ranked.",
        };
        Option<int> relaxIterations = PositiveNumber("--relax-iterations", "Most steps of each relaxation.", 5);
        Option<bool> trajectory = new("--trajectory")
        {
            Description = "Also write how each candidate came to be, as extended XYZ.",
        };
        Option<bool> keepAll = new("--keep-all")
        {
            Description = "Write files of all candidates, also of those that are the same crystal.",
        };
        Option<double> symprec = SymprecOption.Create();
        Command command = new("predict", Help)
        {
            formulas,
            from,
            samples,
            z,
            maxAtoms,
            seed,
            model,
            output,
            formats,
            device,
            predictor,
            guidance,
            guidanceCoordinates,
            guidanceLattice,
            relax,
            relaxIterations,
            json,
            trajectory,
            keepAll,
            symprec,
        };
        sampler.AddTo(command);
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    Predict.Run(
                        new PredictSettings
                        {
                            Formulas = parsed.GetValue(formulas) ?? [],
                            FormulaFile = parsed.GetValue(from),
                            Samples = parsed.GetValue(samples),
                            FormulaUnits = NumberList.Parse("--z", parsed.GetValue(z)),
                            LargestAtomCount = parsed.GetValue(maxAtoms),
                            Sampler = sampler.Read(parsed),
                            Seed = parsed.GetValue(seed),
                            Model = parsed.GetRequiredValue(model),
                            OutputFolder = parsed.GetRequiredValue(output),
                            Formats = parsed.GetRequiredValue(formats).Split(',', StringSplitOptions.TrimEntries),
                            Device = parsed.GetRequiredValue(device),
                            Predictor = parsed.GetValue(predictor),
                            CoordinateGuidance = parsed.GetValue(guidanceCoordinates) ?? parsed.GetValue(guidance) ?? 0,
                            LatticeGuidance = parsed.GetValue(guidanceLattice) ?? parsed.GetValue(guidance) ?? 0,
                            RelaxIterations = parsed.GetValue(relax) ? parsed.GetValue(relaxIterations) : 0,
                            PrintsJson = parsed.GetValue(json),
                            KeepsTrajectory = parsed.GetValue(trajectory),
                            KeepsAll = parsed.GetValue(keepAll),
                            Symprec = SymprecOption.Checked(parsed.GetValue(symprec)),
                        },
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
