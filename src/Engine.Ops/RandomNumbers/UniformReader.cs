namespace Engine.Ops.RandomNumbers;

/// <summary>Uniform numbers one by one, the last of each block first.</summary>
internal ref struct UniformReader
{
    private readonly ref Philox generator;
    private double first;
    private double second;
    private int left;

    internal UniformReader(ref Philox generator) => this.generator = ref generator;

    internal double Next()
    {
        if (left == 0)
        {
            generator.Next(out uint a, out uint b, out uint c, out uint d);
            first = UniformBits.ToDouble(a, b);
            second = UniformBits.ToDouble(c, d);
            left = 2;
        }
        return --left == 1 ? second : first;
    }
}
