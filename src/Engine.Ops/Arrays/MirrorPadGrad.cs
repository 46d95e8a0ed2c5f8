using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>The gradient of MirrorPad: each mirrored element is added to the one it came from.</summary>
[Op("MirrorPadGrad")]
internal sealed class MirrorPadGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        if (!input.HasRank || c.InputTensor(1) is not { } paddings)
        {
            c.SetOutput(0, input.HasRank ? PartialShape.OfRank(input.Rank) : PartialShape.Unknown);
            return;
        }
        var pads = Paddings.Read(paddings, input.Rank);
        var dims = new long[input.Rank];
        for (var d = 0; d < dims.Length; d++)
        {
            dims[d] = input[d] < 0 ? -1 : input[d] - pads[d].Before - pads[d].After;
            if (dims[d] < -1 || (input[d] >= 0 && dims[d] < 0))
                throw c.Fail("paddings exceed the input");
        }
        c.SetOutput(0, new PartialShape(dims));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Number(node.Type("T"), new Factory(node.String("mode") == "REFLECT" ? 1 : 0)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("MirrorPad").Input(g.OutputGradient(0)).Input(g.Input(1)).Attr("mode", g.Attr("mode")).Build()[0], null];

    private readonly struct Factory(int edge) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T>
        {
            var e = edge;
            return Kernel.From(context => Run<T>(context, e));
        }
    }

    private static unsafe void Run<T>(Runtime.KernelContext context, int edge) where T : unmanaged, INumberBase<T>
    {
        var input = context.Input(0);
        var pads = Paddings.Read(context.Input(1), input.Rank);
        var dims = input.Shape.Dims.ToArray();
        for (var d = 0; d < dims.Length; d++)
        {
            dims[d] = pads[d].Before > dims[d] || pads[d].After > dims[d] - pads[d].Before ? -1 : dims[d] - pads[d].Before - pads[d].After;
            // A dimension of nothing has no mirror image: what is added must come from inside.
            if (dims[d] < 0 || pads[d].Before > dims[d] - edge || pads[d].After > dims[d] - edge)
                throw EngineException.InvalidArgument($"Total paddings [{pads[d].Before}, {pads[d].After}] do not fit the mirrored dimension of {input.Shape[d]}");
        }
        var shape = new Shape(dims);
        using var folded = input.Clone();
        var strides = input.Shape.Strides();
        var start = 0L;
        // The outermost dimension first, the opposite of padding; what is folded already is not visited again.
        var box = input.Shape.Dims.ToArray();
        for (var d = 0; d < dims.Length; d++)
        {
            var (before, after) = pads[d];
            var first = start + before * strides[d];
            var end = first + dims[d] * strides[d];
            box[d] = before;
            Add(folded.Pointer<T>(), box, strides, d, start, first + (edge + before - 1) * strides[d], 0);
            box[d] = after;
            Add(folded.Pointer<T>(), box, strides, d, end, end - (1 + edge) * strides[d], 0);
            box[d] = dims[d];
            start = first;
        }
        StridedCopy.Run(context.Workers, dims, folded, start, strides, context.Allocate(0, shape), 0, shape.Strides());
    }

    // Adds a box to another that is walked backwards in dimension "mirrored".
    private static unsafe void Add<T>(T* values, long[] box, long[] strides, int mirrored, long from, long to, int d) where T : unmanaged, INumberBase<T>
    {
        if (d == box.Length)
        {
            values[to] += values[from];
            return;
        }
        for (var i = 0L; i < box[d]; i++)
            Add(values, box, strides, mirrored, from + i * strides[d], d == mirrored ? to - i * strides[d] : to + i * strides[d], d + 1);
    }
}
