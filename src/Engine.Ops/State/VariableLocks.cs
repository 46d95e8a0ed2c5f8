using System.Runtime.CompilerServices;
using Engine.Resources;

namespace Engine.Ops.State;

/// <summary>The gates of several variables, entered together in an order that is the same for everybody, so that nobody waits in a circle.</summary>
internal readonly ref struct VariableLocks
{
    private readonly Variable[] entered;

    internal VariableLocks(params ReadOnlySpan<Variable> variables)
    {
        entered = variables.ToArray();
        Array.Sort(entered, (a, b) => RuntimeHelpers.GetHashCode(a).CompareTo(RuntimeHelpers.GetHashCode(b)));
        foreach (var v in entered)
            v.Gate.Enter();
    }

    public void Dispose()
    {
        foreach (var v in entered)
            v.Gate.Exit();
    }
}
