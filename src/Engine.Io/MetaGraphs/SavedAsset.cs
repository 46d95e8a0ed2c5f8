using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Engine.Io.MetaGraphs;

/// <summary>A file that a SavedModel brings along, and the tensor that is fed with its path (<c>AssetFileDef</c>).</summary>
/// <param name="FileName">The file's name in the folder <c>assets</c>.</param>
/// <param name="TensorName">The tensor.</param>
internal sealed record SavedAsset(string FileName, string TensorName)
{
    internal static SavedAsset? From(Any any)
    {
        if (!any.Is(Protos.AssetFileDef.Descriptor))
            return null;
        try
        {
            var asset = Protos.AssetFileDef.Parser.ParseFrom(any.Value);
            return new(asset.Filename, asset.TensorInfo?.Name ?? "");
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    internal Protos.AssetFileDef ToProto() => new() { Filename = FileName, TensorInfo = new() { Name = TensorName } };

    internal Any ToAny() => Any.Pack(ToProto());
}
