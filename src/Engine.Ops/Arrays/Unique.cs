using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>
/// The different elements of a vector, or slices along an axis, in the order of their first occurrence; for each element the number of its like;
/// and, in the ops with counts, how often each occurs.
/// </summary>
[Op("Unique", "UniqueV2", "UniqueWithCounts", "UniqueWithCountsV2")]
internal sealed class Unique : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        c.SetOutputs(PartialShape.Vector(-1));
        if (c.InputCount == 1)
        {
            c.SetOutput(1, c.WithRank(input, 1));
            return;
        }
        if (c.InputTensor(1) is not { } t || !input.HasRank)
        {
            c.SetOutput(0, input.HasRank ? PartialShape.OfRank(input.Rank) : PartialShape.Unknown);
            return;
        }
        if (Axis(t, input.Rank) is not { } axis)
        {
            c.SetOutput(1, c.WithRank(input, 1));
            return;
        }
        c.SetOutput(0, input.With(axis, -1));
        c.SetOutput(1, PartialShape.Vector(input[axis]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T", TypeGroups.Real | TypeGroups.Bool | TypeGroups.String);
        return EqualityKernels.Make(type, new Factory()) ?? throw node.NoKernel();
    }

    private static int? Axis(Tensor axis, int rank)
    {
        if (axis.Rank != 1)
            throw EngineException.InvalidArgument($"axis expects a 1D vector, got shape {axis.Shape}");
        return IndexTensor.Read(axis) switch
        {
            [] => null,
            [var a] => IndexTensor.Axis(a, rank),
            _ => throw EngineException.InvalidArgument("axis does not support input tensors larger than 1 elements"),
        };
    }

    private readonly struct Factory : IEqualityFactory
    {
        public Kernel Create<T>(IEqualityComparer<T> equality) where T : notnull => Kernel.From(context => Run(context, equality));
    }

    private static void Run<T>(KernelContext context, IEqualityComparer<T> equality) where T : notnull
    {
        var input = context.Input(0);
        var axis = context.InputCount > 1 ? Axis(context.Input(1), input.Rank) : null;
        if (axis is null && input.Rank != 1)
            throw EngineException.InvalidArgument($"unique expects a 1D vector, got shape {input.Shape}");
        var d = axis ?? 0;
        var (outer, inner) = (input.Shape.CountOf(0, d), input.Shape.CountOf(d + 1, input.Rank));
        var count = checked((int)Math.Min(input.Shape[d], Array.MaxLength));
        if (count != input.Shape[d])
            throw EngineException.InvalidArgument($"unique does not support input tensors larger than {Array.MaxLength} elements");
        var number = new long[count];
        var first = outer == 1 && inner == 1 ? OfElements(input.AsRawSpan<T>(), number, equality) : OfSlices(input, count, outer, inner, number, equality);

        var result = context.Allocate(0, input.Shape.With(d, first.Count));
        for (var i = 0; i < first.Count && result.Count > 0; i++)
            StridedCopy.Run(context.Workers, [outer, inner], input, first[i] * inner, [count * inner, 1], result, i * inner, [first.Count * inner, 1]);
        IndexTensor.Write(number, context.Allocate(1, count));
        if (context.OutputCount < 3)
            return;
        var counts = new long[first.Count];
        foreach (var n in number)
            counts[n]++;
        IndexTensor.Write(counts, context.Allocate(2, first.Count));
    }

    private static List<int> OfElements<T>(ReadOnlySpan<T> elements, long[] number, IEqualityComparer<T> equality) where T : notnull
    {
        var seen = new Dictionary<T, int>(HashedEquality.Of(equality));
        var first = new List<int>();
        for (var i = 0; i < elements.Length; i++)
        {
            if (!seen.TryGetValue(elements[i], out var n))
            {
                seen[elements[i]] = n = first.Count;
                first.Add(i);
            }
            number[i] = n;
        }
        return first;
    }

    private static List<int> OfSlices<T>(Tensor input, int count, long outer, long inner, long[] number, IEqualityComparer<T> equality) where T : notnull
    {
        var seen = new Dictionary<int, int>(new SliceEquality<T>(input, count, outer, inner, equality));
        var first = new List<int>();
        for (var i = 0; i < count; i++)
        {
            if (!seen.TryGetValue(i, out var n))
            {
                seen[i] = n = first.Count;
                first.Add(i);
            }
            number[i] = n;
        }
        return first;
    }

    private sealed class SliceEquality<T>(Tensor input, int count, long outer, long inner, IEqualityComparer<T> equality) : IEqualityComparer<int> where T : notnull
    {
        public bool Equals(int x, int y)
        {
            var elements = input.AsRawSpan<T>();
            for (var o = 0L; o < outer; o++)
            {
                for (var i = 0L; i < inner; i++)
                {
                    if (!equality.Equals(elements[(int)((o * count + x) * inner + i)], elements[(int)((o * count + y) * inner + i)]))
                        return false;
                }
            }
            return true;
        }

        public int GetHashCode(int slice)
        {
            var elements = input.AsRawSpan<T>();
            var hash = new HashCode();
            for (var o = 0L; o < outer; o++)
            {
                for (var i = 0L; i < inner; i++)
                    hash.Add(equality.GetHashCode(elements[(int)((o * count + slice) * inner + i)]));
            }
            return hash.ToHashCode();
        }
    }
}
