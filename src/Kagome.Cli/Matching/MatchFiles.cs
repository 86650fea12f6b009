using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;
using Kagome.Formats;

namespace Kagome.Cli.Matching;

/// <summary>Compares each crystal of a file with one of another.</summary>
internal static class MatchFiles
{
    public static int Run(
        string path,
        string referencePath,
        MatchSettings settings,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        StructureMatcher matcher = settings.Matcher(settings.Tolerances);
        CrystalRecord reference = StructureFile.ReadSingle(referencePath);
        IReadOnlyList<CrystalRecord> candidates = StructureFile.Read(path);
        FileVerdict[] verdicts =
        [
            .. candidates
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(candidate => FileVerdict.Of(candidate, reference, matcher, cancellation)),
        ];
        if (settings.PrintsJson)
        {
            streams.Output.WriteLine(JsonText.Format(verdicts));
            return ExitCode.Success;
        }

        foreach ((FileVerdict verdict, CrystalRecord candidate) in verdicts.Zip(candidates))
        {
            streams.Output.WriteLine(Text(verdict, candidate.Structure));
            if (verdicts.Length == 1 && verdict.Mapping is { } mapping)
            {
                MappingText.Write(mapping, candidate.Structure, reference.Structure, streams.Output);
            }
        }

        streams.Output.WriteLine(
            $"{verdicts.Count(verdict => verdict.Matches)} of {verdicts.Length} match {reference.Id} ({settings.Tolerances} tolerances)"
        );
        return ExitCode.Success;
    }

    private static string Text(FileVerdict verdict, Structure candidate)
    {
        double atomLength = Math.Cbrt(candidate.VolumePerAtom);
        return verdict.Matches
            ? $"{verdict.Id}: match, RMS {verdict.Rms:F4}, largest distance {verdict.LargestDistance:F4} (of {atomLength:F2} Å, the cube root of the volume per atom)"
            : $"{verdict.Id}: {verdict.Verdict}";
    }
}
