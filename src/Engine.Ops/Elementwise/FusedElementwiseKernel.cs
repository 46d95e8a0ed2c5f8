using System.Runtime.CompilerServices;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Runs the functions of a chain one after the other over tiles that stay in the first-level cache.</summary>
internal sealed unsafe class FusedElementwiseKernel : Kernel
{
    /// <summary>Elements of all intermediate results of a tile together: 16 kB.</summary>
    private const int TileRoom = 4096;

    private const int LongestTile = 1024;

    private readonly int inputs;
    private readonly long[] pieces;
    private readonly Instruction[] program;
    private readonly int slots;
    private readonly int tile;
    private readonly long cost;
    private StridedRows? last;

    public FusedElementwiseKernel(KernelBuilder node)
    {
        inputs = node.InputCount;
        pieces = node.Ints("pieces");
        var names = node.Strings("functions");
        var operands = node.Ints("operands");
        program = new Instruction[names.Length];
        // A result's place is free again after its last use; results go where something became free, the last one to the output.
        var lastUse = new int[names.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i] < 0)
                lastUse[-1 - operands[i]] = i / 2;
        }
        var place = new int[names.Length];
        var free = new Stack<int>();
        for (var i = 0; i < names.Length; i++)
        {
            var function = ElementwiseFunction.Find(names[i]) ?? throw node.Fail($"There is no element-wise function {names[i]}.");
            cost += function.Cost;
            var (x, y) = (Operand(operands[2 * i]), Operand(operands[(2 * i) + 1]));
            place[i] = i == names.Length - 1 ? -1 : free.TryPop(out var slot) ? slot : slots++;
            program[i] = new(function, x, y, place[i]);
            // Not in place: a single number that is an operand would be overwritten while it is still read.
            for (var k = 0; k < i; k++)
            {
                if (lastUse[k] == i)
                    free.Push(place[k]);
            }
        }
        tile = slots == 0 ? LongestTile : Math.Min(LongestTile, TileRoom / slots / 16 * 16);

        int Operand(long operand) => operand >= 0 ? (int)operand : inputs + place[-1 - operand];
    }

    [SkipLocalsInit]
    public override void Compute(KernelContext context)
    {
        var rows = last;
        var isSame = rows is not null;
        for (var i = 0; i < inputs && isSame; i++)
            isSame = rows!.Shapes[i].Equals(context.Input(i).Shape);
        if (!isSame)
        {
            var shapes = new Shape[inputs];
            for (var i = 0; i < inputs; i++)
                shapes[i] = context.Input(i).Shape;
            last = rows = new StridedRows(shapes, pieces);
        }
        var sources = stackalloc float*[inputs];
        var target = -1;
        for (var i = 0; i < inputs; i++)
        {
            sources[i] = context.Input(i).Pointer<float>() + rows!.Starts[i];
            if (target < 0 && pieces[(2 * i) + 1] == 1 && rows.Shapes[i].Equals(rows.Result) && context.IsExclusive(i))
                target = i;
        }
        var y = (target < 0 ? context.Allocate(0, rows!.Result) : context.ForwardOrAllocate(target, 0, rows!.Result)).Pointer<float>();
        if (rows.Result.Count == 0)
            return;
        var tiles = (rows.RowLength + tile - 1) / tile;
        var body = new Range(this, rows, sources, y, tiles);
        var count = rows.Rows * tiles;
        if (rows.Result.Count * cost < Traversal.Parallel.MinimumCycles)
            body.Invoke(0, count);
        else
            context.Workers.Run(count, Math.Max(1, Math.Min(tile, rows.RowLength) * cost / 8), ref body);
    }

    private readonly record struct Instruction(ElementwiseFunction Function, int X, int Y, int Place);

    private readonly struct Range(FusedElementwiseKernel kernel, StridedRows rows, float** sources, float* y, long tiles) : IRangeBody
    {
        [SkipLocalsInit]
        public void Invoke(long start, long end)
        {
            var room = stackalloc float[TileRoom + 16];
            room = (float*)(((nint)room + 63) & ~63);
            var inputs = kernel.inputs;
            var operands = stackalloc float*[inputs + kernel.slots];
            var scalars = stackalloc bool[inputs + kernel.slots];
            for (var i = 0; i < kernel.slots; i++)
                operands[inputs + i] = room + (i * (nint)kernel.tile);
            for (var i = 0; i < inputs; i++)
                scalars[i] = rows.Steps[i] == 0;
            Span<long> offsets = stackalloc long[inputs];
            long offsetsOf = -1;
            for (var item = start; item < end; item++)
            {
                var row = tiles == 1 ? item : item / tiles;
                var first = tiles == 1 ? 0 : (item - (row * tiles)) * kernel.tile;
                var length = (nint)Math.Min(kernel.tile, rows.RowLength - first);
                if (row != offsetsOf)
                {
                    rows.Offsets(row, offsets);
                    offsetsOf = row;
                }
                for (var i = 0; i < inputs; i++)
                    operands[i] = sources[i] + offsets[i] + (scalars[i] ? 0 : first);
                foreach (ref readonly var instruction in kernel.program.AsSpan())
                {
                    var (xIsScalar, yIsScalar) = (scalars[instruction.X], scalars[instruction.Y]);
                    var isScalar = xIsScalar && yIsScalar;
                    float* z;
                    if (instruction.Place < 0)
                    {
                        z = y + (row * rows.RowLength) + first;
                    }
                    else
                    {
                        z = operands[inputs + instruction.Place];
                        scalars[inputs + instruction.Place] = isScalar;
                    }
                    if (isScalar)
                        instruction.Function.Run(operands[instruction.X], operands[instruction.Y], z, 1, false, false);
                    else
                        instruction.Function.Run(operands[instruction.X], operands[instruction.Y], z, length, xIsScalar, yIsScalar);
                }
            }
        }
    }
}
