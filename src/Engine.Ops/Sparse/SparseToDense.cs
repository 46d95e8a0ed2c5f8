using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Sparse;

/// <summary>A dense tensor of a default value with values at the given coordinates.</summary>
[Op("SparseToDense")]
internal sealed class SparseToDense : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.InputAsShape(1);
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String | TypeGroups.QInt8 | TypeGroups.QUInt8 | TypeGroups.Quantized16);
        var validate = node.Bool("validate_indices");
        return Kernel.From(context =>
        {
            var (indices, values, missing) = (context.Input(0), context.Input(2), context.Input(3));
            if (indices.Rank > 2)
                throw EngineException.InvalidArgument($"sparse_indices should be a scalar, vector, or matrix, got shape {indices.Shape}");
            var count = indices.Rank > 0 ? indices.Shape[0] : 1;
            var depth = indices.Rank > 1 ? indices.Shape[1] : 1;
            var dims = IndexTensor.Vector(context.Input(1), "output_shape");
            if (dims.Length != depth)
                throw EngineException.InvalidArgument($"output_shape has incorrect number of elements: {dims.Length} should be: {depth}");
            if (values.Rank > 1 || (values.Rank == 1 && values.Count != count))
                throw EngineException.InvalidArgument($"sparse_values has incorrect shape {values.Shape}, should be [] or [{count}]");
            if (missing.Rank != 0)
                throw EngineException.InvalidArgument("default_value should be a scalar.");
            var shape = new Shape(dims);
            var rows = IndexTensor.Read(indices);
            var offsets = Offsets(rows, (int)count, shape, validate);
            var dense = context.Allocate(0, shape);
            StridedCopy.Fill(context.Workers, missing, dense);
            var action = new Scatter(values, offsets, dense);
            Elements.Dispatch(dense.Type, ref action);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var values = g.Node("GatherNd", g.OutputGradient(0), g.Input(0));
        var all = g.Node("Sum", g.OutputGradient(0), g.Node("Range", g.Int(0), g.Node("Rank", g.OutputGradient(0)), g.Int(1)));
        var taken = g.Node("Sum", values, g.Node("Range", g.Int(0), g.Node("Rank", values), g.Int(1)));
        return [null, null, values, g.Node("Sub", all, taken)];
    }

    private static long[] Offsets(long[] rows, int count, Shape shape, bool validate)
    {
        var rank = shape.Rank;
        var strides = shape.Strides();
        var offsets = new long[count];
        for (var i = 0; i < count; i++)
        {
            var row = rows.AsSpan(i * rank, rank);
            for (var d = 0; d < rank; d++)
            {
                if ((ulong)row[d] >= (ulong)shape[d])
                    throw EngineException.InvalidArgument($"indices[{i}] = [{string.Join(',', row.ToArray())}] is out of bounds: need 0 <= index < {shape}");
                offsets[i] += row[d] * strides[d];
            }
            if (validate && i > 0 && offsets[i] <= offsets[i - 1])
                throw EngineException.InvalidArgument($"indices[{i}] = [{string.Join(',', row.ToArray())}] is {(offsets[i] == offsets[i - 1] ? "repeated" : "out of order")}");
        }
        return offsets;
    }

    private readonly struct Scatter(Tensor values, long[] offsets, Tensor dense) : IElementAction
    {
        public void Invoke<T>()
        {
            if (offsets.Length == 0)
                return;
            ref var from = ref Elements.First<T>(values);
            ref var to = ref Elements.First<T>(dense);
            var step = values.Rank == 0 ? 0 : 1;
            for (var i = 0; i < offsets.Length; i++)
                Unsafe.Add(ref to, (nint)offsets[i]) = Unsafe.Add(ref from, i * step);
        }
    }
}
