using System.CommandLine;
using Engine.Models;

// Times the engine beside TensorFlow and ONNX Runtime: rounds of each alternate in one run, each in a process of its own.
var models = new Option<string>("--models") { Description = "Names of make_models.py or own_models.py, separated by commas.", DefaultValueFactory = _ => string.Join(',', ModelCache.All.Concat(ModelCache.Own)) };
var threads = new Option<string>("--threads") { Description = "Thread counts, separated by commas.", DefaultValueFactory = _ => "1,2" };
var batches = new Option<string>("--batch") { Description = "Batch sizes, separated by commas.", DefaultValueFactory = _ => "1,8" };
var rounds = new Option<int>("--rounds") { Description = "Rounds, in which everybody has a turn.", DefaultValueFactory = _ => 10 };
var runs = new Option<int>("--runs") { Description = "Runs in a turn; fewer where a run is long.", DefaultValueFactory = _ => 20 };
var cold = new Option<int>("--cold") { Description = "Cold starts of each to take the best of; 0 leaves them out.", DefaultValueFactory = _ => 3 };
var engine = new Option<string?>("--engine") { Description = "The published engine program for cold starts (and, with it, everything else)." };
var shared = new Option<string>("--shared") { Description = "The folder with oracle/tf and bench/.", DefaultValueFactory = _ => "../shared" };
var cache = new Option<string>("--cache") { Description = "Where the models are made, once.", DefaultValueFactory = _ => "artifacts/models" };
var output = new Option<string>("--out") { Description = "Where the tables and the picture go.", DefaultValueFactory = _ => "artifacts/benchmarks" };
var command = new RootCommand("Times the benchmark models side by side with the peers.") { models, threads, batches, rounds, runs, cold, engine, shared, cache, output };
command.SetAction(arguments =>
{
    var programs = new Programs(arguments.GetValue(shared)!, arguments.GetValue(engine));
    var made = new ModelCache(programs, arguments.GetValue(cache)!);
    var comparison = new Comparison(programs, arguments.GetValue(rounds), arguments.GetValue(runs), arguments.GetValue(cold));
    var rows = new List<ComparisonRow>();
    var report = new Report(arguments.GetValue(output)!);
    Report.PrintHeader();
    foreach (var name in Words(arguments.GetValue(models)!))
    {
        var model = made.Get(name);
        foreach (var thread in Words(arguments.GetValue(threads)!).Select(int.Parse))
        {
            foreach (var batch in Words(arguments.GetValue(batches)!).Select(int.Parse))
            {
                rows.Add(comparison.Run(model, batch, thread));
                Report.Print(rows[^1]);
                report.Write(rows);
            }
        }
    }
    Console.WriteLine($"Written to {arguments.GetValue(output)}/models.md, models.csv and models.svg.");
    return 0;
});
return command.Parse(args).Invoke();

static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
