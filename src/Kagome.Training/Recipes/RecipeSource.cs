namespace Kagome.Training.Recipes;

/// <summary>A data set that a recipe is meant for.</summary>
public sealed record RecipeSource
{
    public string Name { get; init; } = "";

    /// <summary>An SPDX identifier where there is one.</summary>
    public string License { get; init; } = "";

    /// <summary>As its owners ask for it.</summary>
    public string Attribution { get; init; } = "";
}
