namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>
/// The bytes of a JPEG file with TensorFlow's rules for their end. A reader may be inside a unit (a segment, an MCU) when they end: the unit is then given up,
/// or, when a truncated file is to be recovered, read again from its start. Where they end between two units, recovering adds an end marker once.
/// </summary>
internal sealed class JpegInput(byte[] bytes, bool recover)
{
    /// <summary>More than any MCU needs, of one byte though it be.</summary>
    private const int MostRereadings = 10_000;

    private static readonly byte[] EndMarker = [0xFF, JpegMarker.EndOfImage];
    private byte[] data = bytes;
    private int position;
    private int unitStart;
    private int rereadings;

    /// <summary>The bytes not read yet.</summary>
    public int Remaining => data.Length - position;

    /// <summary>Whether truncated data is continued in some way.</summary>
    public bool Recovers => recover;

    /// <summary>The marker that stopped the entropy decoder or the marker scan, until somebody handles it; 0 for none.</summary>
    public int PendingMarker { get; set; }

    /// <summary>What was read so far is done with: a new unit begins here.</summary>
    public void EndUnit() => unitStart = position;

    public int NextByte()
    {
        if (position == data.Length)
            Refill();
        return data[position++];
    }

    public int NextShort()
    {
        var high = NextByte();
        return (high << 8) | NextByte();
    }

    /// <summary>Ends the unit and passes over <paramref name="count"/> bytes.</summary>
    public void Skip(int count)
    {
        EndUnit();
        if (count <= 0)
            return;
        if (count > Remaining)
        {
            position = unitStart = data.Length;
            Refill();
        }
        else
        {
            position += count;
            EndUnit();
        }
    }

    /// <summary>Reads up to the next marker, which becomes the pending one.</summary>
    public void FindMarker()
    {
        int next;
        do
        {
            while (NextByte() != 0xFF)
                EndUnit();
            do
                next = NextByte();
            while (next == 0xFF);
            if (next == 0)
                EndUnit();
        }
        while (next == 0);
        PendingMarker = next;
        EndUnit();
    }

    private void Refill()
    {
        if (unitStart < data.Length)
        {
            if (!recover)
                throw new JpegSuspendedException();
            // A unit of nothing but fill bytes would be read for ever.
            if (++rereadings > MostRereadings)
                throw JpegError.Invalid("the data ends early");
            position = unitStart;
        }
        else if (recover && data != EndMarker && data.Length > 0)
        {
            data = EndMarker;
            position = unitStart = 0;
        }
        else
        {
            throw JpegError.Invalid("the data ends early");
        }
    }
}
