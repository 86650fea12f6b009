using Kagome.Sampling.Relaxation;

namespace Kagome.Cli.Relaxation;

/// <summary>Relaxations as relaxation.json and --json give them.</summary>
internal sealed record RelaxationDocument(
    string Model,
    string ModelSha256,
    string Unit,
    RelaxationSettings Settings,
    RelaxationSummary Summary,
    IReadOnlyList<RelaxationReport> Crystals
);
