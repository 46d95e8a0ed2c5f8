using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>Two orders of the dimensions of images, such as NHWC and NCHW.</summary>
internal sealed class DataFormats
{
    private DataFormats(string source, string destination) => (Source, Destination) = (source, destination);

    public string Source { get; }

    public string Destination { get; }

    /// <summary>The attributes src_format and dst_format.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless both name the same 4 or 5 dimensions.</exception>
    public static DataFormats Of(KernelBuilder node)
    {
        var (source, destination) = (node.String("src_format"), node.String("dst_format"));
        if (source.Length is not (4 or 5) || source.Distinct().Count() != source.Length || destination.Length != source.Length || !source.All(destination.Contains))
            throw node.Fail($"src_format and dst_format must name the same 4 or 5 dimensions, not '{source}' and '{destination}'");
        return new DataFormats(source, destination);
    }

    /// <summary>The formats without batch and channels.</summary>
    public DataFormats Spatial() => new(Source.Replace("N", "").Replace("C", ""), Destination.Replace("N", "").Replace("C", ""));
}
