using System.CommandLine;
using Kagome.Symmetry;

namespace Kagome.Cli;

/// <summary>--symprec: how exact a symmetry has to be.</summary>
internal static class SymprecOption
{
    public static Option<double> Create()
    {
        Option<double> option = new("--symprec")
        {
            Description = "How far, in Å, atoms may be from their symmetric places.",
            DefaultValueFactory = _ => SymmetryFinder.DefaultSymprecAngstrom,
        };
        return option;
    }

    /// <exception cref="BadInputException">The distance is none.</exception>
    public static double Checked(double symprec) =>
        double.IsFinite(symprec) && symprec > 0
            ? symprec
            : throw new BadInputException($"--symprec is {symprec}; expected a distance in Å above 0, such as 0.1.");
}
