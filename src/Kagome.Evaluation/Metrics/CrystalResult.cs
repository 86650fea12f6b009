using Kagome.Evaluation.Scoring;

namespace Kagome.Evaluation;

/// <summary>All that is known of one reference crystal after scoring.</summary>
/// <param name="Samples">In the order in which they were made; at least one.</param>
/// <param name="EveryoneRms">The smallest RMS to any prediction of its composition; null where none matches.</param>
public sealed record CrystalResult(IReadOnlyList<SampleScore> Samples, double? EveryoneRms)
{
    /// <summary>The name of the reference crystal, unique among those that are scored together.</summary>
    public string Id => Samples[0].Id;

    /// <summary>The number of atoms in the reference's cell.</summary>
    public int Atoms => Samples[0].Atoms;

    /// <summary>How many different elements the reference has.</summary>
    public int Elements => Samples[0].Elements;

    /// <summary>In eV/atom; null where it is not known.</summary>
    public double? EnergyAboveHull => Samples[0].ReferenceEnergyAboveHull;

    /// <summary>Where the first structure came from; null where there is none, or another program made it.</summary>
    public CandidateSources? Source => Samples[0].Source;

    /// <summary>The smallest RMS among the first samples; null where none of them matches.</summary>
    /// <param name="count">How many samples may be looked at.</param>
    /// <param name="isFiltered">Whether only pairs of valid structures count.</param>
    public double? SmallestRms(int count, bool isFiltered = false) =>
        Samples
            .Where(sample => sample.Sample <= count && (sample.PassesFilter || !isFiltered))
            .Min(sample => sample.Rms);
}
