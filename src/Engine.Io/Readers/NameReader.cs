using Engine.Io.Files;

namespace Engine.Io.Readers;

/// <summary>Gives each piece of work as one record: the name itself, or the contents of the file.</summary>
internal sealed class NameReader(bool readsFiles) : WorkReader
{
    /// <inheritdoc/>
    public override string Kind => readsFiles ? "WholeFileReader" : "IdentityReader";

    /// <inheritdoc/>
    protected override bool HasState => true;

    /// <inheritdoc/>
    protected override (byte[] Key, byte[] Value)? Read(out bool isAtEnd)
    {
        isAtEnd = false;
        var value = readsFiles ? MessageFile.ReadBytes(WorkPath) : Work;
        isAtEnd = true;
        return (Work, value);
    }
}
