using System.CommandLine;
using Engine.Hardening;

var times = new Option<int>("--times") { Description = "How often", DefaultValueFactory = _ => 100 };
var seed = new Option<int>("--seed") { Description = "Of random numbers", DefaultValueFactory = _ => 1 };
var seconds = new Option<int>("--seconds") { Description = "How long", DefaultValueFactory = _ => 10 };
var folders = new Argument<DirectoryInfo[]>("folder") { Description = "Checkpoints to damage, besides some that are made", Arity = ArgumentArity.ZeroOrMore };
var folder = new Argument<DirectoryInfo>("folder");
var same = new Argument<bool>("same");
var first = new Argument<int>("first");

var kill = new Command("kill", "Kills a process while it saves, and restores what it left: rising steps of which two are kept, then one name over and over.") { times, seed };
kill.SetAction(a => new KilledSaves(a.GetRequiredValue(seed)).Run(a.GetRequiredValue(times)));
var save = new Command("save", "Saves without end.") { folder, same, first };
save.Hidden = true;
save.SetAction(a => SavingProcess.Run(a.GetRequiredValue(folder).FullName, a.GetRequiredValue(same), a.GetRequiredValue(first)));
var fuzz = new Command("fuzz", "Damages checkpoints at random and reads them: nothing but the library's own errors may come of it, in time and with little memory.") { folders, seed, seconds };
fuzz.SetAction(a => new CheckpointFuzzer(a.GetRequiredValue(seed)).Run((a.GetValue(folders) ?? []).Select(f => f.FullName), TimeSpan.FromSeconds(a.GetRequiredValue(seconds))));
var refused = new Command("refused", "Saves where writing fails (a full disk, a limit on files, a read-only folder): an error says so, and what was there is whole.") { folder };
refused.SetAction(a => RefusedSaves.Run(a.GetRequiredValue(folder).FullName));
return new RootCommand("Tries to break the reading and writing of checkpoints. The last line is \"N passed, N failed\".") { kill, save, fuzz, refused }.Parse(args).Invoke();
