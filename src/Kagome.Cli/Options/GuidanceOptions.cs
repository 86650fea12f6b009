using System.CommandLine;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>How hard a predictor pulls samples to low energy: one weight for all, or one each for coordinates and lattices.</summary>
internal sealed class GuidanceOptions(string description)
{
    private readonly Option<double?> both = Weight(
        "--guidance",
        $"{description} For generators of diffusion: --model kagome-g."
    );
    private readonly Option<double?> coordinates = Weight("--guidance-coordinates", "The same for coordinates alone.");
    private readonly Option<double?> lattices = Weight("--guidance-lattice", "The same for lattices alone.");

    public IEnumerable<Option> All => [both, coordinates, lattices];

    public double Coordinates(ParseResult parsed) => parsed.GetValue(coordinates) ?? parsed.GetValue(both) ?? 0;

    public double Lattices(ParseResult parsed) => parsed.GetValue(lattices) ?? parsed.GetValue(both) ?? 0;

    private static Option<double?> Weight(string name, string description) =>
        Value<double?>(name, $"{description} 0, the default, for not at all.")
            .Requiring(token => IsNumber(token, takesZero: true), "a number of at least 0, such as 1.");
}
