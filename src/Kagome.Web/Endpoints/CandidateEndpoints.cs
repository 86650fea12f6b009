using System.Globalization;
using System.Text;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Web.Jobs;
using Kagome.Web.Scenes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Kagome.Web.Endpoints;

/// <summary>The candidates of a job: listed, drawn, compared, downloaded.</summary>
internal static class CandidateEndpoints
{
    public static void MapCandidates(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder job = api.MapGroup("/jobs/{id}").WithTags("candidates").RequireRateLimiting(Line.Name);
        job.MapGet("/candidates", List).WithSummary("The distinct crystals found so far, best first.");
        job.MapGet("/candidates/{rank:int}/scene", Draw)
            .WithSummary("Atoms, bonds and polyhedra of a candidate, to be drawn.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        job.MapGet("/candidates/{rank:int}/file", Download)
            .WithSummary("A candidate as CIF, POSCAR, extended XYZ or pymatgen JSON.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        job.MapGet("/comparison", Compare)
            .WithSummary("Whether two candidates are the same crystal, by pymatgen's tolerances.");
        job.MapGet("/export", Export)
            .WithSummary("All candidates as an ASE database (format=ase) or as OPTIMADE JSON lines (format=optimade).")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        job.MapGet("/structures.zip", Zip).WithSummary("All candidates in all formats.");
    }

    private static Results<Ok<JobCandidates>, ProblemHttpResult> List(string id, JobQueue queue, JobStore store) =>
        queue.Find(id) is { } job
            ? TypedResults.Ok(
                new JobCandidates(
                    job.Formula,
                    job.ReducedFormula,
                    job.Revision,
                    job.IsFinal,
                    store.Origin(id),
                    [.. store.Candidates(id).Select(candidate => candidate.Entry)]
                )
            )
            : JobEndpoints.NoSuch(id);

    private static Results<Ok<Scene>, ProblemHttpResult> Draw(
        string id,
        int rank,
        string? cell,
        string? supercell,
        JobStore store
    ) =>
        store.Candidate(id, rank)?.Structure is { } crystal
            ? TypedResults.Ok(
                CrystalScene.Of(
                    crystal.Structure,
                    QueryWord.Read<CellChoice>(nameof(cell), cell),
                    Supercell(supercell),
                    new SymmetryFinder()
                )
            )
            : NoSuch(id, rank);

    private static Results<FileContentHttpResult, ProblemHttpResult> Download(
        string id,
        int rank,
        string? format,
        bool? symmetrised,
        JobStore store
    )
    {
        if (store.Candidate(id, rank)?.Structure is not { } crystal)
        {
            return NoSuch(id, rank);
        }

        StructureDownload file =
            symmetrised == true
                ? StructureDownload.Symmetrised(crystal)
                : StructureDownload.Of(crystal, format ?? "cif");
        return TypedResults.File(Encoding.UTF8.GetBytes(file.Content), "text/plain; charset=utf-8", file.Name);
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Zip(string id, JobQueue queue, JobStore store) =>
        queue.Find(id) is { } job
            ? TypedResults.File(
                StructureDownload.Zip(Structures(store, id)),
                "application/zip",
                $"{job.ReducedFormula}_{job.Id}.zip"
            )
            : JobEndpoints.NoSuch(id);

    private static Results<FileContentHttpResult, ProblemHttpResult> Export(
        string id,
        string? format,
        JobQueue queue,
        JobStore store,
        WebOptions options
    )
    {
        if (queue.Find(id) is not { } job)
        {
            return JobEndpoints.NoSuch(id);
        }

        JobExport export = JobExport.Of(format);
        CrystalRecord[] crystals =
        [
            .. store.Candidates(id).Where(candidate => candidate.Structure is not null).Select(JobExport.Labelled),
        ];
        return crystals.Length == 0
            ? TypedResults.Problem($"Job {id} has no structures yet.", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.File(
                export.Write(crystals, options.DataFolder),
                export.MediaType,
                $"{job.ReducedFormula}_{id}{export.Ending}"
            );
    }

    private static Results<Ok<Comparison>, ProblemHttpResult> Compare(
        string id,
        int first,
        int second,
        JobStore store,
        CancellationToken cancellation
    )
    {
        if (store.Candidate(id, first)?.Structure is not { } one)
        {
            return NoSuch(id, first);
        }

        if (store.Candidate(id, second)?.Structure is not { } other)
        {
            return NoSuch(id, second);
        }

        return TypedResults.Ok(
            Comparison.Of(new StructureMatcher().Compare(one.Structure, other.Structure, cancellation))
        );
    }

    internal static IEnumerable<CrystalRecord> Structures(JobStore store, string id) =>
        store.Candidates(id).Select(candidate => candidate.Structure).OfType<CrystalRecord>();

    /// <exception cref="InputException">The text is no list of three whole numbers.</exception>
    internal static IReadOnlyList<int> Supercell(string? text)
    {
        if (text is null)
        {
            return [1, 1, 1];
        }

        int[] counts =
        [
            .. text.Split(',')
                .Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int count) ? count : 0),
        ];
        return counts.Contains(0)
            ? throw new InputException(
                $"supercell is '{text}'; expected three whole numbers from 1 to {CrystalScene.LargestSupercell}, such as 2,2,1.",
                text
            )
            : counts;
    }

    private static ProblemHttpResult NoSuch(string id, int rank) =>
        TypedResults.Problem(
            $"Job {id} has no candidate {rank} with a structure.",
            statusCode: StatusCodes.Status404NotFound
        );
}

/// <param name="Same">Whether they are the same crystal.</param>
/// <param name="Verdict">A sentence.</param>
/// <param name="Rms">Root mean square displacement in units of (V/N)^(1/3); null where they are not the same.</param>
/// <param name="LargestDistance">In the same units.</param>
internal sealed record Comparison(bool Same, string Verdict, double? Rms, double? LargestDistance)
{
    public static Comparison Of(MatchResult result) =>
        new(
            result.IsMatch,
            result.Verdict switch
            {
                MatchVerdict.Match => "They are the same crystal.",
                MatchVerdict.CompositionDiffers => "Their compositions differ.",
                MatchVerdict.PrimitiveCellDiffers => "Their primitive cells hold different numbers of atoms.",
                MatchVerdict.NoLatticeMapping => "Their lattices differ.",
                MatchVerdict.NoSiteMapping => "Their lattices are alike; their atoms sit in different places.",
                MatchVerdict.CellNotReducible => "A cell is too flat or too skewed to be compared.",
                _ => "The comparison took too long.",
            },
            result.Rms,
            result.Match?.LargestDistance
        );
}
