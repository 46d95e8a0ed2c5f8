using Engine.Ops.Convolution;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The sum of image stacks of as many channels whose other dimensions are broadcast, with an activation.</summary>
internal static unsafe class BroadcastSum
{
    /// <summary>Output 0 = activation(x + y), of rank 4.</summary>
    public static void Compute(KernelContext context, Tensor x, Tensor y, TileActivation activation)
    {
        Shape shape = Traversal.Broadcasting.Shape(x.Shape, y.Shape);
        Tensor output = context.Allocate(0, shape);
        if (output.Count == 0)
            return;
        float* to = output.Pointer<float>();
        long channels = shape[3];
        for (long image = 0; image < shape[0]; image++)
        {
            for (long line = 0; line < shape[1]; line++)
            {
                for (long pixel = 0; pixel < shape[2]; pixel++, to += channels)
                {
                    float* left = Pixel(x, image, line, pixel), right = Pixel(y, image, line, pixel);
                    for (long c = 0; c < channels; c++)
                    {
                        float sum = left[x.Shape[3] == 1 ? 0 : c] + right[y.Shape[3] == 1 ? 0 : c];
                        to[c] = sum < activation.Low ? activation.Low : sum > activation.High ? activation.High : sum;
                    }

                    if (activation.HasLoop)
                        activation.Apply(to, channels);
                }
            }
        }
    }

    private static float* Pixel(Tensor t, long image, long line, long pixel)
    {
        long place = t.Shape[0] == 1 ? 0 : image;
        place = (place * t.Shape[1]) + (t.Shape[1] == 1 ? 0 : line);
        place = (place * t.Shape[2]) + (t.Shape[2] == 1 ? 0 : pixel);
        return t.Pointer<float>() + (place * t.Shape[3]);
    }
}
