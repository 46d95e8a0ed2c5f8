using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>A ragged tensor from a variant, or from variants of its parts, which it stacks.</summary>
[Op("RaggedTensorFromVariant")]
internal sealed class RaggedTensorFromVariant : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (input, output) = (c.Attr("input_ragged_rank").AsInt(), (int)c.Attr("output_ragged_rank").AsInt());
        var encoded = c.Input(0);
        if (input == -1 && encoded.HasRank && encoded.Rank > output)
            throw c.Fail($"output_ragged_rank {output} must be at least the rank of encoded_ragged, {encoded.Rank}");
        if (input >= 0 && encoded.HasRank && encoded.Rank + input != output)
            throw c.Fail($"The rank of encoded_ragged must be output_ragged_rank - input_ragged_rank, {output - input}, not {encoded.Rank}");
        for (var i = 0; i < output; i++)
            c.SetOutput(i, PartialShape.OfRank(1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var values = node.Type("Tvalues", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized | TypeGroups.Quantized16);
        var splits = node.Type("Tsplits");
        var (input, output) = ((int)node.Int("input_ragged_rank"), (int)node.Int("output_ragged_rank"));
        return Kernel.From(context =>
        {
            var encoded = context.Input(0);
            var rank = input == -1 ? output - encoded.Rank : input;
            if (rank < 0 || encoded.Rank + rank != output)
                throw EngineException.InvalidArgument($"output_ragged_rank must be equal to input_ragged_rank + encoded_ragged.dims(); output_ragged_rank: {output}, input_ragged_rank: {rank}, encoded_ragged.dims(): {encoded.Rank}");
            var parts = RaggedVariant.Read(encoded);
            foreach (var part in parts)
                Check(part, rank, splits, values);
            if (encoded.Rank == 0)
                Write(context, parts[0]);
            else
                Stack(context, parts, encoded.Shape, rank, values);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var splits = new Value[g.OutputCount - 1];
        for (var i = 0; i < splits.Length; i++)
            splits[i] = g.Output(i);
        return [g.NewNode("RaggedTensorToVariant").Input(splits).Input(g.OutputGradient(splits.Length)).Attr("batched_input", true)
            .Attr("Tsplits", g.Type("Tsplits")).Build()[0]];
    }

    private static void Check(RaggedVariant part, int rank, DType splits, DType values)
    {
        if (part.Splits.Length != rank)
            throw EngineException.InvalidArgument($"Encoded input RaggedTensorVariant has ragged_rank={part.Splits.Length}.  Expected ragged_rank={rank}.");
        if (part.Values.Type != values)
            throw EngineException.InvalidArgument($"Expected values Tensor dtype: {values.Name()}, found: {part.Values.Type.Name()}");
        if (part.Values.Rank < 1)
            throw EngineException.InvalidArgument("Ragged values must have rank >= 1; encoded scalar element");
        foreach (var s in part.Splits)
        {
            if (s.Type != splits)
                throw EngineException.InvalidArgument($"Expected row_splits Tensor dtype: {splits.Name()}, found: {s.Type.Name()}");
        }
    }

    private static void Write(KernelContext context, RaggedVariant part)
    {
        for (var i = 0; i < part.Splits.Length; i++)
            context.SetOutput(i, part.Splits[i]);
        context.SetOutput(part.Splits.Length, part.Values);
    }

    private static void Stack(KernelContext context, RaggedVariant[] parts, Shape shape, int rank, DType values)
    {
        var outer = shape.Rank;
        for (var i = 0; i < outer - 1; i++)
            WriteSplits(context, i, Uniform(shape.CountOf(0, i + 1), shape[i + 1]));
        if (outer > 0)
            WriteSplits(context, outer - 1, Joined(parts, p => [0, p.Splits.Length > 0 ? p.Splits[0].Count - 1 : p.Values.Shape[0]]));
        for (var i = 0; i < rank; i++)
        {
            var level = i;
            WriteSplits(context, outer + i, Joined(parts, p => RowSplits.Read(p.Splits[level])));
        }
        WriteValues(context, outer + rank, parts, values);
    }

    private static void WriteSplits(KernelContext context, int output, long[] splits) => IndexTensor.Write(splits, context.Allocate(output, splits.Length));

    private static long[] Uniform(long rows, long length)
    {
        var splits = new long[rows + 1];
        for (var i = 1; i < splits.Length; i++)
            splits[i] = splits[i - 1] + length;
        return splits;
    }

    private static long[] Joined(RaggedVariant[] parts, Func<RaggedVariant, long[]> splitsOf)
    {
        var joined = new List<long> { 0 };
        foreach (var part in parts)
        {
            var start = joined[^1];
            foreach (var split in splitsOf(part).AsSpan(1))
                joined.Add(start + split);
        }
        return [.. joined];
    }

    private static void WriteValues(KernelContext context, int output, RaggedVariant[] parts, DType type)
    {
        if (parts.Length == 0)
        {
            context.Allocate(output, 0);
            return;
        }
        var rows = 0L;
        var first = parts[0].Values;
        var inner = first.Shape.Slice(1);
        foreach (var part in parts)
        {
            if (part.Values.Rank != first.Rank || !part.Values.Shape.Slice(1).Equals(inner))
                throw EngineException.InvalidArgument($"All flat_values must have compatible shapes.  Shape at index 0: {first.Shape}.  Found: {part.Values.Shape}");
            rows += part.Values.Shape[0];
        }
        var result = context.Allocate(output, Shape.Vector(rows).Concat(inner));
        var at = 0L;
        foreach (var part in parts)
        {
            ValueRows.Copy(part.Values, 0, result, at, part.Values.Shape[0]);
            at += part.Values.Shape[0];
        }
    }
}
