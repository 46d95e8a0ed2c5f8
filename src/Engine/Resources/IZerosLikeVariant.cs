namespace Engine.Resources;

/// <summary>A variant's value of which there is a zero of the same structure, such as a list of zero tensors.</summary>
public interface IZerosLikeVariant
{
    /// <summary>The zero, a value of its own.</summary>
    object ZerosLike();
}
