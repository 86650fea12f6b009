#:package Kagome.Evaluation@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
#:property PublishAot=false
using Kagome.Evaluation;

// structures/ holds what another program predicted for the crystals of the data: NaCl.cif, or NaCl_1.cif, NaCl_2.cif, …
EvaluationOptions options = new() { Data = "crystals", Split = EvaluationOptions.AllSplits, Predictions = "structures" };
EvaluationResult result = await Evaluator.EvaluateAsync(options);
MatchMetrics first = result.Summary.Overall.AtOne;
Console.WriteLine($"{first.Matched} of {result.Crystals.Count} matched, {first.Rate.Value:P0}, RMSE {first.Rmse?.Value:F3}");
