using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>
/// Moves between a space, [batch, space…, rest…], and its blocks: entry (o, b) of the blocked batch holds the elements at offset o in every block.
/// The space may be smaller than the blocks by margins (paddings or crops).
/// </summary>
internal static class BlockGrid
{
    /// <summary>Non-trivial block dimensions that TensorFlow handles.</summary>
    private const int MaximumDimensions = 4;

    /// <summary>Outputs the blocks of input 0.</summary>
    internal static void ToBatch(KernelContext context, long[] block, (long Before, long After)[] margins)
    {
        var space = context.Input(0);
        Check(space.Shape, block, margins, "paddings");
        var dims = space.Shape.Dims.ToArray();
        var padded = false;
        for (var i = 0; i < block.Length; i++)
        {
            var length = (Int128)margins[i].Before + dims[i + 1] + margins[i].After;
            if (length > long.MaxValue || length % block[i] != 0)
                throw EngineException.InvalidArgument($"padded_shape[{i}]={length} is not divisible by block_shape[{i}]={block[i]}");
            dims[i + 1] = (long)length / block[i];
            dims[0] = Dimensions.Multiply(dims[0], block[i]);
            padded |= margins[i] != (0, 0);
        }
        var shape = new Shape(dims);
        var blocks = padded ? context.AllocateZeros(0, shape) : context.Allocate(0, shape);
        Move(context, space, blocks, block, margins, toBatch: true);
    }

    /// <summary>Outputs the space whose blocks are input 0.</summary>
    internal static void ToSpace(KernelContext context, long[] block, (long Before, long After)[] margins)
    {
        var blocks = context.Input(0);
        Check(blocks.Shape, block, margins, "crops");
        var dims = blocks.Shape.Dims.ToArray();
        for (var i = 0; i < block.Length; i++)
        {
            if (dims[0] % block[i] != 0)
                throw EngineException.InvalidArgument($"Input batch dimension ({blocks.Shape[0]}) is not divisible by product of block sizes");
            dims[0] /= block[i];
            var length = (Int128)Dimensions.Multiply(dims[i + 1], block[i]) - margins[i].Before - margins[i].After;
            if (length < 0)
                throw EngineException.InvalidArgument($"cropped_shape[{i}]={length} must be non-negative");
            dims[i + 1] = (long)length;
        }
        Move(context, context.Allocate(0, new Shape(dims)), blocks, block, margins, toBatch: false);
    }

    private static void Check(Shape shape, long[] block, (long Before, long After)[] margins, string what)
    {
        if (shape.Rank < 1 + block.Length)
            throw EngineException.InvalidArgument($"input rank should be >= {1 + block.Length} instead of {shape.Rank}");
        if (margins.Length != block.Length)
            throw EngineException.InvalidArgument($"{what} should have shape [{block.Length}, 2] instead of [{margins.Length}, 2]");
        var (first, last) = (block.Length, -1);
        for (var i = 0; i < block.Length; i++)
        {
            if (block[i] < 1)
                throw EngineException.InvalidArgument($"All values in block_shape must be positive, got value {block[i]} at index {i}.");
            if (margins[i].Before < 0 || margins[i].After < 0)
                throw EngineException.InvalidArgument($"{what} must be non-negative");
            if (block[i] == 1 && margins[i] == (0, 0))
                continue;
            first = Math.Min(first, i);
            last = i;
        }
        if (last - first + 1 > MaximumDimensions)
            throw EngineException.InvalidArgument($"Maximum number of non-combined block dimensions is {last - first + 1} but must not exceed {MaximumDimensions}");
    }

    private static void Move(KernelContext context, Tensor space, Tensor blocks, long[] block, (long Before, long After)[] margins, bool toBatch)
    {
        if (space.Count == 0 || blocks.Count == 0)
            return;
        var box = blocks.Shape.Dims.ToArray();
        box[0] = space.Shape[0];
        var spaceStrides = space.Shape.Strides();
        var blockStrides = blocks.Shape.Strides();
        var steps = (long[])spaceStrides.Clone();
        for (var i = 0; i < block.Length; i++)
            steps[i + 1] *= block[i];
        Offsets(0, 0, 0, 0);

        // One copy per offset inside the block; of each dimension, only the steps that do not lie in a margin.
        void Offsets(int d, long entry, long inSpace, long inBlocks)
        {
            if (d == block.Length)
            {
                inBlocks += entry * space.Shape[0] * blockStrides[0];
                if (toBatch)
                    StridedCopy.Run(context.Workers, box, space, inSpace, steps, blocks, inBlocks, blockStrides);
                else
                    StridedCopy.Run(context.Workers, box, blocks, inBlocks, blockStrides, space, inSpace, steps);
                return;
            }
            var (length, size, before) = (space.Shape[d + 1], block[d], margins[d].Before);
            for (var o = 0L; o < size; o++)
            {
                // Step j lies at j * size + o - before.
                var first = o >= before ? 0 : (before - o + size - 1) / size;
                var last = Math.Min(blocks.Shape[d + 1] - 1, (length - 1 + before - o) / size);
                if (length - 1 + before - o < 0 || last < first)
                    continue;
                box[d + 1] = last - first + 1;
                Offsets(d + 1, entry * size + o, inSpace + (first * size + o - before) * spaceStrides[d + 1], inBlocks + first * blockStrides[d + 1]);
            }
        }
    }
}
