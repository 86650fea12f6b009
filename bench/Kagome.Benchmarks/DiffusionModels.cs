using Kagome.Models;
using Kagome.Processes.Schedules;

namespace Kagome.Benchmarks;

/// <summary>What those benchmarks need that measure diffusion.</summary>
internal static class DiffusionModels
{
    /// <exception cref="InputException">The model is a flow.</exception>
    public static NoiseSchedules DiffusionSchedules(this Checkpoint model) =>
        model.Schedules
        ?? throw new InputException($"{model.Provenance.Name} is a flow; expected a model of diffusion.");

    /// <exception cref="InputException">The model is a flow.</exception>
    public static NoiseSchedules DiffusionSchedules(this LoadedModel model) => model.Checkpoint.DiffusionSchedules();
}
