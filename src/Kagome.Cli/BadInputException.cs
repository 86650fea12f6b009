namespace Kagome.Cli;

/// <summary>Input that a command cannot use; the message says what was expected and the way out.</summary>
internal sealed class BadInputException(string message, Exception? inner = null) : Exception(message, inner);
