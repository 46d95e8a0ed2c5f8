using System.Numerics;
using System.Numerics.Tensors;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Fourier;

/// <summary>What a transform of rows reads and writes.</summary>
internal enum RowForm
{
    /// <summary>Complex numbers to their spectrum.</summary>
    Forward,

    /// <summary>A spectrum to complex numbers.</summary>
    Inverse,

    /// <summary>Real numbers to the first half of their spectrum, which is symmetric.</summary>
    RealForward,

    /// <summary>The first half of a symmetric spectrum to real numbers.</summary>
    RealInverse,
}

/// <summary>
/// Transforms of an array's rows, of one length and form: the tables for it. Inverse ones have their factor. Computed in 64 bits for both types: what is small beside
/// the rest of a spectrum is exact too, as logarithms of it must be.
/// </summary>
internal sealed unsafe class RowTransform<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Longer lines are transformed one by one: side by side they would leave the cache.</summary>
    private const int LongestSideBySide = 4096;

    private readonly bool _isHalved;
    private readonly int _complexLength;
    private readonly RealSplit<double>? _split;
    private readonly LaneTransform<double>? _lanes;
    private readonly Lazy<LineTransform<double>> _line;

    internal RowTransform(RowForm form, int length)
    {
        (Form, Length) = (form, length);
        IsInverse = form is RowForm.Inverse or RowForm.RealInverse;
        bool isReal = form is RowForm.RealForward or RowForm.RealInverse;
        _isHalved = isReal && length % 2 == 0;
        _complexLength = _isHalved ? length / 2 : length;
        _split = _isHalved ? new RealSplit<double>(length) : null;
        _lanes = _complexLength <= LongestSideBySide ? new LaneTransform<double>(_complexLength) : null;
        _line = new(() => new LineTransform<double>(_complexLength));
        InputWidth = form == RowForm.RealForward ? length : form == RowForm.RealInverse ? 2 * (length / 2 + 1) : 2 * length;
        OutputWidth = form == RowForm.RealInverse ? length : form == RowForm.RealForward ? 2 * (length / 2 + 1) : 2 * length;
    }

    internal RowForm Form { get; }

    internal int Length { get; }

    internal bool IsInverse { get; }

    /// <summary>Numbers of the type that a row reads.</summary>
    internal int InputWidth { get; }

    /// <summary>Numbers of the type that a row writes.</summary>
    internal int OutputWidth { get; }

    /// <summary>Transforms rows. Strides are between rows, in numbers of the type. Where the widths are equal, source and target may be the same.</summary>
    internal void Run(WorkerTeam team, T* source, long sourceStride, T* target, long targetStride, long rows)
    {
        int lanes = TransformWidth.Count<double>();
        if (_lanes is null || (rows * 4 <= lanes && FourSteps<double>.Covers(_complexLength)))
        {
            var lines = new Lines(this, source, sourceStride, target, targetStride, rows < team.Threads ? team : null);
            if (rows < team.Threads)
                lines.Invoke(0, rows);
            else
                team.Run(rows, _complexLength * 40L, ref lines);
            return;
        }
        var action = new Groups(this, team, source, sourceStride, target, targetStride, rows);
        TransformWidth.Invoke<double, Groups>(ref action);
    }

    private static void Widen(T* source, double* target, int count)
    {
        if (source != (void*)target)
            TensorPrimitives.ConvertTruncating<T, double>(new ReadOnlySpan<T>(source, count), new Span<double>(target, count));
    }

    private static void Narrow(double* source, T* target, int count)
    {
        if (source != (void*)target)
            TensorPrimitives.ConvertTruncating<double, T>(new ReadOnlySpan<double>(source, count), new Span<T>(target, count));
    }

    /// <summary>Between the array's rows and complex ones of the transform: before it.</summary>
    private void Enter<W, V>(double* x) where W : struct, IFloatLanes<V, double>
    {
        nint count = W.Count;
        if (Form == RowForm.RealInverse && _isHalved)
        {
            _split!.Inverse<W, V>(x);
        }
        else if (Form == RowForm.RealForward && !_isHalved)
        {
            for (long i = Length - 1; i >= 0; i--)
            {
                W.Store(W.Load(in x[i * count], 0), ref x[2 * i * count], 0);
                W.Store(W.Zero, ref x[2 * i * count], count);
            }
        }
        else if (Form == RowForm.RealInverse)
        {
            W.Store(W.Zero, ref *x, count);
            for (long i = Length / 2 + 1; i < Length; i++)
            {
                double* from = x + 2 * (Length - i) * count, to = x + 2 * i * count;
                W.Store(W.Load(in *from, 0), ref *to, 0);
                W.Store(W.Neg(W.Load(in *from, count)), ref *to, count);
            }
        }
    }

    /// <summary>After it.</summary>
    private void Leave<W, V>(double* x) where W : struct, IFloatLanes<V, double>
    {
        if (IsInverse && !_isHalved)
            LaneTransform<double>.Scale<W, V>(x, Length, 1.0 / Length);
        if (Form == RowForm.RealForward && _isHalved)
            _split!.Forward<W, V>(x);
        if (Form == RowForm.RealInverse && !_isHalved)
        {
            for (long i = 1; i < Length; i++)
                W.Store(W.Load(in x[2 * i * W.Count], 0), ref x[i * W.Count], 0);
        }
    }

    private readonly struct Groups(RowTransform<T> plan, WorkerTeam team, T* source, long sourceStride, T* target, long targetStride, long rows) : ILaneAction<double>
    {
        public void Invoke<W, V>() where W : struct, IFloatLanes<V, double>
        {
            var body = new Group<W, V>(plan, source, sourceStride, target, targetStride, rows);
            team.Run((rows + W.Count - 1) / W.Count, 40L * plan._lanes!.Room, ref body);
        }
    }

    /// <summary>As many rows as there are lanes, side by side.</summary>
    private readonly struct Group<W, V>(RowTransform<T> plan, T* source, long sourceStride, T* target, long targetStride, long rows) : IRangeBody
        where W : struct, IFloatLanes<V, double>
    {
        public void Invoke(long start, long end)
        {
            LaneTransform<double> transform = plan._lanes!;
            int lanes = W.Count;
            long size = 2L * lanes * (transform.Room + 1);
            using var work = new Scratch<double>(2 * size);
            using var narrow = new Scratch<T>(sizeof(T) == sizeof(double) ? 0 : (long)lanes * Math.Max(plan.InputWidth, plan.OutputWidth));
            for (long group = start; group < end; group++)
            {
                double* x = work.Pointer;
                long first = group * lanes;
                int count = (int)Math.Min(lanes, rows - first);
                T* from = narrow.Pointer is null ? (T*)x : narrow.Pointer;
                LineBlock<T>.LoadRows(source + first * sourceStride, sourceStride, plan.InputWidth, count, from, lanes);
                Widen(from, x, plan.InputWidth * lanes);
                plan.Enter<W, V>(x);
                x = transform.Run<W, V>(x, x + size, plan.IsInverse);
                plan.Leave<W, V>(x);
                T* to = narrow.Pointer is null ? (T*)x : narrow.Pointer;
                Narrow(x, to, plan.OutputWidth * lanes);
                LineBlock<T>.StoreRows(to, target + first * targetStride, targetStride, plan.OutputWidth, count, lanes);
            }
        }
    }

    /// <summary>Row by row; a team shares the work on each.</summary>
    private readonly struct Lines(RowTransform<T> plan, T* source, long sourceStride, T* target, long targetStride, WorkerTeam? team) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            using var work = new Scratch<double>(2L * (plan._complexLength + 1));
            double* x = work.Pointer;
            for (long row = start; row < end; row++)
            {
                Widen(source + row * sourceStride, x, plan.InputWidth);
                plan.Enter<ScalarLanes<double>, double>(x);
                plan._line.Value.Run(team, x, x, plan.IsInverse);
                plan.Leave<ScalarLanes<double>, double>(x);
                Narrow(x, target + row * targetStride, plan.OutputWidth);
            }
        }
    }
}
