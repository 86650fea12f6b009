using Kagome.Core.Elements;
using Kagome.Core.Lattices;

namespace Kagome.Core.Structures;

/// <summary>One atom of a cell: what it is and where it sits.</summary>
public readonly record struct Site(Element Element, Fractional Position);
