using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>The boxes of CropAndResize and its gradients: normalised corners (y1, x1, y2, x2), each in one image of a batch.</summary>
internal readonly unsafe struct CropBoxes
{
    private readonly Tensor boxes;
    private readonly Tensor images;

    private CropBoxes(Tensor boxes, Tensor images)
    {
        this.boxes = boxes;
        this.images = images;
    }

    public long Count => boxes.Shape[0];

    /// <summary>Checks the shapes, and that every image index lies in [0, <paramref name="batch"/>).</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for shapes, OUT_OF_RANGE for indices.</exception>
    public static CropBoxes Of(KernelContext context, int boxesInput, int indexInput, long batch)
    {
        var (boxes, images) = (context.Input(boxesInput), context.Input(indexInput));
        if (boxes.Count == 0 && images.Count == 0)
            return new CropBoxes(Tensor.Allocate(DType.Float32, Shape.Matrix(0, 4)), images);
        if (boxes.Rank != 2 || boxes.Shape[1] != 4)
            throw EngineException.InvalidArgument($"boxes must be a matrix of 4 columns, not {boxes.Shape}");
        if (images.Rank != 1 || images.Count != boxes.Shape[0])
            throw EngineException.InvalidArgument($"box_index must be a vector of {boxes.Shape[0]} elements, not {images.Shape}");
        foreach (var index in images.AsSpan<int>())
        {
            if (index < 0 || index >= batch)
                throw EngineException.OutOfRange($"box_index {index} has values outside [0, {batch})");
        }
        return new CropBoxes(boxes, images);
    }

    /// <summary>Refuses corners that are not finite.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT.</exception>
    public CropBoxes Finite()
    {
        foreach (var corner in boxes.AsSpan<float>())
        {
            if (!float.IsFinite(corner))
                throw EngineException.InvalidArgument("boxes contains at least one element that is not finite");
        }
        return this;
    }

    public int Image(long box) => images.Pointer<int>()[box];

    /// <summary>Where the <paramref name="size"/> samples of a box lie along one axis of an image of <paramref name="length"/> pixels.</summary>
    public CropAxis Axis(long box, int axis, long length, long size)
    {
        var corners = boxes.Pointer<float>() + (box * 4);
        return new CropAxis(corners[axis], corners[axis + 2], length, size);
    }
}
