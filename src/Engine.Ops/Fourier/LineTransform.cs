using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Fourier;

/// <summary>
/// The transform of one line of complex numbers, without a factor, for lines that are long or few. The line is taken for a matrix: its columns are transformed side
/// by side, turned, then its rows (Bailey's four steps). Lengths with a large prime factor become a convolution.
/// </summary>
internal sealed unsafe class LineTransform<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LaneTransform<T>? _whole;
    private readonly FourSteps<T>? _steps;
    private readonly LineTransform<T>? _convolution;
    private readonly T[] _chirp = [];
    private readonly T[] _spectrum = [];
    private readonly int _length;

    internal LineTransform(int length)
    {
        _length = length;
        if (!LaneTransform<T>.IsSmooth(length))
        {
            int room = ChirpSeries.Room(length);
            _convolution = new LineTransform<T>(room);
            (_chirp, _spectrum) = ChirpSeries.Tables<T>(length, room);
        }
        else if (FourSteps<T>.Covers(length))
        {
            _steps = new FourSteps<T>(length);
        }
        else
        {
            _whole = new LaneTransform<T>(length);
        }
    }

    /// <summary>Transforms a line; source and target may be the same.</summary>
    internal void Run(WorkerTeam? team, T* source, T* target, bool inverse)
    {
        if (_steps is not null)
        {
            _steps.Run(team, source, target, inverse);
            return;
        }
        long room = _spectrum.Length / 2;
        using var work = new Scratch<T>(_whole is null ? 2 * room : 4L * _length);
        T* x = work.Pointer;
        long bytes = 2L * _length * sizeof(T);
        Buffer.MemoryCopy(source, x, bytes, bytes);
        if (_whole is not null)
        {
            x = _whole.Run<ScalarLanes<T>, T>(x, x + 2L * _length, inverse);
            Buffer.MemoryCopy(x, target, bytes, bytes);
            return;
        }
        for (long i = 2L * _length; i < 2 * room; i++)
            x[i] = default;
        nint re = inverse ? 1 : 0;
        fixed (T* chirp = _chirp, spectrum = _spectrum)
        {
            ChirpSeries.Multiply<ScalarLanes<T>, T, T>(x, re, chirp, _length);
            _convolution!.Run(team, x, x, inverse);
            ChirpSeries.Multiply<ScalarLanes<T>, T, T>(x, re, spectrum, room);
            _convolution.Run(team, x, x, !inverse);
            ChirpSeries.Multiply<ScalarLanes<T>, T, T>(x, re, chirp, _length);
        }
        Buffer.MemoryCopy(x, target, bytes, bytes);
    }
}
