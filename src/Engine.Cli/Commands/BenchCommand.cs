using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Engine.Cli.Inputs;
using Engine.Io;

namespace Engine.Cli.Commands;

/// <summary><c>engine bench</c>: times a signature; with <c>--serve</c> it answers on a line protocol, so that a caller can alternate rounds with other engines.</summary>
internal static class BenchCommand
{
    internal static Command Create()
    {
        var model = new ModelOptions();
        var inputs = new InputOptions();
        var batch = new Option<int>("--batch") { Description = "Rows per run; given inputs are repeated to fill it.", DefaultValueFactory = _ => 1 };
        var runs = new Option<int>("--runs") { Description = "Timed runs, after a warm-up.", DefaultValueFactory = _ => 20 };
        var profile = new Option<bool>("--profile") { Description = "Prints the time spent in each op type." };
        var serve = new Option<bool>("--serve") { Description = "Prints 'ready', then answers lines: 'engine 20' with 20 times in milliseconds as JSON; ends at 'quit'." };
        var command = new Command("bench", "Times a model.");
        model.AddTo(command);
        inputs.AddTo(command);
        foreach (Option option in new Option[] { batch, runs, profile, serve })
            command.Options.Add(option);
        command.SetAction(arguments =>
        {
            var directory = arguments.GetValue(model.Directory) ?? throw EngineException.InvalidArgument("bench needs --dir.");
            var count = arguments.GetValue(runs);
            if (count < 1 || arguments.GetValue(batch) < 1)
                throw EngineException.InvalidArgument("--runs and --batch must be 1 or more.");
            using var loaded = model.Load(arguments, directory);
            var signature = model.Choose(arguments, loaded);
            var call = new SignatureCall(loaded, signature, inputs.Read(arguments, signature), arguments.GetValue(batch));
            if (arguments.GetValue(serve))
                return Serve(call);
            WarmUp(call);
            Report(Times(call, count));
            if (arguments.GetValue(profile))
                Profile(loaded, call, count);
            return 0;
        });
        return command;
    }

    private static int Serve(SignatureCall call)
    {
        Console.WriteLine("ready");
        var warm = false;
        while (Console.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0] == "quit")
                break;
            if (words.Length != 2 || words[0] != "engine" || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { error = $"'{line}' is not 'engine N'." }));
                continue;
            }
            try
            {
                if (!warm)
                    WarmUp(call);
                warm = true;
                // Written by hand: a serializer would be much of the process's memory.
                Console.WriteLine($"[{string.Join(',', Array.ConvertAll(Times(call, count), t => t.ToString("R", CultureInfo.InvariantCulture)))}]");
            }
            catch (EngineException e)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { error = e.Message }));
            }
        }
        return 0;
    }

    // Tiered compilation replaces hot code in the background: it gets calls to count, and pauses to compile in.
    private static void WarmUp(SignatureCall call)
    {
        for (var phase = 0; phase < 4; phase++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < 3 || clock.ElapsedMilliseconds < 400; i++)
                call.Run();
            Thread.Sleep(150);
        }
    }

    private static double[] Times(SignatureCall call, int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call.Run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return times;
    }

    private static void Report(double[] times)
    {
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"min {times[0]:0.0000} ms, median {times[times.Length / 2]:0.0000} ms, max {times[^1]:0.0000} ms, {times.Length} runs"));
    }

    private static void Profile(SavedModel model, SignatureCall call, int count)
    {
        var profile = new OpProfile();
        model.Session.Observer = profile;
        for (var i = 0; i < count; i++)
            call.Run();
        model.Session.Observer = null;
        profile.Print(count);
    }
}
