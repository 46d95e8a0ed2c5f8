using System.Text;
using Engine.Graphs;
using Engine.Io.Protos;
using Engine.OpModel;
using Engine.Ops.Audio;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>A Summary message with the clips of a batch as WAV files. The first version has the sample rate as an attribute.</summary>
[Op("AudioSummary", "AudioSummaryV2")]
internal sealed class AudioSummary : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var limit = node.Int("max_outputs");
        float? fixedRate = node.InputCount < 3 ? node.Float("sample_rate") : null;
        if (limit < 1)
            throw node.Fail("max_outputs must be positive");
        return Kernel.From(context =>
        {
            var (tag, tensor) = (context.Input(0), context.Input(1));
            if (tag.Rank != 0)
                throw EngineException.InvalidArgument("Tag must be a scalar");
            if (fixedRate is null && context.Input(2).Count != 1)
                throw EngineException.InvalidArgument("sample_rate must be a scalar");
            var rate = fixedRate ?? context.Input(2).AsSpan<float>()[0];
            context.MoveOutput(0, Tensor.Scalar(Summarize(tensor, tag.Item<byte[]>(), rate, limit).ToByteArray()));
        });
    }

    /// <summary>The message.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is no batch of clips.</exception>
    internal static Summary Summarize(Tensor tensor, byte[] tag, float rate, long limit)
    {
        if (tensor.Rank is < 2 or > 3)
            throw EngineException.InvalidArgument($"Tensor must be 3-D or 2-D, got: {tensor.Shape}");
        if (!float.IsFinite(rate) || rate <= 0)
            throw EngineException.InvalidArgument("sample_rate must be > 0");
        var channels = tensor.Rank == 3 ? tensor.Shape[2] : 1;
        if (channels == 0 && tensor.Shape[0] > 0)
            throw EngineException.InvalidArgument("num_channels must be positive");
        var (count, frames) = (Math.Min(limit, tensor.Shape[0]), tensor.Shape[1]);
        var summary = new Summary();
        for (var i = 0; i < count; i++)
        {
            using var clip = tensor.Rows(i, 1);
            var audio = new Summary.Types.Audio
            {
                SampleRate = rate,
                NumChannels = channels,
                LengthFrames = frames,
                ContentType = "audio/wav",
                EncodedAudioString = ByteString.CopyFrom(WavClip.Encode(clip.AsSpan<float>(), (uint)rate, (int)channels)),
            };
            summary.Value.Add(new Summary.Types.Value { Tag = ByteString.CopyFrom([.. tag, .. Encoding.UTF8.GetBytes(limit > 1 ? $"/audio/{i}" : "/audio")]), Audio = audio });
        }
        return summary;
    }
}
