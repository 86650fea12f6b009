using Kagome.Diagnosis;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kagome.Web.Hosting;

/// <summary>What the description of the interface says beside its operations.</summary>
internal static class OpenApiPage
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Kagome",
                    Version = Installation.Version,
                    Description =
                        "Crystal structures of a formula: post a job, watch it, get its candidates. Names are those of candidates.json; lengths in Å, angles in degrees, energies in eV/atom. Errors are problem+json.",
                };
                document.Servers = [new OpenApiServer { Url = "../" }]; // wherever it is served
                return Task.CompletedTask;
            }
        );
    }
}
