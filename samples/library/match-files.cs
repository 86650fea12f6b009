#:package Kagome@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using Kagome;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

Structure predicted = StructureFiles.Read("SrTiO3.cif");
Structure known = StructureFiles.Read("crystals/SrTiO3.cif");
MatchResult result = new StructureMatcher().Compare(predicted, known);
Console.WriteLine(result.Match is { } match ? $"the same crystal, RMS {match.Rms:F3}" : $"not the same: {result.Verdict}");
