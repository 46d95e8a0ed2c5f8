using System.Collections.Concurrent;

namespace Engine.Runtime;

/// <summary>
/// To whom the state of nodes in functions belongs (random streams, samplers): to a plan and those that replace it, so that plans with other feeds or fetches do not
/// see each other's.
/// </summary>
internal sealed class StateScope(string prefix)
{
    private readonly ConcurrentDictionary<FunctionHandle, FunctionHandle> functions = [];

    /// <summary>State of a session as a whole.</summary>
    internal static StateScope Session { get; } = new("");

    /// <summary>What the keys of the state begin with.</summary>
    internal string Prefix { get; } = prefix;

    /// <summary>The function as it is called here: what it keeps is this scope's.</summary>
    internal FunctionHandle Own(FunctionHandle function)
    {
        if (Prefix.Length == 0)
            return function;
        try
        {
            return function.IsStateful ? functions.GetOrAdd(function, static (f, scope) => f.In(scope), this) : function;
        }
        catch (EngineException)
        {
            // What is wrong with the function shows when it is called.
            return function;
        }
    }
}
