using System.Text;
using Engine.Io.Checkpoints;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Io.Ops;

/// <summary>A matrix of a checkpoint with rows and columns in a new order; new ones take given values.</summary>
[Op("LoadAndRemapMatrix")]
internal sealed class LoadAndRemapMatrix : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(2, 1);
        c.Input(3, 1);
        c.SetOutput(0, [c.Attr("num_rows").AsInt(), c.Attr("num_cols").AsInt()]);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (rows, columns) = (node.Int("num_rows"), node.Int("num_cols"));
        if (rows < 0 || columns < 1)
            throw node.Fail("num_rows must be >= 0, num_cols >= 1");
        return new FileKernel(context =>
        {
            var rowMap = Map(context, 2, "row_remapping", rows, mayBeEmpty: false);
            var columnMap = Map(context, 3, "col_remapping", columns, mayBeEmpty: true);
            var name = StringArguments.Single(context, 1, "old_tensor_name");
            using var checkpoint = CheckpointReader.OpenFiles(SavedNames.Prefix(context, 0));
            var text = Encoding.UTF8.GetString(name);
            var found = checkpoint.Find(name) ?? throw EngineException.NotFound($"Key {text} not found in checkpoint");
            if (found.Shape.Rank != 2)
                throw EngineException.InvalidArgument($"Tensor {text} has shape {found.Shape} of invalid rank {found.Shape.Rank} instead of expected shape of rank 2.");
            if (found.Type != DType.Float32)
                throw EngineException.InvalidArgument($"Tensor {text} is {found.Type.Name()}, not float");
            if (columnMap.Length == 0 && found.Shape[1] != columns)
                throw EngineException.InvalidArgument($"Tensor {text} has {found.Shape[1]} columns, but num_cols is {columns} and there is no col_remapping");
            if (rowMap.FirstOrDefault(r => r >= found.Shape[0], -1) is var beyond and >= 0)
                throw EngineException.Internal($"Extent in dimension 0 out of bounds: shape = {found.Shape}, row {beyond}");
            if (columnMap.FirstOrDefault(c => c >= found.Shape[1], -1) is var outside and >= 0)
                throw EngineException.InvalidArgument($"Old column {outside} is beyond the {found.Shape[1]} columns of tensor {text}");
            using var matrix = checkpoint.Read(name);
            Fill(context, matrix, rowMap, columnMap, columns);
        });
    }

    private static void Fill(KernelContext context, Tensor matrix, long[] rowMap, long[] columnMap, long columns)
    {
        var old = matrix.AsSpan<float>();
        var (width, height) = ((int)columns, rowMap.Length);
        var initial = context.Input(4).AsSpan<float>();
        var output = context.Allocate(0, height, columns).AsSpan<float>();
        var next = 0;
        for (var r = 0; r < height; r++)
        {
            var row = output.Slice(r * width, width);
            for (var c = 0; c < width; c++)
            {
                var from = columnMap.Length == 0 ? c : columnMap[c];
                if (rowMap[r] >= 0 && from >= 0)
                    row[c] = old[(int)(rowMap[r] * matrix.Shape[1] + from)];
                else if (next < initial.Length)
                    row[c] = initial[next++];
                else
                    throw EngineException.InvalidArgument($"initializing_values contained {initial.Length} elements, but more missing values remain.");
            }
        }
        if (next != initial.Length)
            throw EngineException.InvalidArgument($"initializing_values contained {initial.Length} elements, but only {next} elements were used to fill in missing values.");
    }

    private static long[] Map(KernelContext context, int input, string what, long size, bool mayBeEmpty)
    {
        var map = IndexTensor.Vector(context.Input(input), what);
        if (map.Length != size && !(mayBeEmpty && map.Length == 0))
            throw EngineException.InvalidArgument($"Size of {what} is {map.Length} instead of being equal to {size}");
        var seen = new Dictionary<long, int>();
        for (var i = 0; i < map.Length; i++)
        {
            if (map[i] >= 0 && !seen.TryAdd(map[i], i))
                throw EngineException.Unimplemented($"Old ID {map[i]} is mapped to both new ID {seen[map[i]]} and {i}, which is not supported.");
        }
        return map;
    }
}
