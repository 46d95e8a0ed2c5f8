using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Pooling;

/// <summary>Gradients of max pooling: they flow to, or come from, the place of each window's largest element.</summary>
internal static unsafe class MaxPoolingGradient
{
    /// <summary>Sums the output's gradient at the places of the largest elements.</summary>
    public static void Compute<T>(PoolingGeometry g, T* input, T* pooled, T* outputGradient, T* inputGradient, WorkerTeam? team)
        where T : unmanaged, INumber<T>
    {
        using var places = new Scratch<long>(g.OutputCount);
        MaxPoolingPlaces<T>.Find(g, input, pooled, places.Pointer, team);
        Clear(inputGradient, g.InputCount);
        if (!NarrowFloats.Is<T>())
        {
            for (long i = 0; i < g.OutputCount; i++)
            {
                if (places.Pointer[i] >= 0)
                    inputGradient[places.Pointer[i]] += outputGradient[i];
            }

            return;
        }

        using var sums = new Scratch<float>(g.InputCount);
        Clear(sums.Pointer, g.InputCount);
        for (long i = 0; i < g.OutputCount; i++)
        {
            if (places.Pointer[i] >= 0)
                sums.Pointer[places.Pointer[i]] += float.CreateTruncating(outputGradient[i]);
        }

        NarrowFloats.Narrow(sums.Pointer, inputGradient, g.InputCount);
    }

    /// <summary>Takes the gradient of the gradient from the places of the largest elements.</summary>
    public static void Gather<T>(PoolingGeometry g, T* input, T* pooled, T* gradient, T* output, WorkerTeam? team)
        where T : unmanaged, INumber<T>
    {
        using var places = new Scratch<long>(g.OutputCount);
        MaxPoolingPlaces<T>.Find(g, input, pooled, places.Pointer, team);
        for (long i = 0; i < g.OutputCount; i++)
            output[i] = places.Pointer[i] >= 0 ? gradient[places.Pointer[i]] : T.Zero;
    }

    private static void Clear<T>(T* values, long count)
        where T : unmanaged
    {
        for (long i = 0; i < count; i++)
            values[i] = default;
    }
}
