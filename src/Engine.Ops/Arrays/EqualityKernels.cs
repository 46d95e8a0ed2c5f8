using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>Makes a kernel for elements that can be told apart: numbers, truth values, strings.</summary>
internal interface IEqualityFactory
{
    /// <summary>The kernel for elements of storage type <typeparamref name="T"/>.</summary>
    Kernel Create<T>(IEqualityComparer<T> equality) where T : notnull;
}

/// <summary>From element types to their equality.</summary>
internal static class EqualityKernels
{
    /// <summary>The kernel for a type that is real, a string, or what the factory's op allows besides; null for others.</summary>
    internal static Kernel? Make<TFactory>(DType type, TFactory factory) where TFactory : IEqualityFactory => type switch
    {
        DType.String => factory.Create(ByteEquality.Instance),
        DType.Bool => factory.Create(ElementEquality<byte>.Instance),
        _ => ElementTypes.Number(type, new Numbers<TFactory>(factory)),
    };

    private readonly struct Numbers<TFactory>(TFactory factory) : INumberFactory where TFactory : IEqualityFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => factory.Create(ElementEquality<T>.Instance);
    }
}
