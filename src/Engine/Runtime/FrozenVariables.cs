using Engine.Graphs;
using Engine.Resources;

namespace Engine.Runtime;

/// <summary>
/// Variables that a plan, and the plans of functions inside it, take for constants, so that weights are packed and folded when the plan is made. The plan serves
/// as long as nobody changes them: a run looks at one counter when nothing has changed anywhere. A variable that keeps changing is read like any other.
/// </summary>
internal sealed class FrozenVariables(SessionState session)
{
    /// <summary>How often a plan may be made again because of one variable.</summary>
    private const int MaximumStrikes = 3;

    private readonly Dictionary<Variable, long> versions = [];
    private readonly HashSet<(string Container, string Name)> readOnly = [];
    private long checkedAt = -1;

    /// <summary>Says that no node of the session's plan writes the variable.</summary>
    internal void Allow(string container, string name) => readOnly.Add((container, name));

    /// <summary>The value of a variable to be taken for a constant; null when it has none yet, is written, or changes often.</summary>
    internal Tensor? Freeze(string container, string name, DType type)
    {
        if (!readOnly.Contains((container, name)) || session.Resources.Find<Variable>(new ResourceHandle(container, name)) is not { } variable
            || variable.Type != type || variable.Strikes >= MaximumStrikes)
            return null;
        lock (variable.Gate)
        {
            if (variable.Value is not { } value)
                return null;
            lock (versions)
            {
                if (!versions.TryAdd(variable, variable.Version) && versions[variable] != variable.Version)
                    return null;
                checkedAt = -1;
            }
            return value.Share();
        }
    }

    /// <summary>Whether all variables are as they were. Those that are not are remembered.</summary>
    internal bool Hold()
    {
        var now = Variable.Changes;
        if (Volatile.Read(ref checkedAt) == now)
            return true;
        lock (versions)
        {
            var hold = true;
            foreach (var (variable, version) in versions)
            {
                if (variable.Version == version)
                    continue;
                variable.Strikes++;
                hold = false;
            }
            if (hold)
                Volatile.Write(ref checkedAt, now);
            return hold;
        }
    }
}
