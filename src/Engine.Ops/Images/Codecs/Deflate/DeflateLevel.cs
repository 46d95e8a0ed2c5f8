namespace Engine.Ops.Images.Codecs.Deflate;

/// <summary>How hard a compression level looks for repetitions; the numbers are zlib's.</summary>
/// <param name="Good">A match of this length makes the search for a better one a quarter as long.</param>
/// <param name="Lazy">A match of this length is taken without a look at the next position; in the fast levels, longer ones are not entered.</param>
/// <param name="Nice">A match of this length ends the search.</param>
/// <param name="Chain">Earlier positions that are looked at.</param>
/// <param name="IsFast">Whether every match is taken at once.</param>
internal readonly record struct DeflateLevel(int Good, int Lazy, int Nice, int Chain, bool IsFast)
{
    public static DeflateLevel Of(int level) => level switch
    {
        1 => new(4, 4, 8, 4, true),
        2 => new(4, 5, 16, 8, true),
        3 => new(4, 6, 32, 32, true),
        4 => new(4, 4, 16, 16, false),
        5 => new(8, 16, 32, 32, false),
        6 => new(8, 16, 128, 128, false),
        7 => new(8, 32, 128, 256, false),
        8 => new(32, 128, 258, 1024, false),
        _ => new(32, 258, 258, 4096, false),
    };
}
