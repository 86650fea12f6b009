#:package Kagome@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using Kagome;

// what diffraction says: one of two space groups, and a cubic cell of about 3.9 Å
CrystalConstraints known = new()
{
    SpaceGroups = [221, 225],
    Cell = new(3.9, 3.9, 3.9, 90, 90, 90),
    CellTolerance = 0.02,
};

using CrystalPredictor predictor = CrystalPredictor.Load();
Prediction prediction = await predictor.PredictAsync("SrTiO3", new() { Constraints = known, Samples = 10 });
foreach (string concern in prediction.Concerns)
    Console.WriteLine(concern);
foreach (Candidate candidate in prediction.Crystals.Where(crystal => crystal.IsValid))
    Console.WriteLine($"{candidate.Rank} {candidate.SpaceGroup} a = {candidate.Structure.Lattice.Parameters.A:F3} Å");
