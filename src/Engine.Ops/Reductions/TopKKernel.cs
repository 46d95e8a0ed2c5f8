using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Finds the largest elements of rows.</summary>
/// <param name="attribute">k where it is an attribute, -1 where it is an input.</param>
internal sealed class TopKKernel<T, TIndex>(long attribute) : Kernel where T : unmanaged, INumber<T> where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    public override unsafe void Compute(KernelContext context)
    {
        var input = context.Input(0);
        var k = attribute >= 0 ? attribute : SegmentRows.Scalar(context.Input(1), "k");
        if (k < 0)
            throw EngineException.InvalidArgument($"Need k >= 0, got {k}");
        if (input.Rank < 1)
            throw EngineException.InvalidArgument($"input must be >= 1-D, got shape {input.Shape}");
        var width = input.Shape[-1];
        if (width < k)
            throw EngineException.InvalidArgument($"input must have at least k columns. Had {width}, needed {k}");
        if (width > int.MaxValue)
            throw EngineException.InvalidArgument($"Rows of shape {input.Shape} are too long.");
        var shape = input.Shape.With(-1, k);
        var values = context.Allocate(0, shape);
        var indices = context.Allocate(1, shape);
        if (k == 0)
            return;
        var body = new Rows(input.Pointer<T>(), (int)width, (int)k, values.Pointer<T>(), indices.Pointer<TIndex>());
        context.Workers.Run(input.Count / width, width * 4, ref body);
    }

    // Larger values first; of equal ones, and of NaN which compares with nothing, the first.
    private static bool ComesBefore(T x, int i, T y, int j) => x > y || (!(y > x) && i < j);

    private readonly unsafe struct Rows(T* input, int width, int k, T* values, TIndex* indices) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            var places = new int[k == 1 ? 1 : width];
            for (var row = start; row < end; row++)
            {
                var source = input + row * width;
                if (k == 1)
                    places[0] = First(source);
                else if (k >= width / 8)
                    SortAll(source, places);
                else
                    Select(source, places);
                for (var i = 0; i < k; i++)
                {
                    values[row * k + i] = source[places[i]];
                    indices[row * k + i] = TIndex.CreateTruncating(places[i]);
                }
            }
        }

        private int First(T* source)
        {
            var best = 0;
            for (var i = 1; i < width; i++)
            {
                if (source[i] > source[best])
                    best = i;
            }
            return best;
        }

        private void SortAll(T* source, int[] places)
        {
            for (var i = 0; i < width; i++)
                places[i] = i;
            var from = (nint)source;
            places.AsSpan(0, width).Sort((a, b) =>
            {
                var (x, y) = (((T*)from)[a], ((T*)from)[b]);
                return x > y ? -1 : y > x ? 1 : a.CompareTo(b);
            });
        }

        // A heap of the best so far with the worst of them on top.
        private void Select(T* source, int[] heap)
        {
            var size = 0;
            for (var i = 0; i < width; i++)
            {
                if (size < k)
                {
                    heap[size] = i;
                    SiftUp(source, heap, size++);
                }
                else if (ComesBefore(source[i], i, source[heap[0]], heap[0]))
                {
                    heap[0] = i;
                    SiftDown(source, heap, size);
                }
            }
            for (; size > 1; SiftDown(source, heap, size))
            {
                size--;
                (heap[0], heap[size]) = (heap[size], heap[0]);
            }
        }

        private void SiftUp(T* source, int[] heap, int i)
        {
            while (i > 0)
            {
                var parent = (i - 1) / 2;
                if (!ComesBefore(source[heap[parent]], heap[parent], source[heap[i]], heap[i]))
                    return;
                (heap[i], heap[parent]) = (heap[parent], heap[i]);
                i = parent;
            }
        }

        private void SiftDown(T* source, int[] heap, int size)
        {
            for (var i = 0; ;)
            {
                var child = 2 * i + 1;
                if (child >= size)
                    return;
                if (child + 1 < size && ComesBefore(source[heap[child]], heap[child], source[heap[child + 1]], heap[child + 1]))
                    child++;
                if (!ComesBefore(source[heap[i]], heap[i], source[heap[child]], heap[child]))
                    return;
                (heap[i], heap[child]) = (heap[child], heap[i]);
                i = child;
            }
        }
    }
}
