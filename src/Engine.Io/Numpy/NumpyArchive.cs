namespace Engine.Io.Numpy;

/// <summary>The arrays of an .npz file by name, in the order of the file.</summary>
internal sealed record NumpyArchive(IReadOnlyDictionary<string, NdArray> Arrays);
