namespace Engine.Ops.RandomNumbers;

/// <summary>Reads a generator word by word.</summary>
internal ref struct PhiloxReader(Philox generator)
{
    private Philox generator = generator;
    private Words words;
    private int used = Philox.BlockLength;

    /// <summary>The next word.</summary>
    internal uint Next()
    {
        if (used == Philox.BlockLength)
        {
            generator.Next(words);
            used = 0;
        }
        return words[used++];
    }

    /// <summary>The next number of [0, 1), from two words.</summary>
    internal double NextDouble()
    {
        uint low = Next();
        return UniformBits.ToDouble(low, Next());
    }

    [System.Runtime.CompilerServices.InlineArray(Philox.BlockLength)]
    private struct Words
    {
        private uint first;
    }
}
