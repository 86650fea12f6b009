namespace Kagome.Training.Recipes;

/// <summary>A recipe that cannot be followed.</summary>
public sealed class RecipeException(string message, Exception? inner = null) : Exception(message, inner);
