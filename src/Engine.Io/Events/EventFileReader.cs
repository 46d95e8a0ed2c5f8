using System.Diagnostics.CodeAnalysis;
using Engine.Io.Records;
using Google.Protobuf;

namespace Engine.Io.Events;

/// <summary>Reads an event file of TensorBoard, as TF 1's FileWriter and TF 2's summaries write them.</summary>
/// <param name="path">The file.</param>
/// <param name="skipDamage">Whether reading goes on behind damage rather than fail.</param>
/// <exception cref="InvalidModelException">NOT_FOUND, FAILED_PRECONDITION for a folder, PERMISSION_DENIED.</exception>
public sealed class EventFileReader(string path, bool skipDamage = false) : IDisposable
{
    private readonly TFRecordReader records = new(path, RecordCompression.None, skipDamage);

    /// <summary>All events of a file.</summary>
    /// <inheritdoc cref="EventFileReader(string, bool)"/>
    public static IEnumerable<LoggedEvent> ReadAll(string path, bool skipDamage = false)
    {
        using var reader = new EventFileReader(path, skipDamage);
        while (reader.TryRead(out var what))
            yield return what;
    }

    /// <summary>Reads the next event.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="EngineException">DATA_LOSS for a record that is damaged, cut or no event.</exception>
    public bool TryRead([NotNullWhen(true)] out LoggedEvent? what)
    {
        what = null;
        var offset = records.Offset;
        if (!records.TryRead(out var record))
            return false;
        try
        {
            what = EventDecoder.Decode(Protos.Event.Parser.ParseFrom(record));
            return true;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or EngineException)
        {
            throw new InvalidModelException(StatusCode.DataLoss, path, $"a record is no valid event: {e.Message}", offset, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => records.Dispose();
}
