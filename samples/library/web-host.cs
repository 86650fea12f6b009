#:sdk Microsoft.NET.Sdk.Web
#:package Kagome@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Kagome;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddKagome();
WebApplication app = builder.Build();
app.MapGet("/predict/{formula}", (string formula, int? samples, CrystalPredictor predictor, CancellationToken cancellation) =>
{
    try
    {
        PredictionPlan plan = predictor.Plan(formula, new() { Samples = samples ?? 20 });
        return Results.ServerSentEvents(Events(predictor, plan, cancellation));
    }
    catch (KagomeException wrong)
    {
        return Results.BadRequest(wrong.Message);
    }
});
app.Run();

// Progress, then the crystals; a browser that goes away cancels the work.
static async IAsyncEnumerable<string> Events(CrystalPredictor predictor, PredictionPlan plan, [EnumeratorCancellation] CancellationToken cancellation)
{
    Channel<string> progress = Channel.CreateUnbounded<string>();
    Progress<WorkProgress> report = new(at => progress.Writer.TryWrite($"{at.Done} of {at.Total} {at.Unit}"));
    Task<Prediction> work = predictor.PredictAsync(plan, report, cancellation: cancellation);
    _ = work.ContinueWith(_ => progress.Writer.Complete(), TaskScheduler.Default);
    await foreach (string line in progress.Reader.ReadAllAsync(CancellationToken.None))
        yield return line;
    foreach (Candidate candidate in (await work).Crystals)
        yield return $"{candidate.Rank} {candidate.SpaceGroup} {candidate.EnergyAboveHull:F3} eV/atom";
}
