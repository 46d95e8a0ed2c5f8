using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Key and counter for the seeds of a stateless op, and the algorithm where it is asked for.</summary>
[Op("StatelessRandomGetKeyCounter", "StatelessRandomGetKeyCounterAlg")]
internal sealed class StatelessRandomGetKeyCounter : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        Seeds.Check(c, 0);
        c.SetOutput(0, PartialShape.Vector(1));
        c.SetOutput(1, PartialShape.Vector(2));
        if (c.OutputCount > 2)
            c.SetOutput(2, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        Philox generator = Seeds.Read(context.Input(0));
        context.Allocate(0, 1).AsSpan<ulong>()[0] = generator.Key;
        Span<ulong> counter = context.Allocate(1, 2).AsSpan<ulong>();
        counter[0] = (ulong)generator.Counter;
        counter[1] = (ulong)(generator.Counter >> 64);
        if (context.OutputCount > 2)
            context.Allocate(2, Shape.Scalar).AsSpan<int>()[0] = RandomAlgorithm.Philox;
    });
}
