using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Changes elements or slices of a variable, chosen by index tuples.</summary>
[Op("ScatterNdAdd", "ScatterNdSub", "ScatterNdMin", "ScatterNdMax", "ScatterNdUpdate",
    "ResourceScatterNdAdd", "ResourceScatterNdSub", "ResourceScatterNdMin", "ResourceScatterNdMax", "ResourceScatterNdUpdate")]
internal sealed class ScatterNdVariable : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.OutputCount > 0)
            c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var isReference = VariableTarget.IsReference(node);
        var type = node.Type("T");
        return RowUpdateKernels.For(node.Node.Op, type, new Maker(isReference, type)) ?? throw node.NoKernel();
    }

    private readonly struct Maker(bool isReference, DType type) : RowUpdateKernels.IMaker
    {
        public Kernel Make<TRows, T>() where TRows : struct, IRowUpdate<T> => new ScatterKernel<TRows, T>(isReference, type);
    }

    private sealed class ScatterKernel<TRows, T>(bool isReference, DType type) : Kernel where TRows : struct, IRowUpdate<T>
    {
        public override void Compute(KernelContext context)
        {
            var variable = VariableTarget.Find(context, isReference, type);
            lock (variable.Gate)
            {
                var places = IndexTuples.Resolve(variable.Value!.Shape, context.Input(1), context.Input(2).Shape, out var slice);
                if (places.Length > 0 && slice > 0)
                {
                    var target = variable.Writable(isReference).AsRawSpan<T>();
                    ReadOnlySpan<T> updates = context.Input(2).AsRawSpan<T>();
                    for (var i = 0; i < places.Length; i++)
                        TRows.Apply(target.Slice((int)places[i], slice), updates.Slice(i * slice, slice));
                }
            }
            VariableTarget.PassReference(context, isReference);
        }
    }
}
