namespace Engine.Io.Python;

/// <summary>A tuple. The other values of Python are null, bool, BigInteger, double, Complex, string, byte[] and <see cref="List{T}"/>.</summary>
internal sealed record PythonTuple(IReadOnlyList<object?> Items);
