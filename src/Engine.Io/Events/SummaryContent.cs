namespace Engine.Io.Events;

/// <summary>The value of a summary: one of the records nested here.</summary>
public abstract record SummaryContent
{
    private SummaryContent()
    {
    }

    /// <summary>A number.</summary>
    /// <param name="Value">The number.</param>
    public sealed record Scalar(float Value) : SummaryContent;

    /// <summary>A histogram.</summary>
    /// <param name="Minimum">The smallest value.</param>
    /// <param name="Maximum">The largest value.</param>
    /// <param name="Count">How many values.</param>
    /// <param name="Sum">Their sum.</param>
    /// <param name="SumOfSquares">The sum of their squares.</param>
    /// <param name="Limits">The upper limit of each bucket.</param>
    /// <param name="Counts">The number of values in each bucket.</param>
    public sealed record Histogram(double Minimum, double Maximum, double Count, double Sum, double SumOfSquares, IReadOnlyList<double> Limits, IReadOnlyList<double> Counts) : SummaryContent;

    /// <summary>A picture.</summary>
    /// <param name="Height">Rows.</param>
    /// <param name="Width">Columns.</param>
    /// <param name="Channels">1 gray, 3 RGB, 4 RGBA; others as in TensorFlow.</param>
    /// <param name="Encoded">The picture, usually as PNG.</param>
    public sealed record Image(int Height, int Width, int Channels, byte[] Encoded) : SummaryContent;

    /// <summary>A sound.</summary>
    /// <param name="SampleRate">Frames per second.</param>
    /// <param name="Channels">Samples of a frame.</param>
    /// <param name="Frames">Number of frames.</param>
    /// <param name="ContentType">Usually <c>audio/wav</c>.</param>
    /// <param name="Encoded">The sound.</param>
    public sealed record Audio(float SampleRate, long Channels, long Frames, string ContentType, byte[] Encoded) : SummaryContent;

    /// <summary>A tensor, which the metadata say how to show: everything that TF 2 writes.</summary>
    /// <param name="Value">The tensor.</param>
    public sealed record OfTensor(Tensor Value) : SummaryContent;
}
