using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.State;

/// <summary>Makes the kernels of the scatter ops: which update the op's name means, for which element type.</summary>
internal static class RowUpdateKernels
{
    /// <summary>Something made for a row update and an element type.</summary>
    internal interface IMaker
    {
        /// <summary>The kernel.</summary>
        Kernel Make<TRows, T>() where TRows : struct, IRowUpdate<T>;
    }

    /// <summary>The kernel for the update that <paramref name="op"/> ends in (Add, Sub, Mul, Div, Min, Max, Update); null for types without it.</summary>
    internal static Kernel? For<TMaker>(string op, DType type, TMaker maker) where TMaker : struct, IMaker => op switch
    {
        _ when op.EndsWith("Update", StringComparison.Ordinal) => ElementTypes.Move(type, new CopyFactory<TMaker>(maker)),
        _ when type == DType.Bool && op.EndsWith("Add", StringComparison.Ordinal) => maker.Make<BoolRows<Either>, bool>(),
        _ when type == DType.Bool && op.EndsWith("Sub", StringComparison.Ordinal) => maker.Make<BoolRows<OneOf>, bool>(),
        _ when op.EndsWith("Add", StringComparison.Ordinal) => ElementTypes.Number(type, new NumberFactory<ScatterAdd, TMaker>(maker)),
        _ when op.EndsWith("Sub", StringComparison.Ordinal) => ElementTypes.Number(type, new NumberFactory<ScatterSub, TMaker>(maker)),
        _ when op.EndsWith("Mul", StringComparison.Ordinal) => ElementTypes.Number(type, new NumberFactory<ScatterMul, TMaker>(maker)),
        _ when op.EndsWith("Div", StringComparison.Ordinal) => ElementTypes.Number(type, new NumberFactory<ScatterDiv, TMaker>(maker)),
        _ when op.EndsWith("Min", StringComparison.Ordinal) => ElementTypes.Real(type, new RealFactory<ScatterMin, TMaker>(maker)),
        _ => ElementTypes.Real(type, new RealFactory<ScatterMax, TMaker>(maker)),
    };

    private readonly struct CopyFactory<TMaker>(TMaker maker) : IMoveFactory where TMaker : struct, IMaker
    {
        public Kernel Create<T>() => maker.Make<CopyRows<T>, T>();
    }

    private readonly struct NumberFactory<TUpdate, TMaker>(TMaker maker) : INumberFactory where TUpdate : struct, INumberUpdate where TMaker : struct, IMaker
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => maker.Make<NumberRows<TUpdate, T>, T>();
    }

    private readonly struct RealFactory<TUpdate, TMaker>(TMaker maker) : IRealFactory where TUpdate : struct, IRealUpdate where TMaker : struct, IMaker
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => maker.Make<RealRows<TUpdate, T>, T>();
    }

    private interface IBoolUpdate
    {
        static abstract bool Apply(bool element, bool update);
    }

    /// <summary>The sum of truth values: whether one is true.</summary>
    private readonly struct Either : IBoolUpdate
    {
        public static bool Apply(bool element, bool update) => element | update;
    }

    /// <summary>The difference of truth values: whether exactly one is true.</summary>
    private readonly struct OneOf : IBoolUpdate
    {
        public static bool Apply(bool element, bool update) => element ^ update;
    }

    private readonly struct BoolRows<TUpdate> : IRowUpdate<bool> where TUpdate : struct, IBoolUpdate
    {
        public static void Apply(Span<bool> row, ReadOnlySpan<bool> update)
        {
            for (var i = 0; i < row.Length; i++)
                row[i] = TUpdate.Apply(row[i], update[i]);
        }

        public static void Apply(Span<bool> row, bool update)
        {
            foreach (ref var r in row)
                r = TUpdate.Apply(r, update);
        }
    }
}
