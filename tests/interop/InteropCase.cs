namespace Engine.Interop;

/// <summary>Something we write and TensorFlow reads.</summary>
internal abstract class InteropCase
{
    /// <summary>The name of the case's folder.</summary>
    internal virtual string Name => GetType().Name;

    /// <summary>The module in <c>checks</c> that looks at it.</summary>
    internal abstract string Kind { get; }

    /// <summary>The cases of this class: one, or several that differ in an argument.</summary>
    /// <param name="trained">The folder of what TensorFlow trained.</param>
    internal virtual IEnumerable<InteropCase> Variants(string trained) => [this];

    /// <summary>Writes the files and says what they hold.</summary>
    internal abstract void Write(CaseFolder folder);
}
