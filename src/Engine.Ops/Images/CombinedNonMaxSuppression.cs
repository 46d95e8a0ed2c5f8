using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Non-maximum suppression of each class of each image, then the highest scores over all classes.</summary>
[Op("CombinedNonMaxSuppression")]
internal sealed class CombinedNonMaxSuppression : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape boxes = c.Input(0, 4), scores = c.Input(1, 3);
        for (var i = 2; i < 6; i++)
            c.Input(i, 0);
        if (boxes[3] >= 0 && boxes[3] != 4)
            throw c.Fail($"Dimension must be 4 but is {boxes[3]}");
        if (boxes[1] >= 0 && scores[1] >= 0 && boxes[1] != scores[1])
            throw c.Fail($"Dimensions must be equal, but are {boxes[1]} and {scores[1]}");
        if (boxes[2] > 1 && scores[2] >= 0 && boxes[2] != scores[2])
            throw c.Fail("third dimension of boxes must be either 1 or equal to the third dimension of scores");
        var size = c.InputScalar(3) is > 0 and { } total ? total : -1;
        if (size > 0 && c.Attr("pad_per_class").AsBool())
            size = c.InputScalar(2) is > 0 and { } perClass && scores[2] > 0 ? Math.Min(size, perClass * scores[2]) : -1;
        c.SetOutput(0, new PartialShape(boxes[0], size, 4));
        c.SetOutput(1, new PartialShape(boxes[0], size));
        c.SetOutput(2, new PartialShape(boxes[0], size));
        c.SetOutput(3, PartialShape.Vector(boxes[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (perClass, clips) = (node.Bool("pad_per_class"), node.Bool("clip_boxes"));
        return Kernel.From(context => Compute(context, perClass, clips), isSequential: true);
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute(KernelContext context, bool padsPerClass, bool clips)
    {
        var (boxes, scores) = (context.Input(0), context.Input(1));
        if (boxes.Rank != 4 || boxes.Shape[3] != 4)
            throw EngineException.InvalidArgument($"boxes must be [batch, boxes, classes, 4], not {boxes.Shape}");
        if (scores.Rank != 3 || scores.Shape[0] != boxes.Shape[0] || scores.Shape[1] != boxes.Shape[1])
            throw EngineException.InvalidArgument($"scores {scores.Shape} do not go with boxes {boxes.Shape}");
        if (boxes.Shape[2] != 1 && boxes.Shape[2] != scores.Shape[2])
            throw EngineException.InvalidArgument("third dimension of boxes must be either 1 or equal to the third dimension of scores");
        var perClass = SuppressionInputs.Limit(context, 2);
        var total = SuppressionInputs.Limit(context, 3);
        if (perClass <= 0 || total <= 0)
            throw EngineException.InvalidArgument("max_size_per_class and max_total_size must be positive");
        var threshold = SuppressionInputs.UnitInterval(SuppressionInputs.Scalar<float>(context, 4, "iou_threshold"));
        var least = SuppressionInputs.Scalar<float>(context, 5, "score_threshold");
        var size = padsPerClass ? Math.Min(total, perClass * scores.Shape[2]) : total;
        var batch = boxes.Shape[0];
        var outBoxes = context.AllocateZeros(0, new Shape(batch, size, 4)).AsSpan<float>();
        var outScores = context.AllocateZeros(1, new Shape(batch, size)).AsSpan<float>();
        var outClasses = context.AllocateZeros(2, new Shape(batch, size)).AsSpan<float>();
        var counts = context.AllocateZeros(3, Shape.Vector(batch)).AsSpan<int>();
        for (var b = 0; b < batch; b++)
        {
            var best = Candidates(boxes, scores, b, perClass, threshold, least).OrderByDescending(c => c.Score).Take((int)size).ToList();
            counts[b] = best.Count;
            for (var i = 0; i < best.Count; i++)
            {
                var at = (int)((b * size) + i);
                var column = boxes.Shape[2] == 1 ? 0 : best[i].Class;
                var box = boxes.AsSpan<float>().Slice((int)(((((b * boxes.Shape[1]) + best[i].Index) * boxes.Shape[2]) + column) * 4), 4);
                for (var k = 0; k < 4; k++)
                    outBoxes[(at * 4) + k] = clips ? Math.Clamp(box[k], 0, 1) : box[k];
                outScores[at] = best[i].Score;
                outClasses[at] = best[i].Class;
            }
        }
    }

    /// <summary>What is selected of each class of one image.</summary>
    private static unsafe List<(int Class, int Index, float Score)> Candidates(Tensor boxes, Tensor scores, long image, int perClass, float threshold, float least)
    {
        var (count, classes, columns) = ((int)scores.Shape[1], (int)scores.Shape[2], (int)boxes.Shape[2]);
        var all = new List<(int Class, int Index, float Score)>();
        var column = new float[count];
        for (var c = 0; c < classes; c++)
        {
            for (var i = 0; i < count; i++)
                column[i] = scores.Pointer<float>()[(((image * count) + i) * classes) + c];
            var first = boxes.Pointer<float>() + (((image * count * columns) + (columns == 1 ? 0 : c)) * 4);
            foreach (var (index, score) in Suppression.Select(column, new BoxOverlap<float>(first, columns * 4), perClass, threshold, least, 0f))
                all.Add((c, index, score));
        }
        return all;
    }
}
