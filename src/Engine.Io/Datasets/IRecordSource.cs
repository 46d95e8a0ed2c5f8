namespace Engine.Io.Datasets;

/// <summary>What a dataset of files reads from one of them.</summary>
internal interface IRecordSource : IDisposable
{
    /// <summary>The next element; null at the end.</summary>
    byte[]? Next();
}
