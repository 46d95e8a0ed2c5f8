using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>A template with tensors put in as text.</summary>
[Op("StringFormat")]
internal sealed class StringFormat : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var placeholder = node.Node.Attr("placeholder").AsBytes();
        var parts = Split(node.Node.Attr("template").AsBytes(), placeholder);
        var summarize = node.Int("summarize");
        if (parts.Count - 1 != node.InputCount)
            throw node.Fail($"num placeholders in template and num inputs must match: {parts.Count - 1} vs. {node.InputCount}");
        return Kernel.From(context =>
        {
            var text = new ByteJoiner([]);
            text.Add(parts[0]);
            for (var i = 0; i < context.InputCount; i++)
            {
                text.Add(TensorSummary.Of(context.Input(i), summarize));
                text.Add(parts[i + 1]);
            }
            context.Allocate(0, Shape.Scalar).AsSpan<byte[]>()[0] = text.Take();
        });
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> template, byte[] placeholder)
    {
        var parts = new List<byte[]>();
        if (placeholder.Length == 0)
        {
            foreach (var b in template)
                parts.Add([b]);
            return parts.Count > 0 ? parts : [[]];
        }
        int at;
        while ((at = template.IndexOf(placeholder)) >= 0)
        {
            parts.Add(template[..at].ToArray());
            template = template[(at + placeholder.Length)..];
        }
        parts.Add(template.ToArray());
        return parts;
    }
}
