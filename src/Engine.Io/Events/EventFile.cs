using System.Globalization;
using Engine.Io.Files;
using Engine.Io.Protos;
using Engine.Io.Records;
using Google.Protobuf;

namespace Engine.Io.Events;

/// <summary>An event file that is written: TFRecords of Event messages, the version first. For many threads.</summary>
internal sealed class EventFile : IDisposable
{
    private const string Version = "brain.Event:2";
    private const string Writer = "tensorflow.core.util.events_writer";

    private readonly Lock gate = new();
    private readonly TFRecordWriter records;

    /// <summary>Makes a file in a folder, which is made too.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="suffix">The end of the file's name.</param>
    /// <exception cref="InvalidModelException">PERMISSION_DENIED, RESOURCE_EXHAUSTED when the disk is full.</exception>
    internal EventFile(string folder, string suffix)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (FileErrors.Convert(e, folder) is { } converted)
        {
            throw converted;
        }
        var second = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        // Another writer of this second keeps its file.
        do
            Path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{second++:D10}.{HostName()}{suffix}"));
        while (File.Exists(Path));
        records = new TFRecordWriter(Path);
        Write(new Event { FileVersion = Version, SourceMetadata = new SourceMetadata { Writer = Writer } });
        Flush();
    }

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>Seconds since 1970.</summary>
    internal static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>Writes an event; one without a time happens now.</summary>
    internal void Write(Event what)
    {
        if (what.WallTime == 0)
            what.WallTime = Now();
        var bytes = what.ToByteArray();
        lock (gate)
            records.Write(bytes);
    }

    /// <summary>Hands what was written to the operating system, so that TensorBoard sees it.</summary>
    internal void Flush()
    {
        lock (gate)
            records.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
            records.Dispose();
    }

    private static string HostName()
    {
        try
        {
            return Environment.MachineName;
        }
        catch (InvalidOperationException)
        {
            return "localhost";
        }
    }
}
