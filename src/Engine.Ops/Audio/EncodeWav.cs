using Engine.OpModel;

namespace Engine.Ops.Audio;

/// <summary>Samples, a row per frame, as a WAV file of 16 bits.</summary>
[Op("EncodeWav")]
internal sealed class EncodeWav : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 2);
        c.Input(1, 0);
        c.SetOutput(0, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var (audio, rate) = (context.Input(0), context.Input(1));
        if (audio.Rank != 2)
            throw EngineException.InvalidArgument($"audio must be 2-dimensional, got {audio.Shape}");
        if (rate.Rank != 0)
            throw EngineException.InvalidArgument($"Input sample_rate should be a scalar tensor, got {rate.Shape} instead.");
        if (rate.Item<int>() <= 0)
            throw EngineException.InvalidArgument($"sample_rate must be in (0, 2^32), got: {rate.Item<int>()}");
        if (audio.Shape[1] is < 1 or > ushort.MaxValue)
            throw EngineException.InvalidArgument($"num_channels must be in (0, 2^16), got: {audio.Shape[1]}");
        context.MoveOutput(0, Tensor.Scalar(WavClip.Encode(audio.AsSpan<float>(), (uint)rate.Item<int>(), (int)audio.Shape[1])));
    });
}
