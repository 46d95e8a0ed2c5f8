namespace Engine.OpModel;

/// <summary>The ops of one assembly; generated from <see cref="OpAttribute"/>.</summary>
public interface IOpCatalog
{
    /// <summary>The op types.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The op types whose inner loops are worth compiling ahead.</summary>
    IReadOnlyList<string> Prepared => [];

    /// <summary>The op of this type, or null.</summary>
    OpImplementation? Find(string op);
}
