using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.ControlFlow;

/// <summary>Stands for an argument that is never used: a tensor of the type, of no use.</summary>
[Op("FakeParam")]
internal sealed class FakeParam : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Attr("shape").AsShape());

    public static Kernel CreateKernel(KernelBuilder node)
    {
        // Unknown dimensions are 0: nothing may depend on the contents.
        var shape = node.Shape("shape");
        var dims = shape.Dims.ToArray();
        for (var i = 0; i < dims.Length; i++)
            dims[i] = Math.Max(dims[i], 0);
        var value = Tensor.Zeros(node.Type("dtype"), new Shape(dims));
        return Kernel.From(context => context.SetOutput(0, value));
    }
}
