using Engine.Ops.Gemm;
using Engine.Ops.Nn;
using Engine.Runtime;

namespace Engine.Ops.Tests.Nn;

public sealed unsafe class RecurrentStepsTests
{
    private const int Depth = 3;

    public static TheoryData<int, int, int, int, bool> Layers => new()
    {
        { 1, 1, 3, 1, false }, { 5, 3, 7, 1, true }, { 16, 1, 9, 2, false }, { 33, 2, 5, 2, true }, { 64, 4, 8, 3, false }, { 70, 9, 6, 2, true }, { 128, 1, 60, 4, true }, { 150, 8, 12, 2, false },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Lstm(int units, int batch, int steps, int threads, bool masked) => Check(units, batch, steps, threads, masked, isLstm: true);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gru(int units, int batch, int steps, int threads, bool masked) => Check(units, batch, steps, threads, masked, isLstm: false);

    [Fact]
    public void A_cancelled_run_ends()
    {
        using var team = new WorkerTeam(2);
        var weights = new Layer(new Random(1), 64, [0, 1, 2]).Pack();
        var products = new float[1000 * weights.Columns];
        var states = new float[1001 * 64];
        fixed (float* p = products, h = states)
        {
            var run = new RecurrentSteps(weights, p, h, null, null, 1, 1000, new CancellationToken(canceled: true));
            var code = StatusCode.Ok;
            try
            {
                run.Run<RecurrentCells.Gru>(team);
            }
            catch (EngineException e)
            {
                code = e.Code;
            }
            Assert.Equal(StatusCode.Cancelled, code);
        }
    }

    private static void Check(int units, int batch, int steps, int threads, bool masked, bool isLstm)
    {
        var random = new Random(units + (7 * batch));
        // Gates in another order than the kernel's.
        int[] order = isLstm ? [2, 0, 3, 1] : [1, 2, 0];
        var layer = new Layer(random, units, order);
        var weights = layer.Pack();
        float[] x = Floats(random, steps * batch * Depth), first = Floats(random, batch * units), cell = Floats(random, batch * units);
        var mask = new bool[steps * batch];
        for (var i = 0; i < mask.Length; i++)
            mask[i] = !masked || random.Next(3) > 0;
        using var team = new WorkerTeam(threads);
        var states = new float[(steps + 1) * batch * units];
        first.CopyTo(states, 0);
        var (products, blocks) = (new float[steps * batch * weights.Columns], new float[batch * weights.Blocks * weights.Width]);
        fixed (float* input = x, h = states, p = products, from = cell, c = blocks)
        fixed (bool* m = mask)
        {
            weights.ToBlocks(from, c, batch);
            MatrixProduct.Multiply(steps * batch, MatrixView<float>.Dense(input, steps * batch, Depth), weights.Input, p, weights.Columns, false, null, new Epilogue<float>(weights.InputBias));
            var run = new RecurrentSteps(weights, p, h, isLstm ? c : null, masked ? m : null, batch, steps, default);
            if (isLstm)
                run.Run<RecurrentCells.Lstm>(team);
            else
                run.Run<RecurrentCells.Gru>(team);
        }
        var expected = Reference(layer, x, first, cell, mask, batch, steps);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - states[(batch * units) + i]) < 2e-5, $"state {i}: {states[(batch * units) + i]}, not {expected[i]}");
    }

    // The layer step by step as its formula says, in double.
    private static double[] Reference(Layer layer, float[] x, float[] first, float[] cell, bool[] mask, int batch, int steps)
    {
        var (units, gates) = (layer.Units, layer.Order.Length);
        var (h, c, result) = (Array.ConvertAll(first, v => (double)v), Array.ConvertAll(cell, v => (double)v), new double[steps * first.Length]);
        for (var t = 0; t < steps; t++)
        {
            var old = (double[])h.Clone();
            for (var row = 0; row < batch; row++)
            {
                for (var unit = 0; unit < units && mask[(t * batch) + row]; unit++)
                {
                    var (ofInput, ofState) = (new double[gates], new double[gates]);
                    for (var g = 0; g < gates; g++)
                    {
                        var column = (layer.Order[g] * units) + unit;
                        ofInput[g] = layer.InputBias[column] + Enumerable.Range(0, Depth).Sum(k => (double)x[(((t * batch) + row) * Depth) + k] * layer.Input[(k * gates * units) + column]);
                        ofState[g] = layer.StateBias[column] + Enumerable.Range(0, units).Sum(k => old[(row * units) + k] * layer.State[(k * gates * units) + column]);
                    }
                    var i = (row * units) + unit;
                    if (gates == 4)
                    {
                        c[i] = (Sigmoid(ofInput[1] + ofState[1]) * c[i]) + (Sigmoid(ofInput[0] + ofState[0]) * Math.Tanh(ofInput[2] + ofState[2]));
                        h[i] = Sigmoid(ofInput[3] + ofState[3]) * Math.Tanh(c[i]);
                    }
                    else
                    {
                        var z = Sigmoid(ofInput[0] + ofState[0]);
                        h[i] = (z * old[i]) + ((1 - z) * Math.Tanh(ofInput[2] + (Sigmoid(ofInput[1] + ofState[1]) * ofState[2])));
                    }
                }
            }
            h.CopyTo(result, t * h.Length);
        }
        return result;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static float[] Floats(Random random, int count, double scale = 1) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * 2 * scale))];

    private sealed class Layer
    {
        internal Layer(Random random, int units, int[] order)
        {
            var columns = order.Length * units;
            (Units, Order) = (units, order);
            (Input, State) = (Floats(random, Depth * columns), Floats(random, units * columns, 1 / Math.Sqrt(units)));
            (InputBias, StateBias) = (Floats(random, columns), Floats(random, columns));
        }

        internal int Units { get; }

        internal int[] Order { get; }

        internal float[] Input { get; }

        internal float[] State { get; }

        internal float[] InputBias { get; }

        internal float[] StateBias { get; }

        internal RecurrentWeights Pack() => new(
            Tensor.From<float>(Input, new Shape(Depth, Input.Length / Depth)), Tensor.From<float>(State, new Shape(Units, State.Length / Units)), Tensor.From<float>(InputBias),
            Tensor.From<float>(StateBias), Order, Order.Length == 4 ? 4 : 2);
    }
}
