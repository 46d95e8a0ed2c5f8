using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Scans slices of a tensor along a dimension.</summary>
internal readonly unsafe struct ScanRange<TStep, T>(T* x, T* y, long length, long inner, bool exclusive, bool reverse) : IRangeBody
    where TStep : struct, IScanStep<T> where T : unmanaged
{
    public void Invoke(long start, long end)
    {
        for (var i = start; i < end; i++)
            Slice(x + i * length * inner, y + i * length * inner);
    }

    // Rows of the inner dimensions are scanned side by side: the row before is the state.
    private void Slice(T* source, T* result)
    {
        if (inner == 1)
        {
            Line(source, result);
            return;
        }
        for (var k = 0L; k < length; k++)
        {
            var row = (reverse ? length - 1 - k : k) * inner;
            var before = reverse ? row + inner : row - inner;
            for (var j = 0L; j < inner; j++)
            {
                var state = k == 0 ? TStep.Start : result[before + j];
                if (!exclusive)
                    result[row + j] = TStep.Next(state, source[row + j]);
                else
                    result[row + j] = k == 0 ? state : TStep.Next(state, source[before + j]);
            }
        }
    }

    private void Line(T* source, T* result)
    {
        var state = TStep.Start;
        for (var k = 0L; k < length; k++)
        {
            var i = reverse ? length - 1 - k : k;
            var next = TStep.Next(state, source[i]);
            result[i] = exclusive ? state : next;
            state = next;
        }
    }
}
