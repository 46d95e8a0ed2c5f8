using Engine.Ops.Gemm;
using Engine.Ops.Lanes;

namespace Engine.Ops.Convolution;

/// <summary>Runs of results that go to equally distant places of a line; what falls outside the line is dropped.</summary>
/// <param name="from">The first run.</param>
/// <param name="fromStep">Distance of runs. Vectors may be read beyond the last.</param>
/// <param name="line">The line.</param>
/// <param name="place">The place of the first run, which may be outside.</param>
/// <param name="step">Distance of places, at least the length.</param>
/// <param name="length">Elements of a run.</param>
/// <param name="limit">Elements of the line.</param>
internal readonly unsafe struct SpreadRuns(float* from, long fromStep, float* line, long place, long step, int length, long limit)
{
    /// <summary>Copies runs.</summary>
    public void Copy<W, V>(long count)
        where W : struct, IFloatLanes<V, float>
    {
        long end = Math.Min(limit, place + (count * step));
        if (length == step && fromStep == step)
        {
            long first = Math.Max(0, place);
            if (first < end)
                new ReadOnlySpan<float>(from + (first - place), checked((int)(end - first))).CopyTo(new Span<float>(line + first, (int)(end - first)));
            return;
        }

        long vectors = (length + W.Count - 1) / W.Count;
        bool overlaps = length == step; // then the next runs overwrite what a vector writes beyond this one
        for (long i = 0; i < count; i++)
        {
            long to = place + (i * step);
            float* source = from + (i * fromStep);
            if (to >= 0 && (overlaps || length % W.Count == 0) && to + (vectors * W.Count) <= end)
            {
                for (long j = 0; j < length; j += W.Count)
                    W.Store(W.Load(ref *source, (nint)j), ref line[to], (nint)j);
            }
            else
            {
                long first = Math.Max(0, -to), last = Math.Min(length, limit - to);
                if (first < last)
                    PanelPacking.CopyRun(source + first, line + to + first, (int)(last - first));
            }
        }
    }

    /// <summary>Writes sums of runs and the residual of the line, after the activation.</summary>
    public void Add(long count, float* residual, TileActivation activation)
    {
        for (long i = 0; i < count; i++)
        {
            long to = place + (i * step), end = Math.Min(length, limit - to);
            for (long j = Math.Max(0, -to); j < end; j++)
            {
                float sum = from[(i * fromStep) + j] + residual[to + j];
                line[to + j] = sum < activation.Low ? activation.Low : sum > activation.High ? activation.High : sum;
            }

            long first = Math.Max(0, -to);
            if (activation.HasLoop && first < end)
                activation.Apply(line + to + first, end - first);
        }
    }
}
