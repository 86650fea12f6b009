using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Evaluation;

/// <summary>What an evaluation's origin says of the sampler.</summary>
internal static class SamplerSettings
{
    /// <summary>Whatever options the sampler has, by name, so that a resumed run must have the same.</summary>
    public static SortedDictionary<string, string> Of(EvaluationOptions options, SamplerOptions used)
    {
        JsonElement sampler = JsonText.Element(used);
        SortedDictionary<string, string> named = new(
            sampler.EnumerateObject().ToDictionary(option => option.Name, option => option.Value.ToString()),
            StringComparer.Ordinal
        );
        if (options.IsGuided)
        {
            named["guidance_coordinates"] = $"{options.CoordinateGuidance:R}";
            named["guidance_lattice"] = $"{options.LatticeGuidance:R}";
        }

        return named;
    }
}
