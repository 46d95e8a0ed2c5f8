using Engine.Graphs;

namespace Engine.Ops.State;

/// <summary>What the graph says about the value behind a handle: the node that makes the handle has its shape.</summary>
internal static class HandleShape
{
    internal static PartialShape Of(Node node)
    {
        for (var depth = 0; depth < 16; depth++)
        {
            if (node.Op == "VarHandleOp")
                return node.Attr("shape").AsShape();
            if (node.Op is not ("Identity" or "Enter" or "Switch") || node.Inputs.Count == 0)
                return PartialShape.Unknown;
            node = node.Inputs[0].Node;
        }
        return PartialShape.Unknown;
    }
}
