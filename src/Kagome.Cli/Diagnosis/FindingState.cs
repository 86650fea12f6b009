namespace Kagome.Cli.Diagnosis;

/// <summary>How much a finding matters.</summary>
internal enum FindingState
{
    Fine,

    /// <summary>Something is missing that Kagome can do without.</summary>
    Limited,

    /// <summary>Kagome, or a part of it, does not work.</summary>
    Broken,
}
