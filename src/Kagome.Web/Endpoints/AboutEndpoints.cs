using Kagome.Diagnosis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagome.Web.Endpoints;

/// <summary>What the server is and allows.</summary>
internal static class AboutEndpoints
{
    public static void MapAbout(this IEndpointRouteBuilder api) =>
        api.MapGet(
                "/about",
                (CrystalPredictor predictor, WebLimits limits) =>
                    TypedResults.Ok(
                        new About(
                            Installation.Version,
                            predictor.Name,
                            predictor.Energies?.Name,
                            predictor.Prototypes is not null,
                            limits
                        )
                    )
            )
            .WithTags("server")
            .WithSummary("What the server is and allows.");

    /// <param name="Version">Of Kagome.</param>
    /// <param name="Generator">The name of its model.</param>
    /// <param name="Predictor">The name of the model that energies come from; null where there is none.</param>
    /// <param name="KnownStructureTypes">Whether they are a source of candidates.</param>
    /// <param name="Limits">What a visitor may ask for.</param>
    internal sealed record About(
        string Version,
        string Generator,
        string? Predictor,
        bool KnownStructureTypes,
        WebLimits Limits
    );
}
