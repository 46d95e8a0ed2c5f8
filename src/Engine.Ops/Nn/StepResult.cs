using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>What a step makes for a loop variable.</summary>
/// <param name="Value">The new state, or the element that is collected.</param>
/// <param name="Counter">The variable that says which element it is, or -1.</param>
/// <param name="Place">Which element it is, where that is always the same, or -1.</param>
/// <param name="Target">The argument with the list or the array.</param>
internal readonly record struct StepResult(RewriteValue Value, int Counter, int Place, int Target);
