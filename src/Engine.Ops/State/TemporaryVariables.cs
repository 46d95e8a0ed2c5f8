namespace Engine.Ops.State;

/// <summary>How many temporary variables of one name a run has.</summary>
internal sealed class TemporaryVariables
{
    private int count;

    internal static TemporaryVariables Of(Runtime.RunContext run, string name) => run.Item("temporary variable " + name, () => new TemporaryVariables());

    internal void Add() => Interlocked.Increment(ref count);

    /// <summary>False when there is none.</summary>
    internal bool Remove() => Interlocked.Decrement(ref count) >= 0;
}
