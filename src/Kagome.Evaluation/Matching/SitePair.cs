using System.Collections.Immutable;
using Kagome.Core.Elements;

namespace Kagome.Evaluation.Matching;

/// <summary>Atoms of two crystals that lie on each other.</summary>
/// <param name="Element">What they are.</param>
/// <param name="First">Sites of the first structure, copies of one atom of its primitive cell; counted from 0.</param>
/// <param name="Second">Sites of the second structure, in the same way.</param>
public sealed record SitePair(Element Element, ImmutableArray<int> First, ImmutableArray<int> Second);
