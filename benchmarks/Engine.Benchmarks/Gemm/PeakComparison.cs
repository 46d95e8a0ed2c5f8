using System.Diagnostics;
using System.Globalization;

namespace Engine.Benchmarks.Gemm;

/// <summary>Measures the core's multiply-add peak and float32 products in turns, and prints both: best of many short tries, since other programs can only slow them down.</summary>
internal static class PeakComparison
{
    private const int Rounds = 60;

    internal static int Run()
    {
        foreach (var size in new[] { 256, 512, 1024, 2048 })
        {
            using var constant = Product(size, weights: true);
            using var fed = Product(size, weights: false);
            Warm(constant, fed);
            double peak = 0, ofConstant = 0, ofFed = 0;
            for (var round = 0; round < Rounds; round++)
            {
                peak = Math.Max(peak, FmaPeak.Measure(2.0 * size * size * size));
                ofConstant = Math.Max(ofConstant, Measure(constant, size));
                ofFed = Math.Max(ofFed, Measure(fed, size));
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{size}³: peak {peak:F1} GFLOP/s; MatMul by a constant {ofConstant:F1} ({100 * ofConstant / peak:F1} %), of two fed matrices {ofFed:F1} ({100 * ofFed / peak:F1} %)"));
        }
        return 0;
    }

    private static OneNode Product(int size, bool weights) => weights
        ? new((g, x) => g.NewNode("MatMul").Input(x[0]).Input(OneNode.Weights(g, size, size)).Build()[0], 1, OneNode.Random(size, size))
        : new((g, x) => g.NewNode("MatMul").Input(x[0]).Input(x[1]).Build()[0], 1, OneNode.Random(size, size), OneNode.Random(size, size));

    /// <summary>Runs until the runtime has compiled what it found hot: it looks every 100 ms.</summary>
    private static void Warm(OneNode constant, OneNode fed)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            constant.Run();
            fed.Run();
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1);
    }

    private static double Measure(OneNode product, double size)
    {
        var start = Stopwatch.GetTimestamp();
        product.Run();
        return 2 * size * size * size / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }
}
