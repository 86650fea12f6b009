#:package Kagome.Training@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using Kagome;
using Kagome.Training;

TrainingOptions options = new()
{
    DataPaths = ["crystals"],
    InitialModel = "kagome-g",
    Recipe = "mp-20",
    Steps = 5,
    OutputFolder = "run",
};
TrainingOutcome outcome = await new ModelTrainer().TrainAsync(options);
Console.WriteLine($"{outcome.StepsTaken} steps on {outcome.Crystals.TrainingCount} crystals: {outcome.ModelPath}");
using CrystalPredictor predictor = CrystalPredictor.Load(new() { Generator = outcome.ModelPath });
