#:package Kagome@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using Kagome;

// 1,000 compounds ABX3, by their known structure types alone; or as many as are asked for
string[] a = ["Li", "Na", "K", "Rb", "Cs", "Mg", "Ca", "Sr", "Ba", "Y", "La", "Ce", "Pr", "Nd", "Sm", "Gd", "Tl", "Pb", "Ag", "Bi"];
string[] b = ["Ti", "Zr", "Hf", "V", "Nb", "Ta", "Cr", "Mn", "Fe", "Co", "Ni", "Al", "Ga", "In", "Sc", "Ge", "Sn", "Rh", "Ru", "Mo", "W", "Zn", "Cd", "Cu", "Mg"];
IEnumerable<string> all = from anion in new[] { "O", "F" } from first in a from second in b where first != second select $"{first}{second}{anion}3";
int count = args.Length > 0 ? int.Parse(args[0]) : 1000;

using CrystalPredictor predictor = CrystalPredictor.Load();
PredictionOptions options = new() { Candidates = CandidateSources.Prototypes };
int cubic = 0;
await foreach (Prediction prediction in predictor.PredictManyAsync(all.Take(count), options, journals: "screening")) // goes on where it was stopped
{
    Candidate best = prediction.Candidates[0];
    cubic += best.SpaceGroup?.Number == 221 ? 1 : 0;
    Console.WriteLine($"{prediction.Formula}\t{best.SpaceGroup}\t{best.Probability:F2}\t{best.EnergyAboveHull:F3}");
}

Console.WriteLine($"{cubic} cubic perovskites (Pm-3m)");
