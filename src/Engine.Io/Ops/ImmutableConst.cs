using Engine.Io.Files;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Io.Ops;

/// <summary>A tensor whose elements are a file's bytes, mapped rather than read.</summary>
[Op("ImmutableConst")]
internal sealed class ImmutableConst : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Attr("shape").AsShape());

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (type, shape, path) = (node.Type("dtype"), node.Shape("shape"), node.String("memory_region_name"));
        if (type.IsObject())
            throw node.Fail($"Sorry, {type.Name()} type is not supported.");
        if (!shape.IsFullyKnown)
            throw node.Fail($"shape must be fully known, not {shape}");
        var known = shape.ToShape();
        return new FileKernel(context =>
        {
            var wide = (Int128)known.Count * type.Size();
            using var file = new MappedFile(path);
            if (wide > file.Length)
                throw EngineException.InvalidArgument($"Tensor size is greater than the size of memory mapped data: {wide} > {file.Length}");
            var bytes = (long)wide;
            context.MoveOutput(0, bytes == 0 ? Tensor.Allocate(type, known) : Tensor.Map(type, known, file.Address, bytes, file.Lease(), isFile: true));
        });
    }
}
