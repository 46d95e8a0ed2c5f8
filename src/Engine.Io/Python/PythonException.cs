namespace Engine.Io.Python;

/// <summary>An error that Python or numpy raises, with the name of its class: <c>ValueError</c>, <c>RuntimeError</c>, ….</summary>
internal sealed class PythonException(string type, string text, Exception? inner = null) : EngineException(StatusCode.InvalidArgument, $"{type}: {text}", inner)
{
    /// <summary>The class of the error.</summary>
    internal string Type { get; } = type;

    /// <summary>What <c>str(error)</c> is.</summary>
    internal string Text { get; } = text;

    internal static PythonException Value(string text) => new("ValueError", text);

    internal static PythonException WrongType(string text) => new("TypeError", text);

    internal static PythonException Syntax(string text) => new("SyntaxError", text);
}
