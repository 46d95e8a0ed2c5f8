using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Slices of a resource variable by index tuples.</summary>
[Op("ResourceGatherNd")]
internal sealed class ResourceGatherNd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        return ElementTypes.Move(type, new Factory(type));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var indices = g.Input(1);
        var shape = g.NewNode("VariableShape").Input(g.Input(0)).Attr("out_type", indices.Type).Build()[0];
        if (indices.Shape.Rank == 2 && indices.Shape[-1] == 1)
        {
            var rows = g.NewNode("Squeeze").Input(indices).Attr("squeeze_dims", AttrValue.List(-1L)).Build()[0];
            return [Graphs.Gradient.Slices(g.OutputGradient(0), rows, shape), null];
        }
        return [g.NewNode("ScatterNd").Input(indices).Input(g.OutputGradient(0)).Input(shape).Build()[0], null];
    }

    private readonly struct Factory(DType type) : IMoveFactory
    {
        public Kernel Create<T>() => new GatherKernel<T>(type);
    }

    private sealed class GatherKernel<T>(DType type) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            using var value = VariableTarget.Find(context, isReference: false, type).Read();
            var indices = context.Input(1);
            var places = IndexTuples.Resolve(value.Shape, indices, null, out var slice);
            var result = context.Allocate(0, indices.Shape.Slice(0, indices.Rank - 1).Concat(value.Shape.Slice((int)indices.Shape[-1])));
            ReadOnlySpan<T> source = value.AsRawSpan<T>();
            var target = result.AsRawSpan<T>();
            for (var i = 0; i < places.Length; i++)
                source.Slice((int)places[i], slice).CopyTo(target.Slice(i * slice, slice));
        }
    }
}
