namespace Engine.Runtime;

/// <summary>An output of a node while a plan is made.</summary>
internal readonly record struct PlanValue(PlanNode Node, int Index);
