using Engine.Ops.Gemm;

namespace Engine.Ops.Nn;

/// <summary>
/// Images with their channels last, as the kernels want them: the tensor itself, or a transposed copy of one with channels first.
/// </summary>
internal readonly unsafe struct ChannelsLast<T> : IDisposable
    where T : unmanaged
{
    private readonly Scratch<T> _copy;
    private readonly Tensor _tensor;
    private readonly bool _transposed;

    private ChannelsLast(Tensor tensor, bool channelsFirst)
    {
        _tensor = tensor;
        _transposed = channelsFirst;
        _copy = new Scratch<T>(channelsFirst ? tensor.Count : 0);
        Pointer = channelsFirst ? _copy.Pointer : tensor.Pointer<T>();
    }

    /// <summary>The first element.</summary>
    public T* Pointer { get; }

    /// <summary>Images to read.</summary>
    public static ChannelsLast<T> Read(Tensor tensor, bool channelsFirst)
    {
        var images = new ChannelsLast<T>(tensor, channelsFirst);
        if (channelsFirst && tensor.Count > 0)
        {
            long channels = tensor.Shape[1], pixels = tensor.Shape.CountOf(2, tensor.Rank);
            for (long i = 0; i < tensor.Shape[0]; i++)
                Transposition.Copy(tensor.Pointer<T>() + (i * channels * pixels), channels, pixels, pixels, images.Pointer + (i * channels * pixels));
        }

        return images;
    }

    /// <summary>Room for images that <see cref="Store"/> brings to the tensor.</summary>
    public static ChannelsLast<T> Write(Tensor tensor, bool channelsFirst) => new(tensor, channelsFirst);

    /// <summary>Brings what was written to the tensor.</summary>
    public void Store()
    {
        if (!_transposed || _tensor.Count == 0)
            return;
        long channels = _tensor.Shape[1], pixels = _tensor.Shape.CountOf(2, _tensor.Rank);
        for (long i = 0; i < _tensor.Shape[0]; i++)
            Transposition.Copy(Pointer + (i * channels * pixels), pixels, channels, channels, _tensor.Pointer<T>() + (i * channels * pixels));
    }

    public void Dispose() => _copy.Dispose();
}
