using Engine.Runtime;

namespace Engine.Io.Checkpoints;

/// <summary>A tensor of a V2 checkpoint.</summary>
internal sealed class BundleTensor(BundleReader reader, byte[] name, BundleEntry entry) : StoredTensor
{
    internal override DType Type => entry.Type;

    internal override Shape Shape => entry.Shape;

    internal override bool Stores(TensorSlice slice) => entry.Slices.IsEmpty ? slice.IsFull : entry.Slices.Contains(slice);

    internal override Tensor Read(TensorSlice? slice = null, WorkerTeam? workers = null) => reader.Read(entry, name, slice, workers);
}
