using Kagome.Training.Pretraining;

namespace Kagome.Cli.Pretraining;

/// <summary>What was asked of kagome pretrain.</summary>
/// <param name="Recipe">With what the command line says instead of the file.</param>
/// <param name="OutputFolder">One folder a stage goes into it.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="PrintsJson">All reports on stdout.</param>
internal sealed record PretrainSettings(PretrainingRecipe Recipe, string OutputFolder, string Device, bool PrintsJson);
