namespace Engine.Io.Numpy.Evaluation;

/// <summary>A function that expressions may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters; see <see cref="Arguments"/>.</param>
/// <param name="Body">What it does.</param>
internal sealed record Function(string Name, string Parameters, Func<Arguments, object?> Body)
{
    internal object? Call(IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>> named) => Body(new(Name, Parameters, positional, named));
}
