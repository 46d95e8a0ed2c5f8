using System.Runtime.InteropServices;

namespace Engine.Ops.Gemm;

/// <summary>
/// The numbers 0 to 8 as types, each from 1 on as large as its number: a branch on <c>Unsafe.SizeOf</c> of a type is decided before the compiler reads what it skips,
/// one on <see cref="IConstant.Value"/> only after everything was read and inlined.
/// </summary>
internal static class Constants
{
    internal readonly struct Zero : IConstant
    {
        public static int Value => 0;
    }

    internal readonly struct One : IConstant
    {
        public static int Value => 1;
    }

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    internal readonly struct Two : IConstant
    {
        public static int Value => 2;
    }

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    internal readonly struct Three : IConstant
    {
        public static int Value => 3;
    }

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    internal readonly struct Four : IConstant
    {
        public static int Value => 4;
    }

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    internal readonly struct Five : IConstant
    {
        public static int Value => 5;
    }

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    internal readonly struct Six : IConstant
    {
        public static int Value => 6;
    }

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    internal readonly struct Seven : IConstant
    {
        public static int Value => 7;
    }

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    internal readonly struct Eight : IConstant
    {
        public static int Value => 8;
    }
}
