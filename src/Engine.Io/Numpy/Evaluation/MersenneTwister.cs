namespace Engine.Io.Numpy.Evaluation;

/// <summary>The generator of <c>np.random.RandomState</c>, MT19937 (Matsumoto and Nishimura), and the ways in which numpy takes numbers from it.</summary>
internal sealed class MersenneTwister
{
    private const int Size = 624, Shift = 397;

    private readonly uint[] state = new uint[Size];
    private int at;
    private double? nextGauss;

    internal MersenneTwister() : this(unchecked((uint)Random.Shared.NextInt64()))
    {
    }

    internal MersenneTwister(uint seed) => Seed(seed);

    internal void Seed(uint seed)
    {
        state[0] = seed;
        for (var i = 1u; i < Size; i++)
            state[i] = unchecked(1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i);
        at = Size;
        nextGauss = null;
    }

    internal uint Next()
    {
        if (at == Size)
            Twist();
        var y = state[at++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    /// <summary>A number from 0 to below 1, of 53 bits.</summary>
    internal double Uniform()
    {
        var high = Next() >> 5;
        var low = Next() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// <summary>A normally distributed number, by the polar method, which makes two at a time.</summary>
    internal double Gauss()
    {
        if (nextGauss is { } ready)
        {
            nextGauss = null;
            return ready;
        }
        double x, y, square;
        do
        {
            x = 2 * Uniform() - 1;
            y = 2 * Uniform() - 1;
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        nextGauss = factor * x;
        return factor * y;
    }

    /// <summary>An integer from 0 to a limit, which is included: bits are masked, and what is too large is drawn again.</summary>
    internal ulong Bounded(ulong limit)
    {
        if (limit == 0)
            return 0;
        var mask = limit;
        for (var shift = 1; shift < 64; shift *= 2)
            mask |= mask >> shift;
        while (true)
        {
            var value = limit <= uint.MaxValue ? Next() & mask : (((ulong)Next() << 32) | Next()) & mask;
            if (value <= limit)
                return value;
        }
    }

    private void Twist()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (state[i] & 0x80000000u) | (state[(i + 1) % Size] & 0x7fffffffu);
            state[i] = state[(i + Shift) % Size] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0dfu : 0);
        }
        at = 0;
    }
}
