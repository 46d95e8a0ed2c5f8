using Engine.Graphs;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Io.Freezing;

/// <summary>The values that variables have in a session.</summary>
internal static class VariableValues
{
    internal static bool IsVariable(string op) => op is "VariableV2" or "Variable" or "VarHandleOp";

    /// <summary>The value; the caller owns it.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION while uninitialised.</exception>
    internal static Tensor Read(Session session, NodeDef node)
    {
        var output = session.Run(node.Name)[0];
        if (output.Type != DType.Resource)
            return output;
        using (output)
        {
            return session.State.Resources.Find<Variable>(output.AsSpan<ResourceHandle>()[0])?.Read()
                ?? throw EngineException.FailedPrecondition($"Variable {node.Name} is not initialised.");
        }
    }
}
