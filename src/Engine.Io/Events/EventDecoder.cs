using Engine.Io.Tensors;

namespace Engine.Io.Events;

/// <summary>Event messages as <see cref="LoggedEvent"/>.</summary>
internal static class EventDecoder
{
    internal static LoggedEvent Decode(Protos.Event e) => new(e.WallTime, e.Step, Content(e)) { Writer = e.SourceMetadata?.Writer };

    private static EventContent? Content(Protos.Event e) => e.WhatCase switch
    {
        Protos.Event.WhatOneofCase.FileVersion => new EventContent.FileVersion(e.FileVersion),
        Protos.Event.WhatOneofCase.GraphDef => new EventContent.Graph(e.GraphDef.ToByteArray()),
        Protos.Event.WhatOneofCase.MetaGraphDef => new EventContent.MetaGraph(e.MetaGraphDef.ToByteArray()),
        Protos.Event.WhatOneofCase.Summary => new EventContent.Summary([.. e.Summary.Value.Select(Decode)]),
        Protos.Event.WhatOneofCase.LogMessage => new EventContent.Log((int)e.LogMessage.Level, e.LogMessage.Message),
        Protos.Event.WhatOneofCase.SessionLog => new EventContent.Session((SessionStatus)(int)e.SessionLog.Status, e.SessionLog.CheckpointPath, e.SessionLog.Msg),
        Protos.Event.WhatOneofCase.TaggedRunMetadata => new EventContent.RunMetadata(e.TaggedRunMetadata.Tag, e.TaggedRunMetadata.RunMetadata.ToByteArray()),
        _ => null,
    };

    private static SummaryValue Decode(Protos.Summary.Types.Value v) => new(v.Tag.ToStringUtf8(), Content(v), Decode(v.Metadata)) { NodeName = v.NodeName };

    private static SummaryContent? Content(Protos.Summary.Types.Value v) => v.ValueCase switch
    {
        Protos.Summary.Types.Value.ValueOneofCase.SimpleValue => new SummaryContent.Scalar(v.SimpleValue),
        Protos.Summary.Types.Value.ValueOneofCase.Histo => new SummaryContent.Histogram(v.Histo.Min, v.Histo.Max, v.Histo.Num, v.Histo.Sum, v.Histo.SumSquares, [.. v.Histo.BucketLimit], [.. v.Histo.Bucket]),
        Protos.Summary.Types.Value.ValueOneofCase.Image => new SummaryContent.Image(v.Image.Height, v.Image.Width, v.Image.Colorspace, v.Image.EncodedImageString.ToByteArray()),
        Protos.Summary.Types.Value.ValueOneofCase.Audio => new SummaryContent.Audio(v.Audio.SampleRate, v.Audio.NumChannels, v.Audio.LengthFrames, v.Audio.ContentType, v.Audio.EncodedAudioString.ToByteArray()),
        Protos.Summary.Types.Value.ValueOneofCase.Tensor => new SummaryContent.OfTensor(new TensorDecoder().Decode(v.Tensor)),
        _ => null,
    };

    private static SummaryMetadata? Decode(Protos.SummaryMetadata? m) => m is null ? null
        : new(m.PluginData?.PluginName ?? "", m.PluginData?.Content.ToByteArray() ?? [], m.DisplayName, m.SummaryDescription) { DataClass = (int)m.DataClass };
}
