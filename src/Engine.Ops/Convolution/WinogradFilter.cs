using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>
/// A 3x3 filter in the domain of <see cref="WinogradConvolution"/>: for each of the 36 places of a tile a matrix [input channels, output channels], G g Gᵀ.
/// Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
/// </summary>
internal static unsafe class WinogradFilter
{
    /// <summary>Places of a tile.</summary>
    public const int Places = 36;

    /// <summary>
    /// The polynomials are interpolated at 0, ±P, ±Q and infinity. The usual 1 and 2 double the mean error and quadruple the largest; with these, whose powers are
    /// exact, it is about twice that of sums in order.
    /// </summary>
    public const double P = 0.625;

    /// <summary>See <see cref="P"/>.</summary>
    public const double Q = 1.5;

    private static readonly double[] G = [1 / (P * P * Q * Q), 0, 0, .. Row(P, Q), .. Row(-P, Q), .. Row(Q, P), .. Row(-Q, P), 0, 0, 1];

    /// <summary>Whether filters of these sizes gain: transforms cost as much as few channels would.</summary>
    public static bool Suits(ConvolutionGeometry g)
        => g.Groups == 1 && g.Depth == WindowDimension.Single && Is3(g.Height) && Is3(g.Width) && g.InputChannels % FloatWidth.Count == 0 && g.OutputChannels % FloatWidth.Count == 0
            && g.InputChannels >= MinimumChannels && g.OutputChannels >= MinimumChannels && (g.InputChannels * g.OutputChannels <= MaximumWeights)
            && Math.Min(g.Height.Output, g.Width.Output) >= MinimumSize;

    private const long MinimumChannels = 16;

    // Of larger filters the transform is four times as much to read, for as many pixels as such layers have.
    private const long MaximumWeights = 256 * 256;

    private const long MinimumSize = 10;

    /// <summary>Transforms a filter [3, 3, input channels, output channels], in double, and packs the matrices as groups of one filter.</summary>
    public static FilterPanels Transform(float* filter, long inputs, long outputs)
    {
        long size = inputs * outputs;
        using var transformed = new Scratch<float>(Places * size);
        Span<double> half = stackalloc double[18];
        for (long i = 0; i < inputs; i++)
        {
            for (long o = 0; o < outputs; o++)
            {
                float* g = filter + (i * outputs) + o;
                for (int row = 0; row < 6; row++)
                {
                    for (int column = 0; column < 3; column++)
                        half[(row * 3) + column] = (G[row * 3] * g[column * size]) + (G[(row * 3) + 1] * g[(3 + column) * size]) + (G[(row * 3) + 2] * g[(6 + column) * size]);
                }

                for (int row = 0; row < 6; row++)
                {
                    for (int column = 0; column < 6; column++)
                    {
                        double sum = (half[row * 3] * G[column * 3]) + (half[(row * 3) + 1] * G[(column * 3) + 1]) + (half[(row * 3) + 2] * G[(column * 3) + 2]);
                        transformed.Pointer[(((i * Places) + (row * 6) + column) * outputs) + o] = (float)sum;
                    }
                }
            }
        }

        return new FilterPanels(transformed.Pointer, Places, inputs, outputs);
    }

    private static double[] Row(double point, double other)
    {
        double scale = 1 / (2 * point * point * ((point * point) - (other * other)));
        return [scale, scale * point, scale * point * point];
    }

    private static bool Is3(in WindowDimension d) => d is { Filter: 3, Stride: 1, Dilation: 1 };
}
