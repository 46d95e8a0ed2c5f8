using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>
/// The functions of <c>np.random</c>. A <c>RandomState</c> with a seed gives numpy's own numbers; <c>default_rng</c> gives numbers of the same
/// distributions, but others than numpy's newer generator.
/// </summary>
internal static class RandomFunctions
{
    internal static FunctionTable Create(MersenneTwister generator)
    {
        var table = new FunctionTable();
        table.Add("rand", "*shape", a => Draw(Arguments.ToShape(a["shape"] ?? new List<object?>()), generator.Uniform));
        table.Add("randn", "*shape", a => Draw(Arguments.ToShape(a["shape"] ?? new List<object?>()), generator.Gauss));
        table.Add("random random_sample ranf sample", "size dtype", a => Casting.To(Draw(Size(a), generator.Uniform), a.Type() ?? NumpyType.Float64));
        table.Add("uniform", "low high size", a => Draw(a, "low", 0, "high", 1, (low, high) => low + (high - low) * generator.Uniform()));
        table.Add("normal", "loc scale size", a => Draw(a, "loc", 0, "scale", 1, (mean, deviation) => mean + deviation * generator.Gauss()));
        table.Add("standard_normal", "size dtype", a => Casting.To(Draw(Size(a), generator.Gauss), a.Type() ?? NumpyType.Float64));
        table.Add("lognormal", "mean sigma size", a => Draw(a, "mean", 0, "sigma", 1, (mean, sigma) => Math.Exp(mean + sigma * generator.Gauss())));
        table.Add("exponential", "scale size", a => Draw(a, "scale", 1, "none", 0, (scale, _) => -scale * Math.Log(1 - generator.Uniform())));
        table.Add("standard_exponential", "size", a => Draw(Size(a), () => -Math.Log(1 - generator.Uniform())));
        table.Add("laplace", "loc scale size", a => Draw(a, "loc", 0, "scale", 1, (mean, scale) => Laplace(generator.Uniform(), mean, scale)));
        table.Add("poisson", "lam size", a => Casting.To(Draw(a, "lam", 1, "none", 0, (rate, _) => Poisson(generator, rate)), NumpyType.Int64));
        table.Add("binomial", "n p size", a => Casting.To(Draw(a, "n", 1, "p", 0.5, (n, p) => Enumerable.Range(0, (int)Math.Min(n, 1e6)).Count(_ => generator.Uniform() < p)), NumpyType.Int64));
        table.Add("randint integers", "low high size dtype endpoint", a => Integers(generator, a));
        table.Add("random_integers", "low high size", a => Integers(generator, a, isClosed: true));
        table.Add("choice", "a size replace p", a => Choice(generator, a));
        table.Add("seed", "seed", a =>
        {
            generator.Seed(unchecked((uint)a.Integer("seed", 0)));
            return null;
        });
        table.Add("permutation", "x", a => Permutation(generator, a["x"]));
        table.Add("bytes", "length", a => Enumerable.Range(0, (int)Math.Clamp(a.Integer("length"), 0, 1 << 26)).Select(_ => (byte)generator.Next()).ToArray());
        table.Add("RandomState default_rng", "seed", a => NumpyModule.Generator(Create(a.Has("seed") ? new MersenneTwister(unchecked((uint)a.Integer("seed"))) : new MersenneTwister())));
        return table;
    }

    private static long[] Size(Arguments a) => a.Has("size") ? Arguments.ToShape(a["size"]) : [];

    private static NdArray Draw(long[] shape, Func<double> next)
    {
        var data = new double[NdArray.CountOf(shape)];
        for (var i = 0L; i < data.LongLength; i++)
            data[i] = next();
        return NdArray.Of(NumpyType.Float64, shape, data);
    }

