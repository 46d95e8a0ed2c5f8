using Engine.Resources;
using Engine.Runtime;

namespace Engine.Io.Datasets;

/// <summary>The elements of files, one file after the other. After an error the walk goes on with the next file.</summary>
internal sealed class FilesDataset(string[] files, Func<int, IRecordSource> open) : Dataset([DType.String])
{
    /// <inheritdoc/>
    public override DatasetIterator Iterate() => new Walk(files.Length, open);

    private sealed class Walk(int count, Func<int, IRecordSource> open) : DatasetIterator
    {
        private IRecordSource? source;
        private int file;

        /// <inheritdoc/>
        public override Tensor[]? Next(RunContext run)
        {
            while (file < count)
            {
                try
                {
                    source ??= open(file);
                    if (source.Next() is { } element)
                        return [Tensor.Scalar(element)];
                }
                catch (EngineException)
                {
                    Close();
                    throw;
                }
                Close();
            }
            return null;
        }

        /// <inheritdoc/>
        public override void Dispose()
        {
            source?.Dispose();
            source = null;
            base.Dispose();
        }

        private void Close()
        {
            source?.Dispose();
            source = null;
            file++;
        }
    }
}
