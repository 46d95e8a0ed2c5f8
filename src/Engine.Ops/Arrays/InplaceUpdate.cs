using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>The input with rows replaced, or for <c>InplaceAdd</c> and <c>InplaceSub</c> added to or subtracted from. Row numbers wrap around.</summary>
[Op("InplaceUpdate", "InplaceAdd", "InplaceSub")]
internal sealed class InplaceUpdate : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => node.Node.Op == "InplaceUpdate"
        ? ElementTypes.Move(node.Type("T", TypeGroups.Common), new Replace())
        : ElementTypes.Number(node.Type("T"), new Combine(node.Node.Op == "InplaceSub")) ?? throw node.NoKernel();

    private readonly struct Replace : IMoveFactory
    {
        public Kernel Create<T>() => Kernel.From(Run<T, Scatter.Replace<T>>);
    }

    private readonly struct Combine(bool subtract) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => subtract ? Kernel.From(Run<T, Minus<T>>) : Kernel.From(Run<T, Scatter.Add<T>>);
    }

    private readonly struct Minus<T> : IScalarBody2<T, T> where T : INumberBase<T>
    {
        public static T Invoke(T current, T update) => current - update;
    }

    private static void Run<T, TBody>(KernelContext context) where TBody : struct, IScalarBody2<T, T>
    {
        var (x, i, v) = (context.Input(0), context.Input(1), context.Input(2));
        if (x.Rank == 0 || i.Rank != 1 || v.Rank != x.Rank || v.Shape[0] != i.Count || v.Shape.With(0, 0) != x.Shape.With(0, 0))
            throw EngineException.InvalidArgument($"x {x.Shape}, i {i.Shape} and v {v.Shape} do not fit: i must be a vector, v must have a row of x's shape for each of its elements");
        var result = context.CopyOrForward(0, 0);
        if (v.Count == 0 || result.Count == 0)
            return;
        var to = result.AsRawSpan<T>();
        var from = v.AsRawSpan<T>();
        var (rows, width) = (result.Shape[0], (int)(v.Count / i.Count));
        foreach (var index in i.AsSpan<int>())
        {
            var row = to.Slice((int)(((index % rows) + rows) % rows) * width, width);
            for (var j = 0; j < width; j++)
                row[j] = TBody.Invoke(row[j], from[j]);
            from = from[width..];
        }
    }
}