    // Parameters may be arrays.
    private static NdArray Draw(Arguments a, string first, double missing, string second, double missingToo, Func<double, double, double> next)
    {
        var x = Casting.To(a.Has(first) ? a.Array(first) : NdArray.Scalar(missing), NumpyType.Float64);
        var y = Casting.To(a.Has(second) ? a.Array(second) : NdArray.Scalar(missingToo), NumpyType.Float64);
        var shape = a.Has("size") ? Size(a) : Broadcasting.Common(x.Shape, y.Shape);
        var (p, q) = (Broadcasting.Places(x.Shape, shape), Broadcasting.Places(y.Shape, shape));
        var i = 0L;
        return Draw(shape, () =>
        {
            var value = next(x.Floats[p[i]], y.Floats[q[i]]);
            i++;
            return value;
        });
    }

    private static double Laplace(double u, double mean, double scale) => u >= 0.5 ? mean - scale * Math.Log(2 - u - u) : mean + scale * Math.Log(u + u);

    private static double Poisson(MersenneTwister generator, double rate)
    {
        if (rate > 500)
            return Math.Max(0, Math.Round(rate + Math.Sqrt(rate) * generator.Gauss()));
        var limit = Math.Exp(-rate);
        var count = 0;
        for (var product = generator.Uniform(); product > limit; product *= generator.Uniform())
            count++;
        return count;
    }

    private static NdArray Integers(MersenneTwister generator, Arguments a, bool isClosed = false)
    {
        var type = a.Type() ?? NumpyType.Int64;
        var (low, high) = a.Has("high") ? (a.Integer("low"), a.Integer("high")) : (isClosed ? 1 : 0, a.Integer("low"));
        if (!isClosed && !a.Switch("endpoint"))
            high--;
        if (high < low)
            throw PythonException.Value("low >= high");
        var data = new long[NdArray.CountOf(Size(a))];
        for (var i = 0L; i < data.LongLength; i++)
            data[i] = low + (long)generator.Bounded((ulong)(high - low));
        return Casting.To(NdArray.Of(NumpyType.Int64, Size(a), data), type);
    }

    private static NdArray Choice(MersenneTwister generator, Arguments a)
    {
        var from = a["a"] is BigInteger or bool ? Creation.Numbers(0, 1, a.Integer("a")) : a.Array("a");
        if (from.Rank != 1 || from.Count == 0)
            throw PythonException.Value("'a' cannot be empty unless no samples are taken");
        var shape = Size(a);
        var count = NdArray.CountOf(shape);
        if (a.Has("p"))
        {
            var sums = Casting.To((NdArray)NumpyModule.Root.Call("cumsum", a["p"])!, NumpyType.Float64).Floats;
            if (sums.LongLength != from.Count)
                throw PythonException.Value("'a' and 'p' must have same size");
            var drawn = new long[count];
            for (var i = 0L; i < count; i++)
            {
                var u = generator.Uniform() * sums[^1];
                drawn[i] = Math.Min(from.Count - 1, Array.FindIndex(sums, s => s > u) is >= 0 and var found ? found : from.Count - 1);
            }
            return from.Gather(drawn, shape);
        }
        if (!a.Switch("replace", true))
        {
            if (count > from.Count)
                throw PythonException.Value("Cannot take a larger sample than population when 'replace=False'");
            return from.Gather([.. Order(generator, from.Count).Take((int)count)], shape);
        }
        var places = new long[count];
        for (var i = 0L; i < count; i++)
            places[i] = (long)generator.Bounded((ulong)(from.Count - 1));
        return from.Gather(places, shape);
    }

    private static NdArray Permutation(MersenneTwister generator, object? x)
    {
        var array = x is BigInteger n ? Creation.Numbers(0, 1, (long)n) : ArrayMaker.Make(x);
        return Joining.Take(array, Order(generator, array.Shape[0]), 0);
    }

    private static long[] Order(MersenneTwister generator, long count)
    {
        var order = Creation.Numbers(0, 1, count).Integers;
        for (var i = count - 1; i > 0; i--)
        {
            var j = (long)generator.Bounded((ulong)i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
