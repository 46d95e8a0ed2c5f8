using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Several element-wise functions one after the other, as graph optimizers write them: one pass over blocks that stay in the cache.</summary>
[Op("_UnaryOpsComposition")]
internal sealed class UnaryOpsComposition : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var names = node.Strings("op_names");
        if (names.Length == 0)
            throw node.Fail("Unary op composition must have at least one op");
        return node.Type("T") switch
        {
            DType.Float32 => new ComposedKernel<float>(Array.ConvertAll(names, n => Stage<float>(node, n))),
            DType.Float64 => new ComposedKernel<double>(Array.ConvertAll(names, n => Stage<double>(node, n))),
            DType.Float16 => new NarrowKernel(Array.ConvertAll(names, n => Stage<float>(node, n))),
            _ => throw node.NoKernel(),
        };
    }

    private delegate void Loop<T>(ref T source, ref T destination, nint count);

    private static Loop<T> Stage<T>(KernelBuilder node, string name) where T : unmanaged, System.Numerics.INumber<T> => name switch
    {
        "Abs" => NumberLoop<Abs.Body, T>.Run,
        "Acos" => FloatLoop<Acos.Body, T>.Run,
        "Acosh" => FloatLoop<Acosh.Body, T>.Run,
        "Asin" => FloatLoop<Asin.Body, T>.Run,
        "Asinh" => FloatLoop<Asinh.Body, T>.Run,
        "Atan" => FloatLoop<Atan.Body, T>.Run,
        "Atanh" => FloatLoop<Atanh.Body, T>.Run,
        "Ceil" => FloatLoop<Ceil.Body, T>.Run,
        "Cos" => FloatLoop<Cos.Body, T>.Run,
        "Cosh" => FloatLoop<Cosh.Body, T>.Run,
        "Elu" => FloatLoop<Elu.Body, T>.Run,
        "Exp" => FloatLoop<Exp.Body, T>.Run,
        "Expm1" => FloatLoop<Expm1.Body, T>.Run,
        "Floor" => FloatLoop<Floor.Body, T>.Run,
        "Inv" or "Reciprocal" => FloatLoop<Reciprocal.Body, T>.Run,
        "Log" => FloatLoop<Log.Body, T>.Run,
        "Log1p" => FloatLoop<Log1p.Body, T>.Run,
        "Neg" => NumberLoop<Neg.Body, T>.Run,
        "Relu" => NumberLoop<Relu.Body, T>.Run,
        "Relu6" => NumberLoop<Relu6.Body, T>.Run,
        "Rint" or "Round" => FloatLoop<Rint.Body, T>.Run,
        "Rsqrt" => FloatLoop<Rsqrt.Body, T>.Run,
        "Selu" => FloatLoop<Selu.Body, T>.Run,
        "Sigmoid" => FloatLoop<Sigmoid.Body, T>.Run,
        "Sin" => FloatLoop<Sin.Body, T>.Run,
        "Sinh" => FloatLoop<Sinh.Body, T>.Run,
        "Sqrt" => FloatLoop<Sqrt.Body, T>.Run,
        "Square" => NumberLoop<Square.Body, T>.Run,
        "Tan" => FloatLoop<Tan.Body, T>.Run,
        "Tanh" => FloatLoop<Tanh.Body, T>.Run,
        _ => throw node.Fail($"Do not have a compute function registered for op: {name}"),
    };

    private static void RunAll<T>(Loop<T>[] stages, ref T source, ref T destination, nint count)
    {
        stages[0](ref source, ref destination, count);
        for (var i = 1; i < stages.Length; i++)
            stages[i](ref destination, ref destination, count);
    }

    private sealed class ComposedKernel<T>(Loop<T>[] stages) : Kernel where T : unmanaged
    {
        private const int Block = 2048;

        public override unsafe void Compute(KernelContext context)
        {
            var x = context.Input(0);
            var source = x.Pointer<T>();
            var result = context.ForwardOrAllocate(0, 0, x.Shape).Pointer<T>();
            for (var i = 0L; i < x.Count; i += Block)
                RunAll(stages, ref source[i], ref result[i], (nint)Math.Min(Block, x.Count - i));
        }
    }

    // Each op rounds to float16, as it would alone.
    private sealed class NarrowKernel(Loop<float>[] stages) : Kernel
    {
        public override unsafe void Compute(KernelContext context)
        {
            var x = context.Input(0);
            var source = x.Pointer<Half>();
            var result = context.ForwardOrAllocate(0, 0, x.Shape).Pointer<Half>();
            var block = new float[NarrowBlock.Size];
            for (var i = 0L; i < x.Count; i += NarrowBlock.Size)
            {
                var values = block.AsSpan(0, (int)Math.Min(NarrowBlock.Size, x.Count - i));
                NarrowBlock.Widen(ref source[i], values);
                foreach (var stage in stages)
                {
                    stage(ref values[0], ref values[0], values.Length);
                    NarrowBlock.Narrow(values, ref result[i]);
                    NarrowBlock.Widen(ref result[i], values);
                }
            }
        }
    }
}
