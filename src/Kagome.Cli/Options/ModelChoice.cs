using System.CommandLine;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>Which models a command uses, and where.</summary>
/// <param name="predictor">Names the model that energies come from.</param>
/// <param name="generator">Names the model that makes structures; null for commands that make none.</param>
internal sealed class ModelChoice(Option<string?> predictor, Option<string>? generator = null)
{
    /// <summary>For commands that need nothing but a predictor.</summary>
    public static ModelChoice OfPredictor() =>
        new(Text("--model", "A predictor's name or file; kagome-p where it came with the program."));

    /// <summary>For commands that need a generator, and may have a predictor.</summary>
    public static ModelChoice OfGenerator(string predictorDescription) =>
        new(
            Text("--predictor", predictorDescription),
            Text("--model", "A model's name (see `kagome models list`) or file.", ModelOptions.DefaultGenerator)
        );

    public Option<string?> Predictor => predictor;

    public Option<string> Generator => generator!;

    public Option<string> Device { get; } = Declare.Device();

    public ModelOptions Read(ParseResult parsed) =>
        new()
        {
            Generator = generator is null ? ModelOptions.DefaultGenerator : parsed.GetRequiredValue(generator),
            Predictor = parsed.GetValue(predictor),
            Device = parsed.GetRequiredValue(Device),
            Folder = ModelFolder.Path,
        };
}
