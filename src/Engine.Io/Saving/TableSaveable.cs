using Engine.Graphs;
using Engine.Variables;

namespace Engine.Io;

/// <summary>A mutable table as a saver sees it: its keys and its values are two tensors, <c>name-keys</c> and <c>name-values</c>.</summary>
public sealed class TableSaveable : SaveableObject
{
    private readonly Value table;

    /// <summary>A table.</summary>
    /// <param name="table">The handle, made by <c>MutableHashTableV2</c> or another op of mutable tables.</param>
    /// <param name="name">The name it is saved under; that of its node by default.</param>
    public TableSaveable(Value table, string? name = null)
        : base(name ?? table.Node.Name, table, Export(table, name ?? table.Node.Name)) => this.table = table;

    /// <inheritdoc/>
    public override Node Restore(IReadOnlyList<Value> tensors, bool reshape)
    {
        using (table.Node.Graph.NameScope(Name.Replace('/', '_') + "_table_restore"))
            return table.Node.Graph.NewNode("LookupTableImportV2").Input(table).Input(tensors[0]).Input(tensors[1])
                .Attr("_class", AttrValue.List("loc:@" + table.Node.Name)).Build();
    }

    private static SaveSpec[] Export(Value table, string name)
    {
        var graph = table.Node.Graph;
        Node export;
        using (graph.NameScope(table.Node.Name + "_lookup_table_export_values"))
        {
            export = graph.NewNode("LookupTableExportV2").Input(table)
                .Attr("Tkeys", table.Node.Attr("key_dtype").AsType()).Attr("Tvalues", table.Node.Attr("value_dtype").AsType())
                .Attr("_class", AttrValue.List("loc:@" + table.Node.Name)).Build();
        }
        return [new(export[0], name + "-keys", "", table.Node.Device), new(export[1], name + "-values", "", table.Node.Device)];
    }
}
