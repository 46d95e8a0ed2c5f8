namespace Engine.Ops.RandomNumbers;

/// <summary>A distribution that makes its numbers in groups; group i starts at block i times the blocks of a group.</summary>
internal interface IDistribution<T>
    where T : unmanaged
{
    /// <summary>Numbers made together, at most <see cref="Philox.BlockLength"/>.</summary>
    int GroupLength { get; }

    /// <summary>How far apart groups start: more than one block where a group may need many.</summary>
    int BlocksPerGroup { get; }

    /// <summary>Roughly how many cycles a group takes.</summary>
    int GroupCost { get; }

    /// <summary>Makes a group.</summary>
    void Fill(ref Philox generator, Span<T> group);
}
