using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The elements of <c>x</c> that are not in <c>y</c>, and where they were.</summary>
[Op("ListDiff")]
internal sealed class ListDiff : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRank(c.Input(0), 1);
        c.WithRank(c.Input(1), 1);
        c.SetOutputs(PartialShape.Vector(-1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => EqualityKernels.Make(node.Type("T", TypeGroups.Real | TypeGroups.String), new Factory()) ?? throw node.NoKernel();

    private readonly struct Factory : IEqualityFactory
    {
        public Kernel Create<T>(IEqualityComparer<T> equality) where T : notnull => Kernel.From(context =>
        {
            var (x, y) = (context.Input(0), context.Input(1));
            if (x.Rank != 1 || y.Rank != 1)
                throw EngineException.InvalidArgument($"x and y should be 1D vectors, not {x.Shape} and {y.Shape}");
            var taken = new HashSet<T>(HashedEquality.Of(equality));
            foreach (var element in y.AsRawSpan<T>())
                taken.Add(element);
            var elements = x.AsRawSpan<T>();
            var kept = new List<long>();
            for (var i = 0; i < elements.Length; i++)
            {
                if (!taken.Contains(elements[i]))
                    kept.Add(i);
            }
            var result = context.Allocate(0, kept.Count).AsRawSpan<T>();
            for (var i = 0; i < result.Length; i++)
                result[i] = elements[(int)kept[i]];
            IndexTensor.Write([.. kept], context.Allocate(1, kept.Count));
        });
    }
}
