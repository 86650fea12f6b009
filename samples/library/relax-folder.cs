#:package Kagome@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using Kagome;
using Kagome.Formats;

using EnergyPredictor predictor = EnergyPredictor.Load();
CrystalReader reader = new("crystals");
List<RelaxationResult> results = [];
await foreach (RelaxationResult result in predictor.RelaxAsync(reader.Read()))
    results.Add(result);
Directory.CreateDirectory("relaxed");
foreach (RelaxationResult result in results.OrderBy(result => result.EnergyAfter ?? double.PositiveInfinity))
{
    Console.WriteLine($"{result.Original.Id} {result.EnergyBefore:F3} -> {result.EnergyAfter:F3} {predictor.Unit} {result.Problem}");
    result.Structure.Write($"relaxed/{result.Original.Id}.cif");
}
