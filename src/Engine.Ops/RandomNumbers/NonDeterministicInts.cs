using System.Security.Cryptography;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of the system's own generator: never the same twice.</summary>
[Op("NonDeterministicInts")]
internal sealed class NonDeterministicInts : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 0);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.OutputType(0) is not (DType.Int32 or DType.Int64 or DType.UInt32 or DType.UInt64))
            throw node.NoKernel();
        return Kernel.From(context => RandomNumberGenerator.Fill(context.Allocate(0, IndexTensor.Shape(context.Input(0), "shape")).Bytes()));
    }
}
