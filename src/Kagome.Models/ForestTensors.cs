using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>
/// The forests of an ensemble as tensors: for each fold K from 0 <c>forest.composition.K.roots</c> [trees], <c>features</c>, <c>others</c> (int32) and
/// <c>values</c> (float32) [nodes], and the same for <c>forest.occurrence</c>.
/// </summary>
internal static class ForestTensors
{
    public const string Prefix = "forest.";

    private const string Composition = "composition";
    private const string Occurrence = "occurrence";
    private static readonly string[] Parts = ["roots", "features", "values", "others"];

    public static IEnumerable<(string Name, Tensor Values)> Of(PropertyEnsemble? ensemble) =>
        Of(Composition, ensemble?.CompositionForests).Concat(Of(Occurrence, ensemble?.OccurrenceForests));

    /// <summary>The ensemble with its forests.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="tensors">By the names above.</param>
    /// <param name="ensemble">What else the file says of it.</param>
    /// <exception cref="CheckpointException">A forest is missing, is none, or there is none that it could be.</exception>
    public static PropertyEnsemble Read(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        PropertyEnsemble ensemble
    )
    {
        bool hasComposition = tensors.ContainsKey(Name(Composition, 0, Parts[0]));
        string[] expected =
        [
            .. hasComposition ? Names(Composition) : [],
            .. ensemble.Occurrence is not null ? Names(Occurrence) : [],
        ];
        string[] present = [.. tensors.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];
        return present.Except(expected).Concat(expected.Except(present)).FirstOrDefault() is { } wrong
            ? throw new CheckpointException(
                path,
                $"'{wrong}' is {(expected.Contains(wrong) ? "missing" : "of no forest")}; get or export the file again."
            )
            : ensemble with
            {
                CompositionForests = hasComposition ? All(Composition) : null,
                OccurrenceForests = ensemble.Occurrence is not null ? All(Occurrence) : null,
            };

        IEnumerable<string> Names(string kind) =>
            Enumerable.Range(0, ensemble.FoldCount).SelectMany(fold => Parts.Select(part => Name(kind, fold, part)));

        RegressionForest[] All(string kind) =>
            [.. Enumerable.Range(0, ensemble.FoldCount).Select(fold => Forest(path, tensors, kind, fold))];
    }

    private static IEnumerable<(string Name, Tensor Values)> Of(
        string kind,
        IReadOnlyList<RegressionForest>? forests
    ) =>
        (forests ?? []).SelectMany(
            (forest, fold) =>
                new[]
                {
                    (Name(kind, fold, "roots"), tensor(forest.Roots.ToArray())),
                    (Name(kind, fold, "features"), tensor(forest.Features.ToArray())),
                    (Name(kind, fold, "values"), tensor(forest.Values.ToArray())),
                    (Name(kind, fold, "others"), tensor(forest.Others.ToArray())),
                }
        );

    private static RegressionForest Forest(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        string kind,
        int fold
    )
    {
        try
        {
            return RegressionForest.Of(
                Numbers<int>(path, tensors, Name(kind, fold, "roots"), ScalarType.Int32),
                Numbers<int>(path, tensors, Name(kind, fold, "features"), ScalarType.Int32),
                Numbers<float>(path, tensors, Name(kind, fold, "values"), ScalarType.Float32),
                Numbers<int>(path, tensors, Name(kind, fold, "others"), ScalarType.Int32)
            );
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(
                path,
                $"the forest {kind} of fold {fold + 1}: {exception.Message} Get or export the file again.",
                exception
            );
        }
    }

    private static ImmutableArray<T> Numbers<T>(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        string name,
        ScalarType type
    )
        where T : unmanaged =>
        tensors[name] is { shape.Length: 1 } found && found.dtype == type
            ? [.. found.data<T>()]
            : throw new CheckpointException(
                path,
                $"'{name}' is {tensors[name].dtype} {WeightComparison.Text(tensors[name].shape)}; expected {type} in one row."
            );

    private static string Name(string kind, int fold, string part) =>
        FormattableString.Invariant($"{Prefix}{kind}.{fold}.{part}");
}
