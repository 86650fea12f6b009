#:package Kagome@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using Kagome;

using CrystalPredictor predictor = CrystalPredictor.Load();
Prediction prediction = await predictor.PredictAsync("SrTiO3", new() { Samples = 20, Seed = 1 });
foreach (Candidate candidate in prediction.Candidates)
    Console.WriteLine($"{candidate.Rank} {candidate.SpaceGroup} {candidate.EnergyAboveHull:F3} eV/atom");
prediction.Candidates[0].Structure.Write("SrTiO3.cif");
