using System.Text;
using Engine.Io.Checkpoints;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Reads tensors from a checkpoint, V2 or V1. Whole tensors of fixed-size types are the mapped file's own memory.</summary>
[Op("RestoreV2")]
internal sealed class RestoreV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.Input(1, 1);
        c.Input(2, 1);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var types = node.Types("dtypes");
        return Kernel.From(context =>
        {
            var prefix = SavedNames.Prefix(context, 0);
            var (names, slices) = SavedNames.Read(context, 1, types.Length);
            using var checkpoint = CheckpointReader.OpenFiles(prefix);
            CheckTypes(checkpoint, names, types);
            for (var i = 0; i < types.Length; i++)
                context.MoveOutput(i, Read(checkpoint, names[i], slices[i]));
        });
    }

    /// <summary>Reads a tensor, or the part that a specification names.</summary>
    internal static Tensor Read(ICheckpoint checkpoint, byte[] name, string shapeAndSlice)
    {
        if (shapeAndSlice.Length == 0)
            return checkpoint.Read(name);
        var (shape, slice) = TensorSlice.ParseSpec(shapeAndSlice);
        if (checkpoint.Find(name) is { } found && found.Shape != shape)
            throw EngineException.InvalidArgument($"tensor_name = {Encoding.UTF8.GetString(name)}; shape in shape_and_slice spec {shape} does not match the shape stored in checkpoint: {found.Shape}");
        if (checkpoint is not SliceTableReader && checkpoint.Find(name) is { } stored && !CanCut(stored.Type) && !checkpoint.Stores(name, slice))
            throw EngineException.InvalidArgument($"Slices of {stored.Type.Name()} tensors cannot be restored unless they were saved as such.");
        return checkpoint.Read(name, slice);
    }

    // The types that TensorFlow's restore cuts out of V2 checkpoints; of V1 checkpoints it cuts all.
    private static bool CanCut(DType type) => type is DType.Float32 or DType.Float64 or DType.Int32 or DType.UInt8 or DType.Int16 or DType.Int8 or DType.Complex64
        or DType.Complex128 or DType.Int64 or DType.Bool or DType.QInt32 or DType.QUInt8 or DType.QInt8 or DType.BFloat16 or DType.Int4 or DType.UInt4;

    /// <summary>Checks that tensors are stored with exactly these types.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT, listing all that are not.</exception>
    internal static void CheckTypes(ICheckpoint checkpoint, byte[][] names, DType[] types)
    {
        var wrong = new StringBuilder();
        for (var i = 0; i < types.Length; i++)
        {
            if (checkpoint.Find(names[i]) is { } found && found.Type != types[i])
                wrong.Append($"tensor_name = {Encoding.UTF8.GetString(names[i])}; expected dtype {types[i].Name()} does not equal original dtype {found.Type.Name()}\n");
        }
        if (wrong.Length > 0)
            throw EngineException.InvalidArgument(wrong.ToString().TrimEnd());
    }
}
