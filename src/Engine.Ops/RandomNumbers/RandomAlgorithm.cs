namespace Engine.Ops.RandomNumbers;

/// <summary>The numbers by which generators and ops name their algorithm.</summary>
internal static class RandomAlgorithm
{
    internal const int Philox = 1;

    private const int Threefry = 2;

    /// <summary>Leaves the choice to the device, which is Philox here.</summary>
    private const int Automatic = 3;

    /// <summary>Refuses what is not Philox.</summary>
    /// <exception cref="EngineException">UNIMPLEMENTED for threefry (INVALID_ARGUMENT in a stateless op), INVALID_ARGUMENT for what does not exist.</exception>
    internal static void Check(long algorithm, bool stateless = false)
    {
        if (algorithm is Philox or Automatic)
            return;
        throw algorithm == Threefry && !stateless
            ? EngineException.Unimplemented("Non-XLA devices don't support the ThreeFry algorithm.")
            : EngineException.InvalidArgument($"Unsupported algorithm id: {algorithm}");
    }
}
