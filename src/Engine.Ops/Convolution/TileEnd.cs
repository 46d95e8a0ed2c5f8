namespace Engine.Ops.Convolution;

/// <summary>The end of a convolution: activation(sum * scale + bias + residual).</summary>
/// <param name="scale">One for each output channel; null for ones.</param>
/// <param name="bias">One for each output channel; null for zeros.</param>
/// <param name="residual">Of the output's size; null for nothing.</param>
/// <param name="activation">The activation.</param>
internal readonly unsafe struct TileEnd(float* scale, float* bias, float* residual, TileActivation activation)
{
    public float* Scale { get; } = scale;

    public float* Bias { get; } = bias;

    public float* Residual { get; } = residual;

    public TileActivation Activation { get; } = activation;

    /// <summary>Copies scale and bias of some channels, padded with ones and zeros.</summary>
    public void CopyChannels(long first, long count, long padded, float* scales, float* biases)
    {
        Copy(Scale, 1, first, count, padded, scales);
        Copy(Bias, 0, first, count, padded, biases);
    }

    /// <summary>Finishes the pixels of an image stack one after another; for kernels that compute no tiles.</summary>
    public void Apply(float* x, long pixels, long channels)
    {
        for (long pixel = 0; pixel < pixels; pixel++, x += channels)
        {
            for (long c = 0; c < channels; c++)
            {
                float sum = (x[c] * (Scale == null ? 1 : Scale[c])) + (Bias == null ? 0 : Bias[c]) + (Residual == null ? 0 : Residual[(pixel * channels) + c]);
                x[c] = sum < Activation.Low ? Activation.Low : sum > Activation.High ? Activation.High : sum;
            }

            if (Activation.HasLoop)
                Activation.Apply(x, channels);
        }
    }

    private static void Copy(float* from, float missing, long first, long count, long padded, float* to)
    {
        var all = new Span<float>(to, checked((int)padded));
        all.Fill(missing);
        if (from != null)
            new Span<float>(from + first, (int)count).CopyTo(all);
    }
}
