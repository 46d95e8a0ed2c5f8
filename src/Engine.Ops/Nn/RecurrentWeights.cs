using System.Runtime.Intrinsics;
using Engine.Ops.Gemm;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// A recurrent layer's weights in the order in which its kernel reads them: a block is one vector of units with all their gates, so that a step's sums for these units
/// are complete when a block has been read once. The last block is filled up with zeros.
/// </summary>
internal sealed unsafe class RecurrentWeights
{
    private readonly float[] recurrent;
    private readonly float[] stateBias;
    private readonly float[]? inputBias;

    /// <summary>Packs the weights of a layer.</summary>
    /// <param name="input">Weights of the input, [depth, gates · units].</param>
    /// <param name="state">Weights of the state, [units, gates · units].</param>
    /// <param name="inputBias">What is added to the product with the input, or null.</param>
    /// <param name="stateBias">What is added to the product with the state, or null.</param>
    /// <param name="order">Where in the columns the gates are, in the order of the kernel.</param>
    /// <param name="joined">How many of the first gates only use the sum of both products, so that their biases can be one.</param>
    internal RecurrentWeights(Tensor input, Tensor state, Tensor? inputBias, Tensor? stateBias, int[] order, int joined)
    {
        Units = (int)state.Shape[0];
        Gates = order.Length;
        Width = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
        Blocks = (Units + Width - 1) / Width;
        var (depth, columns) = (input.Shape[0], (long)Blocks * Gates * Width);
        var ordered = new float[checked(depth * columns)];
        fixed (float* target = ordered)
        {
            for (var k = 0L; k < depth; k++)
                Order(input.Pointer<float>() + (k * Gates * Units), order, target + (k * columns), Gates * Width);
            Input = new PackedMatrix<float>(MatrixView<float>.Dense(target, depth, columns), depth, columns);
        }

        recurrent = Aligned(checked(Units * columns), out var first);
        Recurrent = first;
        for (var k = 0L; k < Units; k++)
            Order(state.Pointer<float>() + (k * Gates * Units), order, first + (k * Gates * Width), (long)Units * Gates * Width);

        this.stateBias = Aligned((long)Blocks * Width, out first);
        StateBias = first;
        if (inputBias is null && stateBias is null)
            return;
        var (ofInput, ofState) = (new float[Gates * Units], new float[Gates * Units]);
        inputBias?.AsSpan<float>().CopyTo(ofInput);
        stateBias?.AsSpan<float>().CopyTo(ofState);
        for (var gate = 0; gate < Gates; gate++)
        {
            for (var unit = 0; unit < Units; unit++)
            {
                var from = (order[gate] * Units) + unit;
                if (gate < joined)
                    ofInput[from] += ofState[from];
                else
                    StateBias[unit] = ofState[from];
            }
        }
        this.inputBias = Aligned(columns, out first);
        InputBias = first;
        fixed (float* source = ofInput)
            Order(source, order, first, Gates * Width);
    }

    internal int Units { get; }

    internal int Gates { get; }

    /// <summary>Units of a block.</summary>
    internal int Width { get; }

    internal int Blocks { get; }

    /// <summary>Weights of the input; columns are [block, gate, unit], as in the products with it.</summary>
    internal PackedMatrix<float> Input { get; }

    /// <summary>Biases in the same order, or null. Like the others, valid as long as this object is reachable.</summary>
    internal float* InputBias { get; }

    /// <summary>Weights of the state, [block, k, gate, unit].</summary>
    internal float* Recurrent { get; }

    /// <summary>The bias of the product with the state that the last gate adds, [block, unit].</summary>
    internal float* StateBias { get; }

    /// <summary>Columns of the products with the input.</summary>
    internal long Columns => (long)Blocks * Gates * Width;

    /// <summary>Rows of units as [block, row, unit], zeros beyond the last unit.</summary>
    internal void ToBlocks(float* rows, float* blocks, long count)
    {
        new Span<float>(blocks, checked((int)(count * Blocks * Width))).Clear();
        for (var row = 0L; row < count; row++)
        {
            for (var unit = 0; unit < Units; unit++)
                blocks[(((unit / Width * count) + row) * Width) + (unit % Width)] = rows[(row * Units) + unit];
        }
    }

    /// <summary>The reverse of <see cref="ToBlocks"/>.</summary>
    internal void FromBlocks(float* blocks, float* rows, long count)
    {
        for (var row = 0L; row < count; row++)
        {
            for (var unit = 0; unit < Units; unit++)
                rows[(row * Units) + unit] = blocks[(((unit / Width * count) + row) * Width) + (unit % Width)];
        }
    }

    // One row of weights, from [gate, unit] to [block, gate, unit] with this distance of blocks.
    private void Order(float* source, int[] order, float* target, long blockStride)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            for (var gate = 0; gate < Gates; gate++)
                target[(unit / Width * blockStride) + (gate * Width) + (unit % Width)] = source[(order[gate] * Units) + unit];
        }
    }

    private static float[] Aligned(long count, out float* first)
    {
        var array = GC.AllocateArray<float>(checked((int)count + 16), pinned: true);
        fixed (float* start = array)
            first = (float*)(((nint)start + 63) & ~63);
        return array;
    }
}
