using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>Arithmetic of the entries of a sparse tensor with a dense one that is broadcast to it.</summary>
[Op("SparseDenseCwiseAdd", "SparseDenseCwiseMul", "SparseDenseCwiseDiv")]
internal sealed class SparseDenseCwise : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(2, 1);
        c.SetOutput(0, PartialShape.Vector(c.Input(0, 2)[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Real(node.Type("T"), new Factory(node.Node.Op)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        if (g.Node.Op == "SparseDenseCwiseAdd")
            throw g.NotDifferentiable();
        // The dense tensor's coordinates of each entry: broadcast dimensions divide to 0, those it does not have are cut off.
        var (indices, values, shape, dense, gradient) = (g.Input(0), g.Input(1), g.Input(2), g.Input(3), g.OutputGradient(0));
        var denseShape = g.ShapeOf(dense, DType.Int64);
        var added = g.Node("Reshape", g.Node("Sub", g.Node("Size", shape), g.Node("Size", denseShape)), g.Ints(1));
        var aligned = g.Concat(0, g.Node("Fill", added, g.Constant(Tensor.Scalar(1L))), denseShape);
        var scaled = g.Node("FloorDiv", indices, g.Node("FloorDiv", shape, aligned));
        var coordinates = g.Node("Slice", scaled, g.Concat(0, g.Ints(0), added), g.Ints(-1, -1));
        var taken = g.Node("GatherNd", dense, coordinates);
        var (forValues, forDense) = g.Node.Op == "SparseDenseCwiseMul"
            ? (g.Node("Mul", gradient, taken), g.Node("Mul", gradient, values))
            : (g.Node("RealDiv", gradient, taken), g.Node("Mul", gradient, g.Node("RealDiv", g.Node("Neg", values), g.Node("Square", taken))));
        return [null, forValues, null, g.Node("SparseTensorDenseAdd", coordinates, forDense, denseShape, g.Node("ZerosLike", dense))];
    }

    private readonly struct Factory(string op) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
        {
            Func<T, T, T> combine = op switch
            {
                "SparseDenseCwiseAdd" => (x, y) => x + y,
                "SparseDenseCwiseMul" => (x, y) => x * y,
                _ => Quotient,
            };
            return Kernel.From(context => Run(context, combine));
        }
    }

    private static T Quotient<T>(T x, T y) where T : INumber<T>
    {
        if (y == T.Zero)
            throw EngineException.InvalidArgument("SparseDenseCwiseDiv cannot divide by zero,but input dense tensor contains zero");
        // The lowest integer has no quotient with -1.
        if (y == -T.One && x != T.Zero && x == -x)
            throw EngineException.InvalidArgument("The quotient of the lowest integer and -1 overflows.");
        return x / y;
    }

    private static unsafe void Run<T>(KernelContext context, Func<T, T, T> combine) where T : unmanaged, INumber<T>
    {
        var (input, dense) = (SparseInput.At(context, 0), context.Input(3));
        input.DenseShape();
        if (input.Rank == 0)
            throw EngineException.InvalidArgument("The sparse tensor must have a dimension at least");
        if (dense.Rank > input.Rank)
            throw EngineException.InvalidArgument($"SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: [{string.Join(',', input.Dims)}] vs. {dense.Shape}");
        var steps = new long[input.Rank];
        var strides = dense.Shape.Strides();
        for (var i = 1; i <= dense.Rank; i++)
        {
            if (dense.Shape[-i] != 1 && dense.Shape[-i] != input.Dims[^i])
                throw EngineException.InvalidArgument($"SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: [{string.Join(',', input.Dims)}] vs. {dense.Shape}");
            steps[^i] = dense.Shape[-i] == 1 ? 0 : strides[^i];
        }
        input.CheckBounds();
        var from = input.Values.AsRawSpan<T>();
        var other = dense.Pointer<T>();
        var result = context.Allocate(0, input.Count).AsRawSpan<T>();
        for (var i = 0; i < result.Length; i++)
        {
            var row = input.Row(i);
            var offset = 0L;
            for (var d = 0; d < row.Length; d++)
                offset += row[d] * steps[d];
            result[i] = combine(from[i], other[offset]);
        }
    }
}
