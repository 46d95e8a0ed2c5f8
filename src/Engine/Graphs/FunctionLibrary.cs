using System.Collections.Concurrent;
using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>The functions of a graph, by name, and which function is whose gradient.</summary>
public sealed class FunctionLibrary
{
    private readonly ConcurrentDictionary<string, FunctionDefinition> functions = new();
    private readonly ConcurrentDictionary<string, string> gradients = new();
    private readonly ConcurrentDictionary<string, string> registeredGradients = new();

    /// <summary>The functions.</summary>
    public IEnumerable<FunctionDefinition> Functions => functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal);

    /// <summary>The functions, not sorted.</summary>
    internal IEnumerable<FunctionDefinition> InAnyOrder
    {
        get
        {
            foreach (var (_, function) in functions)
                yield return function;
        }
    }

    /// <summary>Function name → name of its gradient function.</summary>
    public IReadOnlyDictionary<string, string> Gradients => gradients;

    /// <summary>Value of <c>_gradient_op_type</c> → name of the function that computes the gradient of nodes with it.</summary>
    public IReadOnlyDictionary<string, string> RegisteredGradients => registeredGradients;

    /// <summary>The function of this name, or null.</summary>
    public FunctionDefinition? Find(string name) => functions.GetValueOrDefault(name);

    /// <summary>The name of the gradient of function <paramref name="name"/>, or null.</summary>
    public string? FindGradient(string name) => gradients.GetValueOrDefault(name);

    /// <summary>Adds a function.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when another one, or an op, has its name.</exception>
    public void Add(FunctionDefinition function)
    {
        if (OpDefinitions.Contains(function.Name))
            throw EngineException.InvalidArgument($"Cannot add function '{function.Name}' because an op with the same name already exists.");
        if (!functions.TryAdd(function.Name, function) && !FunctionEquality.AreEqual(functions[function.Name], function))
            throw EngineException.InvalidArgument($"Cannot add function '{function.Name}' because a different function with the same name already exists.");
    }

    /// <summary>Adds a function unless another one has its name.</summary>
    internal bool TryAdd(FunctionDefinition function) => functions.TryAdd(function.Name, function);

    /// <summary>Says that <paramref name="gradient"/> is the gradient of <paramref name="function"/>.</summary>
    public void AddGradient(string function, string gradient)
    {
        if (!gradients.TryAdd(function, gradient) && gradients[function] != gradient)
            throw EngineException.InvalidArgument($"Cannot assign gradient function '{gradient}' to '{function}' because it already has gradient function '{gradients[function]}'.");
    }

    /// <summary>Says that <paramref name="gradient"/> computes the gradient of nodes whose <c>_gradient_op_type</c> is <paramref name="type"/>.</summary>
    public void RegisterGradient(string type, string gradient)
    {
        if (!registeredGradients.TryAdd(type, gradient) && registeredGradients[type] != gradient)
            throw EngineException.InvalidArgument($"Gradient type '{type}' is registered twice: for '{registeredGradients[type]}' and '{gradient}'.");
    }
}
