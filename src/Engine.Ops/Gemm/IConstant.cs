namespace Engine.Ops.Gemm;

/// <summary>A number known when a generic kernel is compiled, so that each value gets its own code.</summary>
internal interface IConstant
{
    static abstract int Value { get; }
}
