namespace Engine.Runtime;

/// <summary>The ops of TensorFlow 1's control flow, which executors know by name: they decide which nodes run, and how often.</summary>
internal static class ControlFlow
{
    internal static bool IsSwitch(string op) => op is "Switch" or "RefSwitch" or "_SwitchN";

    internal static bool IsMerge(string op) => op is "Merge" or "RefMerge" or "_XlaMerge";

    internal static bool IsEnter(string op) => op is "Enter" or "RefEnter";

    internal static bool IsExit(string op) => op is "Exit" or "RefExit";

    internal static bool IsNextIteration(string op) => op is "NextIteration" or "RefNextIteration";

    internal static bool IsControlFlow(string op) => IsSwitch(op) || IsMerge(op) || IsEnter(op) || IsExit(op) || IsNextIteration(op) || op is "LoopCond" or "ControlTrigger";
}
