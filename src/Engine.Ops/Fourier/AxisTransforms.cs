using System.Numerics;
using Engine.Runtime;

namespace Engine.Ops.Fourier;

/// <summary>Fourier transforms along the axes of an array.</summary>
internal static unsafe class AxisTransforms
{
    /// <summary>Largest length of a transform: one and its tables must fit arrays.</summary>
    private const long MaxLength = 1 << 26;

    /// <summary>Transforms along an axis, in place.</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED for an absurd length.</exception>
    internal static void Run(WorkerTeam workers, Complex* values, Shape shape, int axis, bool inverse)
    {
        long length = shape[axis];
        if (length <= 1 || shape.Count == 0)
            return;
        if (length > MaxLength)
            throw EngineException.ResourceExhausted($"A Fourier transform of length {length} is too large.");
        var body = new Body(values, (int)length, shape.CountOf(axis + 1, shape.Rank), inverse, new FourierTransform((int)length));
        workers.Run(shape.Count / length, length * 20 * (BitOperations.Log2((ulong)length) + 1), ref body);
    }

    private readonly struct Body(Complex* values, int length, long stride, bool inverse, FourierTransform transform) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            var line = new Complex[length];
            for (long i = start; i < end; i++)
            {
                Complex* first = values + i / stride * stride * length + i % stride;
                for (int j = 0; j < length; j++)
                    line[j] = first[j * stride];
                if (inverse)
                    transform.RunConjugate(line);
                else
                    transform.Run(line);
                double factor = inverse ? 1.0 / length : 1;
                for (int j = 0; j < length; j++)
                    first[j * stride] = line[j] * factor;
            }
        }
    }
}
