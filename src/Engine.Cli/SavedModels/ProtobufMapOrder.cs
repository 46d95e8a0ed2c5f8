using System.Buffers.Binary;
using System.Text;

namespace Engine.Cli.SavedModels;

/// <summary>
/// The order in which Python sees the entries of a protobuf map: that of protobuf's hash table (upb's: wyhash, chains inside the table, 85 % full at most),
/// into which entries come in the order of the file.
/// </summary>
internal static class ProtobufMapOrder
{
    private const int SmallestTable = 8;

    private static readonly ulong[] Salt = [0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89, 0x452821E638D01377];

    internal static List<string> Sort(IEnumerable<string> keys)
    {
        var size = SmallestTable;
        var placed = new List<string>();
        foreach (var key in keys)
        {
            if (placed.Count == (int)(size * 0.85))
            {
                placed = Place(placed, size);
                size *= 2;
            }
            placed.Add(key);
        }
        return Place(placed, size);
    }

    private static List<string> Place(List<string> keys, int size)
    {
        var table = new string?[size];
        var next = new int[size];
        int Main(string key) => (int)(Hash(Encoding.UTF8.GetBytes(key)) & (uint)(size - 1));
        foreach (var key in keys)
        {
            var main = Main(key);
            if (table[main] is not { } there)
            {
                table[main] = key;
                next[main] = -1;
                continue;
            }
            var free = Array.FindIndex(table, main + 1, k => k is null);
            if (free < 0)
                free = Array.FindIndex(table, k => k is null);
            var chain = Main(there);
            if (chain == main)
            {
                table[free] = key;
                next[free] = next[main];
                next[main] = free;
                continue;
            }
            // An entry of another chain moves out of the way.
            table[free] = there;
            next[free] = next[main];
            while (next[chain] != main)
                chain = next[chain];
            next[chain] = free;
            table[main] = key;
            next[main] = -1;
        }
        return [.. table.OfType<string>()];
    }

    private static uint Hash(ReadOnlySpan<byte> data)
    {
        var length = (ulong)data.Length;
        var state = Salt[0];
        if (data.Length > 64)
        {
            var second = state;
            do
            {
                var first = Mix(Load(data) ^ Salt[1], Load(data[8..]) ^ state) ^ Mix(Load(data[16..]) ^ Salt[2], Load(data[24..]) ^ state);
                second = Mix(Load(data[32..]) ^ Salt[3], Load(data[40..]) ^ second) ^ Mix(Load(data[48..]) ^ Salt[4], Load(data[56..]) ^ second);
                state = first;
                data = data[64..];
            }
            while (data.Length > 64);
            state ^= second;
        }
        for (; data.Length > 16; data = data[16..])
            state = Mix(Load(data) ^ Salt[1], Load(data[8..]) ^ state);
        (ulong a, ulong b) = data.Length switch
        {
            > 8 => (Load(data), Load(data[^8..])),
            > 3 => ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(data), (ulong)BinaryPrimitives.ReadUInt32LittleEndian(data[^4..])),
            > 0 => (((ulong)data[0] << 16) | ((ulong)data[data.Length >> 1] << 8) | data[^1], 0UL),
            _ => (0UL, 0UL),
        };
        return (uint)Mix(Mix(a ^ Salt[1], b ^ state), Salt[1] ^ length);
    }

    private static ulong Load(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
