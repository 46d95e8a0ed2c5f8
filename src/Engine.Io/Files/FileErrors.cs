using Microsoft.Win32.SafeHandles;

namespace Engine.Io.Files;

/// <summary>TensorFlow's status codes for what the file system answers.</summary>
internal static class FileErrors
{
    // Unix error numbers; those of Windows are negative here.
    private const int NotADirectory = 20;
    private const int IsADirectory = 21;
    private const int FileTooLarge = 27;
    private const int ReadOnly = 30;

    /// <summary>Opens a file for reading at any place.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND, FAILED_PRECONDITION for a folder, PERMISSION_DENIED.</exception>
    internal static SafeFileHandle Open(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new InvalidModelException(StatusCode.FailedPrecondition, path, "this is a folder, not a file.");
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>Fills <paramref name="bytes"/> from a place in an open file.</summary>
    /// <exception cref="InvalidModelException">OUT_OF_RANGE when the file ends before, or what the file system answers.</exception>
    internal static void ReadExactly(SafeFileHandle file, string path, Span<byte> bytes, long offset)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var n = RandomAccess.Read(file, bytes, offset);
                if (n == 0)
                    throw new InvalidModelException(StatusCode.OutOfRange, path, "the file ends too early.", offset);
                bytes = bytes[n..];
                offset += n;
            }
        }
        catch (Exception e) when (Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>Opens a file for reading from front to back.</summary>
    /// <exception cref="InvalidModelException">As for <see cref="Open"/>.</exception>
    internal static FileStream OpenRead(string path) => new(Open(path), FileAccess.Read, 1 << 16);

    /// <summary>Makes the folder of a file if it is missing; the one above must be there, as in TensorFlow.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND, PERMISSION_DENIED.</exception>
    internal static void CreateFolderOf(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } folder || Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is { Length: > 0 } above && !Directory.Exists(above))
            throw new InvalidModelException(StatusCode.NotFound, folder, "No such file or directory.");
        if (File.Exists(folder))
            throw new InvalidModelException(StatusCode.FailedPrecondition, folder, "Not a directory.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (Convert(e, folder) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>The error with a code, or null for one that is not the file system's.</summary>
    internal static InvalidModelException? Convert(Exception e, string path) => e switch
    {
        DirectoryNotFoundException when File.Exists(Path.GetDirectoryName(path)) => new(StatusCode.FailedPrecondition, path, "Not a directory.", inner: e),
        IOException { HResult: NotADirectory } => new(StatusCode.FailedPrecondition, path, "Not a directory.", inner: e),
        IOException { HResult: IsADirectory } => new(StatusCode.FailedPrecondition, path, "Is a directory.", inner: e),
        IOException { HResult: ReadOnly } => new(StatusCode.PermissionDenied, path, "Read-only file system.", inner: e),
        // So .NET reports a write beyond the limit on the size of files (EFBIG).
        ArgumentOutOfRangeException { ParamName: "value" } or IOException { HResult: FileTooLarge } => new(StatusCode.ResourceExhausted, path, "File too large.", inner: e),
        FileNotFoundException or DirectoryNotFoundException or ArgumentException when e is not ArgumentException || path.Length == 0 => new(StatusCode.NotFound, path, "there is no such file.", inner: e),
        UnauthorizedAccessException => new(StatusCode.PermissionDenied, path, "the file must not be used.", inner: e),
        ArgumentException or NotSupportedException or PathTooLongException => new(StatusCode.InvalidArgument, path, "this is not a path.", inner: e),
        IOException io when IsFull(io) => new(StatusCode.ResourceExhausted, path, "No space left on device.", inner: e),
        IOException io => new(StatusCode.Unknown, path, io.Message, inner: e),
        _ => null,
    };

    /// <summary>Deletes a file that nobody misses if it stays.</summary>
    internal static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // ENOSPC and EDQUOT on Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsFull(IOException e) => e.HResult is 28 or 122 || (e.HResult & 0xffff) is 112 or 39 && e.HResult < 0;
}
