using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Fourier;

/// <summary>Transforms of complex arrays along a dimension that is not the last, in place; inverse ones have their factor.</summary>
internal sealed unsafe class ColumnTransform<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LongestSideBySide = 8192;

    private readonly LaneTransform<T>? _lanes;
    private readonly LineTransform<T>? _line;

    internal ColumnTransform(int length, bool inverse)
    {
        (Length, IsInverse) = (length, inverse);
        if (length <= LongestSideBySide)
            _lanes = new LaneTransform<T>(length);
        else
            _line = new LineTransform<T>(length);
    }

    internal int Length { get; }

    internal bool IsInverse { get; }

    /// <summary>Transforms along the middle one of three dimensions.</summary>
    internal void Run(WorkerTeam team, T* values, long outer, long inner)
    {
        var action = new Groups(this, team, values, outer, inner);
        if (_lanes is null)
            new Group<ScalarLanes<T>, T>(this, values, inner, team).Invoke(0, outer * inner);
        else
            TransformWidth.Invoke<T, Groups>(ref action);
    }

    private readonly struct Groups(ColumnTransform<T> plan, WorkerTeam team, T* values, long outer, long inner) : ILaneAction<T>
    {
        public void Invoke<W, V>() where W : struct, IFloatLanes<V, T>
        {
            var body = new Group<W, V>(plan, values, inner, null);
            team.Run(outer * ((inner + W.Count - 1) / W.Count), 40L * plan._lanes!.Room, ref body);
        }
    }

    private readonly struct Group<W, V>(ColumnTransform<T> plan, T* values, long inner, WorkerTeam? team) : IRangeBody where W : struct, IFloatLanes<V, T>
    {
        public void Invoke(long start, long end)
        {
            long size = 2L * W.Count * (plan._lanes?.Room ?? plan.Length), groups = (inner + W.Count - 1) / W.Count;
            T factor = T.CreateTruncating(1.0 / plan.Length);
            using var work = new Scratch<T>(2 * size);
            for (long group = start; group < end; group++)
            {
                T* x = work.Pointer;
                long column = group % groups * W.Count;
                int count = (int)Math.Min(W.Count, inner - column);
                T* first = values + 2 * (group / groups * plan.Length * inner + column);
                LineBlock<T>.LoadColumns<W, V>(first, 2 * inner, plan.Length, count, x);
                if (plan._lanes is { } lanes)
                    x = lanes.Run<W, V>(x, x + size, plan.IsInverse);
                else
                    plan._line!.Run(team, x, x, plan.IsInverse);
                if (plan.IsInverse)
                    LaneTransform<T>.Scale<W, V>(x, plan.Length, factor);
                LineBlock<T>.StoreColumns<W, V>(x, first, 2 * inner, plan.Length, count);
            }
        }
    }
}
