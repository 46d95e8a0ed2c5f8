using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>The values of several resource variables.</summary>
[Op("_ReadVariablesOp")]
internal sealed class ReadVariablesOp : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var types = node.Types("dtypes");
        if (types.Length != node.InputCount)
            throw node.Fail($"dtypes must have {node.InputCount} elements, not {types.Length}");
        return Kernel.From(context =>
        {
            for (var i = 0; i < types.Length; i++)
                ReadVariableOp.Read(context, i, i, types[i]);
        });
    }
}
