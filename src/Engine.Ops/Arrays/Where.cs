using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>The coordinates of the elements that are not zero (true), one row each, in row-major order.</summary>
[Op("Where")]
internal sealed class Where : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, new PartialShape(-1, c.Input(0).Rank));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        return type == DType.Bool ? new Factory().Create<byte>() : ElementTypes.Number(type, new Factory()) ?? throw node.NoKernel();
    }

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => Kernel.From(Run<T>);
    }

    private static unsafe void Run<T>(Runtime.KernelContext context) where T : unmanaged, INumberBase<T>
    {
        var input = context.Input(0);
        if (input.Rank is 0 or > 8)
            throw EngineException.InvalidArgument($"WhereOp : Unhandled input dimensions: {input.Rank}");
        var values = input.Pointer<T>();
        var count = input.Count;
        var found = 0L;
        for (var i = 0L; i < count; i++)
            found += IsZero(values[i]) ? 0 : 1;
        var rank = input.Rank;
        var row = context.Allocate(0, found, rank).Pointer<long>();
        var strides = input.Shape.Strides();
        for (var i = 0L; i < count; i++)
        {
            if (IsZero(values[i]))
                continue;
            var rest = i;
            for (var d = 0; d < rank; d++)
                (row[d], rest) = Math.DivRem(rest, strides[d]);
            row += rank;
        }
    }

    // TensorFlow's threads take denormals for zero; those of float16 are ordinary numbers of the float32 it computes in.
    private static bool IsZero<T>(T value) where T : unmanaged, INumberBase<T> => T.IsZero(value) || (typeof(T) != typeof(Half) && T.IsSubnormal(value));
}
