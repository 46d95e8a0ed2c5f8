using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>The input itself, unless it has an infinity or NaN: then an error with the op's message. The second version tells the signs apart.</summary>
[Op("CheckNumerics", "CheckNumericsV2")]
internal sealed class CheckNumerics : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
        => node.Type("T").IsFloating() ? ElementTypes.Real(node.Type("T"), new Factory(node.String("message"), node.Node.Op == "CheckNumericsV2"))! : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) =>
    [
        g.NewNode(g.Node.Op).Input(g.OutputGradient(0))
            .Attr("message", $"Not a number (NaN) or infinity (Inf) values detected in gradient. {g.Attr("message").AsString()}").Build()[0],
    ];

    private readonly struct Factory(string message, bool signs) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new CheckKernel<T>(message, signs);
    }

    private sealed class CheckKernel<T>(string message, bool signs) : Kernel where T : unmanaged, INumber<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var x = context.Input(0);
            var p = x.Pointer<T>();
            var allFinite = true;
            for (var i = 0L; i < x.Count; i++)
                allFinite &= T.IsFinite(p[i]);
            if (!allFinite)
                throw EngineException.InvalidArgument($"{message} : Tensor had {Found(p, x.Count)} values");
            context.Forward(0, 0);
        }

        private unsafe string Found(T* p, long count)
        {
            bool negative = false, positive = false, nan = false;
            for (var i = 0L; i < count; i++)
            {
                nan |= T.IsNaN(p[i]);
                negative |= T.IsNegativeInfinity(p[i]);
                positive |= T.IsPositiveInfinity(p[i]);
            }
            List<string> kinds = signs
                ? [.. new[] { negative ? "-Inf" : "", positive ? "+Inf" : "", nan ? "NaN" : "" }.Where(k => k.Length > 0)]
                : [.. new[] { negative || positive ? "Inf" : "", nan ? "NaN" : "" }.Where(k => k.Length > 0)];
            return kinds.Count < 2 ? kinds[0] : kinds.Count == 2 ? $"{kinds[0]} and {kinds[1]}" : $"{kinds[0]}, {kinds[1]}, and {kinds[2]}";
        }
    }
}
