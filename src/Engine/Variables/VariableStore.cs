namespace Engine.Variables;

/// <summary>The variables of a graph that were made by name, and the scopes entered.</summary>
internal sealed class VariableStore
{
    private readonly Dictionary<string, ISaveable> variables = [];
    private readonly Stack<VariableScope> scopes = new();

    internal VariableScope Scope => scopes.TryPeek(out var scope) ? scope : VariableScope.Root;

    internal void Enter(VariableScope scope) => scopes.Push(scope);

    internal void Leave() => scopes.Pop();

    /// <summary>The variable of this name, or a new one, as the scope says.</summary>
    /// <exception cref="EngineException">ALREADY_EXISTS, NOT_FOUND, or INVALID_ARGUMENT when it is of another kind.</exception>
    internal T Get<T>(string name, Reuse reuse, Func<T> create, Action<T> check) where T : class, ISaveable
    {
        if (!variables.TryGetValue(name, out var found))
        {
            if (reuse == Reuse.Always)
                throw EngineException.NotFound($"Variable {name} does not exist: the scope finds variables and makes none.");
            var made = create();
            variables[name] = made;
            return made;
        }
        if (reuse is not (Reuse.Always or Reuse.Auto))
            throw EngineException.AlreadyExists($"Variable {name} already exists. To share it, enter its scope with reuse.");
        var variable = found as T
            ?? throw EngineException.InvalidArgument($"Variable {name} is {(found is PartitionedVariable ? "" : "not ")}partitioned.");
        check(variable);
        return variable;
    }
}
