namespace Engine.Io.Numpy.Evaluation;

/// <summary>Functions by name.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<string, Function> functions = [];

    /// <summary>Adds a function under one or several names, separated by blanks.</summary>
    internal void Add(string names, string parameters, Func<Arguments, object?> body)
    {
        foreach (var name in names.Split(' '))
            functions[name] = new(name, parameters, body);
    }

    internal Function? Find(string name) => functions.GetValueOrDefault(name);
}
