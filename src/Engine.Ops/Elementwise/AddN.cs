using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Resources;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Sum of tensors of one shape, added from left to right.</summary>
[Op("AddN", "AccumulateNV2")]
internal sealed class AddN : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        for (var i = 1; i < c.InputCount; i++)
            shape = shape.Merge(c.Input(i));
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Variant => new VariantKernel(),
        DType.Float16 => new SumKernel<NarrowLoop2<NumberLoop2<AddV2.Body, float>, Half>, Half>(),
        DType.BFloat16 => new SumKernel<NarrowLoop2<NumberLoop2<AddV2.Body, float>, BFloat16>, BFloat16>(),
        DType.Complex64 => new SumKernel<NumberLoop2<AddV2.Body, float>, float>(2),
        DType.Complex128 => new SumKernel<NumberLoop2<AddV2.Body, double>, double>(2),
        var type => ElementTypes.Real(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradients = new Gradient?[g.InputCount];
        Array.Fill(gradients, g.OutputGradientOrNull(0));
        return gradients;
    }

    private static void CheckShapes(KernelContext context)
    {
        var shape = context.Input(0).Shape;
        for (var i = 1; i < context.InputCount; i++)
        {
            if (!context.Input(i).Shape.Equals(shape))
                throw EngineException.InvalidArgument($"Inputs to operation {context.Node.Op} must have the same size and shape. Input 0: {shape} != input {i}: {context.Input(i).Shape}");
        }
    }

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new SumKernel<NumberLoop2<AddV2.Body, T>, T>();
    }

    // Blocks of the sum stay in the cache while every input is added to them. A complex number is two real ones.
    private sealed class SumKernel<TLoop, T>(int parts = 1) : Kernel where TLoop : struct, IBinaryLoop<T, T> where T : unmanaged
    {
        private const int Block = 4096;

        public override unsafe void Compute(KernelContext context)
        {
            if (context.InputCount == 1)
            {
                context.Forward(0, 0);
                return;
            }
            CheckShapes(context);
            var inputs = new nint[context.InputCount];
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = (nint)context.Input(i).Pointer<T>();
            var sum = context.ForwardOrAllocate(0, 0, context.Input(0).Shape);
            var count = sum.Count * parts;
            var body = new Range(inputs, sum.Pointer<T>(), count);
            context.Workers.Run((count + Block - 1) / Block, Block * inputs.Length, ref body);
        }

        private readonly unsafe struct Range(nint[] inputs, T* sum, long count) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                for (var block = start; block < end; block++)
                {
                    var first = block * Block;
                    var length = (nint)Math.Min(Block, count - first);
                    TLoop.Run(ref ((T*)inputs[0])[first], ref ((T*)inputs[1])[first], ref sum[first], length, false, false);
                    for (var i = 2; i < inputs.Length; i++)
                        TLoop.Run(ref sum[first], ref ((T*)inputs[i])[first], ref sum[first], length, false, false);
                }
            }
        }
    }

    private sealed class VariantKernel : Kernel
    {
        public override void Compute(KernelContext context)
        {
            CheckShapes(context);
            var sum = context.Input(0).ToArray<object>();
            for (var i = 1; i < context.InputCount; i++)
            {
                var other = context.Input(i).AsSpan<object>();
                for (var j = 0; j < sum.Length; j++)
                {
                    sum[j] = sum[j] is IAddableVariant v ? v.Add(other[j])
                        : throw EngineException.InvalidArgument($"A variant of type {sum[j]?.GetType().Name ?? "none"} cannot be added.");
                }
            }
            sum.CopyTo(context.Allocate(0, context.Input(0).Shape).AsSpan<object>());
        }
    }
}
