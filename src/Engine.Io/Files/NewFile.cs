using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Engine.Io.Files;

/// <summary>A file that appears under its name when it is complete: it is written under a temporary one, flushed to disk if wanted, and renamed.</summary>
internal sealed class NewFile : IDisposable
{
    // Linux and macOS. Without a handler the signal ends the process where a limit on the size of files is set; with one, writing fails, and says so.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private static readonly PosixSignalRegistration? LimitHandler = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileTooLarge, static signal => signal.Cancel = true);

    private readonly string path;
    private readonly string temporary;
    private bool flushes;
    private bool published;

    /// <summary>Begins a file.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND, FAILED_PRECONDITION, PERMISSION_DENIED, RESOURCE_EXHAUSTED.</exception>
    internal NewFile(string path)
    {
        GC.KeepAlive(LimitHandler);
        this.path = path;
        temporary = $"{path}{TemporarySuffix}{Random.Shared.NextInt64()}";
        try
        {
            Handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>What stands between a file's name and a random number while it is written.</summary>
    internal const string TemporarySuffix = ".tempstate";

    /// <summary>The open file, until it is closed.</summary>
    internal SafeFileHandle Handle { get; }

    /// <summary>All is written: closes the file, on disk if <paramref name="flush"/>.</summary>
    internal void Close(bool flush)
    {
        flushes = flush;
        try
        {
            if (flush)
                RandomAccess.FlushToDisk(Handle);
            Handle.Dispose();
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>Gives the closed file its name, in place of the one that has it.</summary>
    internal void Publish() => Publish(path);

    /// <summary>Gives the closed file a name in the same folder, in place of the one that has it; the name is on disk when the file is.</summary>
    internal void Publish(string name)
    {
        try
        {
            if (Directory.Exists(name))
                throw new InvalidModelException(StatusCode.FailedPrecondition, name, "Is a directory.");
            File.Move(temporary, name, overwrite: true);
            published = true;
            if (flushes)
                FolderFlush.Run(Path.GetDirectoryName(name) is { Length: > 0 } folder ? folder : ".");
        }
        catch (Exception e) when (FileErrors.Convert(e, name) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>
    /// What a temporary name was made of; false for another name, and for a file that is still written. The process that wrote it may have been killed.
    /// </summary>
    internal static bool IsAbandoned(string path, out string name)
    {
        name = Path.GetFileName(path);
        var at = name.LastIndexOf(TemporarySuffix, StringComparison.Ordinal);
        if (at <= 0 || at + TemporarySuffix.Length == name.Length || name.AsSpan(at + TemporarySuffix.Length).ContainsAnyExceptInRange('0', '9'))
            return false;
        name = name[..at];
        try
        {
            // Who still writes a file has it locked.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes the file unless it was published.</summary>
    public void Dispose()
    {
        Handle.Dispose();
        if (!published)
            FileErrors.TryDelete(temporary);
    }
}
