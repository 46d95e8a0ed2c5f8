using Engine.OpModel;

namespace Engine.Ops.Audio;

/// <summary>The samples of a WAV file, a row per frame; cut, padded with silence, or with the last channel repeated, to the size asked for.</summary>
[Op("DecodeWav")]
internal sealed class DecodeWav : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        var (channels, samples) = (c.Attr("desired_channels").AsInt(), c.Attr("desired_samples").AsInt());
        if (channels < -1 || samples < -1)
            throw c.Fail("desired_channels and desired_samples must be -1 or more");
        c.SetOutput(0, [samples, channels]);
        c.SetOutput(1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (desiredChannels, desiredSamples) = (node.Int("desired_channels"), node.Int("desired_samples"));
        return Kernel.From(context =>
        {
            var contents = context.Input(0);
            if (contents.Rank != 0)
                throw EngineException.InvalidArgument($"contents must be scalar, got shape {contents.Shape}");
            var file = WavFile.Read(contents.Item<byte[]>());
            var channels = desiredChannels == -1 ? file.Channels : desiredChannels;
            var samples = desiredSamples == -1 ? file.Frames : desiredSamples;
            var audio = context.AllocateZeros(0, new Shape(samples, channels)).AsSpan<float>();
            for (var i = 0; i < Math.Min(samples, file.Frames); i++)
            {
                for (var k = 0; k < channels; k++)
                    audio[(int)(i * channels + k)] = file.Sample(i, Math.Min(k, file.Channels - 1));
            }
            context.MoveOutput(1, Tensor.Scalar(file.Rate));
        });
    }
}
