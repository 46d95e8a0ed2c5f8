namespace Engine.Io.Records;

/// <summary>How a whole file of records is compressed. Nothing in the file of a plain one says so: it must be known.</summary>
public enum RecordCompression
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>As a zlib stream (RFC 1950), TensorFlow's <c>ZLIB</c>.</summary>
    Zlib,
    /// <summary>As gzip (RFC 1952), TensorFlow's <c>GZIP</c>.</summary>
    Gzip,
}
