using Kagome.Crystals.Compositions;
using Kagome.Web.Jobs;

namespace Kagome.Web.Endpoints;

/// <summary>Keeps requests within what the server's owner allows.</summary>
internal static class RequestLimits
{
    /// <returns>What the formula says.</returns>
    /// <exception cref="KagomeException">The formula cannot be read, or too much is asked for.</exception>
    public static Composition Check(JobRequest request, WebLimits limits)
    {
        if (request.Formula.Length > limits.FormulaLength)
        {
            throw new InputException(
                $"The formula has {request.Formula.Length} letters; this server takes at most {limits.FormulaLength}."
            );
        }

        Composition composition = FormulaParser.Parse(request.Formula);
        int unit = composition.Reduced.AtomCount;
        RequireAtMost("formula", composition.AtomCount, limits.Atoms, "atoms");
        RequireAtMost("max_atoms", request.MaxAtoms ?? 0, limits.Atoms, "atoms");
        RequireAtMost(
            "formula_units",
            request.FormulaUnits.Select(units => (long)units * unit).DefaultIfEmpty().Max(),
            limits.Atoms,
            "atoms"
        );
        RequireAtMost("samples", request.Samples ?? 0, limits.Samples, "samples");
        return composition;
    }

    private static void RequireAtMost(string what, long asked, int most, string unit)
    {
        if (asked > most)
        {
            throw new InputException(
                $"{what} asks for {asked} {unit}; this server takes at most {most}. Its owner may allow more, and `kagome predict` knows no such limit."
            );
        }
    }
}
