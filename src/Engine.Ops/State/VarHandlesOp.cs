using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>Handles to several resource variables.</summary>
[Op("_VarHandlesOp")]
internal sealed class VarHandlesOp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutputs(PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var containers = node.Strings("containers");
        var names = node.Strings("shared_names");
        var types = node.Types("dtypes");
        var shapes = node.Shapes("shapes");
        if (new[] { containers.Length, names.Length, types.Length, shapes.Length }.Any(n => n != node.OutputCount))
            throw node.Fail($"containers, shared_names, dtypes and shapes must each have {node.OutputCount} elements");
        var handles = Enumerable.Range(0, node.OutputCount)
            .Select(i => Tensor.Scalar(new ResourceHandle(containers[i], names[i]) { ValueType = types[i], ValueShape = shapes[i] })).ToArray();
        return Kernel.From(context =>
        {
            for (var i = 0; i < handles.Length; i++)
                context.SetOutput(i, handles[i]);
        });
    }
}
