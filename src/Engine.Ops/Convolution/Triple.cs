namespace Engine.Ops.Convolution;

/// <summary>Three numbers, one for each spatial dimension.</summary>
internal readonly record struct Triple(long Z, long Y, long X)
{
    public long Product => Z * Y * X;
}
