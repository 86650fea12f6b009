using System.Text;
using System.Text.Json;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Formats.Text;
using Kagome.Output;
using Kagome.Web.Jobs;
using Kagome.Web.Scenes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Kagome.Web.Endpoints;

/// <summary>Structures that visitors bring: what they are, and how they look.</summary>
internal static class StructureEndpoints
{
    private const int MostJobs = 20;
    private const int MostAtomsForEnergy = 200;
    private const int LongestName = 200;

    public static void MapStructures(this IEndpointRouteBuilder api)
    {
        api.MapPost("/structures", LookAsync)
            .WithTags("structures")
            .WithSummary(
                "What the structures of a file are, and which predictions they match. The file's bytes are the body, its name the query's."
            )
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequireRateLimiting(Line.Name);
        api.MapPost("/scene", Draw)
            .WithTags("structures")
            .WithSummary("Atoms, bonds and polyhedra of a structure as api/structures gives it, to be drawn.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequireRateLimiting(Line.Name);
    }

    private static async Task<Ok<FileContents>> LookAsync(
        string name,
        HttpRequest request,
        WebLimits limits,
        CrystalPredictor predictor,
        JobStore store,
        CancellationToken cancellation
    )
    {
        string file = Path.GetFileName(name.Replace('\\', '/'));
        if (file.Length is 0 or > LongestName)
        {
            throw new InputException(
                $"name has {file.Length} letters; expected the name of a file, such as NaCl.cif, of at most {LongestName}."
            );
        }

        using StreamReader reader = new(request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        CrystalRecord[] crystals = [.. Read(file, text).RecordsOrThrow()];
        if (crystals.Length == 0)
        {
            throw new InputException($"{file} holds no crystal; expected at least one.", file);
        }

        List<KnownStructure> shown = [];
        foreach (CrystalRecord crystal in crystals.Take(limits.StructuresShown))
        {
            shown.Add(await DescribeAsync(crystal, predictor, store, cancellation).ConfigureAwait(false));
        }

        return TypedResults.Ok(new FileContents(crystals.Length, shown));
    }

    private static IEnumerable<DataSetEntry> Read(string name, string text)
    {
        if (StructureFormats.ForFile(name) is not ITextFormat format)
        {
            throw new InputException(
                $"{name} is a database; `kagome convert` makes a file of it that can be looked at.",
                name
            );
        }

        if (Path.GetExtension(name).ToLowerInvariant() is ".gz" or ".bz2" or ".xz")
        {
            throw new InputException($"{name} is compressed; unpack it first.", name);
        }

        return format.Read(new StringReader(text), name);
    }

    private static async Task<KnownStructure> DescribeAsync(
        CrystalRecord crystal,
        CrystalPredictor predictor,
        JobStore store,
        CancellationToken cancellation
    )
    {
        StructureDescription description = StructureDescription.Of(crystal, new SymmetryFinder());
        double? energy =
            predictor.Energies is { } energies
            && description.IsValid == true
            && crystal.Structure.AtomCount <= MostAtomsForEnergy
                ? await energies.PredictAsync(crystal.Structure, cancellation).ConfigureAwait(false)
                : null;
        IReadOnlyList<Job> jobs = store.Done(description.ReducedFormula, MostJobs);
        return new KnownStructure(
            description,
            energy,
            energy is null ? [] : predictor.Energies!.Concerns(crystal.Structure),
            JsonText.Element(crystal.Structure),
            [.. jobs.SelectMany(job => Matches(crystal, job, store, cancellation))],
            jobs.Count
        );
    }

    private static IEnumerable<PredictionMatch> Matches(
        CrystalRecord crystal,
        Job job,
        JobStore store,
        CancellationToken cancellation
    )
    {
        StructureMatcher matcher = new();
        foreach (KeptCandidate candidate in store.Candidates(job.Id))
        {
            if (
                candidate.Structure is { } predicted
                && matcher.Match(predicted.Structure, crystal.Structure, cancellation) is { } match
            )
            {
                yield return new PredictionMatch(job.Id, job.Formula, candidate.Entry.Rank, match.Rms);
            }
        }
    }

    private static Ok<Scene> Draw(JsonElement structure, string? cell, string? supercell)
    {
        Structure crystal;
        try
        {
            crystal = JsonText.Parse<Structure>(structure.GetRawText());
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InputException("The body is no structure as api/structures gives it.", exception);
        }

        return TypedResults.Ok(
            CrystalScene.Of(
                crystal,
                QueryWord.Read<CellChoice>(nameof(cell), cell),
                CandidateEndpoints.Supercell(supercell),
                new SymmetryFinder()
            )
        );
    }

    /// <param name="Total">Structures of the file.</param>
    /// <param name="Structures">The first of them.</param>
    internal sealed record FileContents(int Total, IReadOnlyList<KnownStructure> Structures);

    /// <param name="Description">As <c>kagome info</c> gives it.</param>
    /// <param name="EnergyAboveHull">Predicted, in eV/atom; null where nothing can be said.</param>
    /// <param name="Concerns">Why the energy may be far off.</param>
    /// <param name="Structure">To give back to api/scene.</param>
    /// <param name="Matches">Predictions in the history that are the same crystal.</param>
    /// <param name="Predicted">Predictions of the formula that were compared with.</param>
    internal sealed record KnownStructure(
        StructureDescription Description,
        double? EnergyAboveHull,
        IReadOnlyList<string> Concerns,
        JsonElement Structure,
        IReadOnlyList<PredictionMatch> Matches,
        int Predicted
    );

    internal sealed record PredictionMatch(string Job, string Formula, int Rank, double Rms);
}
