using Kagome.Core.Structures;

namespace Kagome.Evaluation.Scoring;

/// <summary>The space group number of a structure, 1 to 230; null where none is found. Safe to call from several threads.</summary>
public delegate int? SpaceGroupFinder(Structure structure);
