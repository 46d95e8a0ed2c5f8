using System.Text;
using Engine.Io.Checkpoints;
using Engine.OpModel;
using Engine.Runtime;

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
            var found = Find(checkpoint, names, types);
            var work = new Reading(found, names, slices, new Tensor?[types.Length], context.Workers);
            work.Run();
            for (var i = 0; i < types.Length; i++)
                context.MoveOutput(i, work.Results[i]!);
        });
    }

    /// <summary>Finds tensors, which must be there with exactly these types.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT, listing all that have another type; NOT_FOUND.</exception>
    internal static StoredTensor[] Find(ICheckpoint checkpoint, byte[][] names, DType[] types)
    {
        var found = new StoredTensor?[names.Length];
        StringBuilder? wrong = null;
        for (var i = 0; i < names.Length; i++)
        {
            found[i] = checkpoint.Find(names[i]);
            if (found[i] is { } tensor && tensor.Type != types[i])
                (wrong ??= new()).Append($"tensor_name = {Encoding.UTF8.GetString(names[i])}; expected dtype {types[i].Name()} does not equal original dtype {tensor.Type.Name()}\n");
        }
        if (wrong is not null)
            throw EngineException.InvalidArgument(wrong.ToString().TrimEnd());
        var missing = Array.IndexOf(found, null);
        return missing < 0 ? found.OfType<StoredTensor>().ToArray() : throw checkpoint.Missing(names[missing]);
    }

    /// <summary>Reads a tensor, or the part that a specification names.</summary>
    internal static Tensor Read(StoredTensor stored, byte[] name, string shapeAndSlice, WorkerTeam? workers = null)
    {
        if (shapeAndSlice.Length == 0)
            return stored.Read(null, workers);
        var (shape, slice) = TensorSlice.ParseSpec(shapeAndSlice);
        if (stored.Shape != shape)
            throw EngineException.InvalidArgument($"tensor_name = {Encoding.UTF8.GetString(name)}; shape in shape_and_slice spec {shape} does not match the shape stored in checkpoint: {stored.Shape}");
        if (stored is BundleTensor && !CanCut(stored.Type) && !stored.Stores(slice))
            throw EngineException.InvalidArgument($"Slices of {stored.Type.Name()} tensors cannot be restored unless they were saved as such.");
        return stored.Read(slice, workers);
    }

    // The types that TensorFlow's restore cuts out of V2 checkpoints; of V1 checkpoints it cuts all.
    private static bool CanCut(DType type) => type is DType.Float32 or DType.Float64 or DType.Int32 or DType.UInt8 or DType.Int16 or DType.Int8 or DType.Complex64
        or DType.Complex128 or DType.Int64 or DType.Bool or DType.QInt32 or DType.QUInt8 or DType.QInt8 or DType.BFloat16 or DType.Int4 or DType.UInt4;

    /// <summary>Large tensors one after the other, each by all workers; then the others, each by one.</summary>
    private readonly struct Reading(StoredTensor[] tensors, byte[][] names, string[] slices, Tensor?[] results, WorkerTeam workers) : IRangeBody
    {
        private const long Large = 32 << 20;

        internal Tensor?[] Results => results;

        internal void Run()
        {
            try
            {
                var rest = 0L;
                for (var i = 0; i < tensors.Length; i++)
                {
                    var bytes = tensors[i].Type.Size() * tensors[i].Shape.Count;
                    if (bytes >= Large)
                        results[i] = Read(tensors[i], names[i], slices[i], workers);
                    else
                        rest += bytes;
                }
                var body = this;
                // A look-up, and a byte or two in a cycle.
                workers.Run(tensors.Length, 1000 + rest / (2 * Math.Max(1, tensors.Length)), ref body);
            }
            catch
            {
                foreach (var t in results)
                    t?.Dispose();
                throw;
            }
        }

        public void Invoke(long start, long end)
        {
            for (var i = start; i < end; i++)
                results[i] ??= Read(tensors[i], names[i], slices[i]);
        }
    }
}
