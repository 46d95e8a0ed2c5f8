"""An object-based checkpoint, and the folder of a manager."""
import tensorflow as tf


def check(folder, case):
    w, a, b, step = tf.Variable(tf.zeros([2, 2])), tf.Variable(0.), tf.Variable(0.), tf.Variable(0, dtype=tf.int64)
    table = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
    model = tf.Module()
    model.w, model.layers, model.d = w, [a, b], {'k.x': a}
    checkpoint = tf.train.Checkpoint(model=model, step=step, table=table)
    checkpoint.restore(case['prefix']).assert_consumed()
    assert w.numpy().tolist() == [[1, 2], [3, 4]] and a.numpy() == 3 and b.numpy() == 4 and step.numpy() == 7
    assert table.lookup(tf.constant(['k'])).numpy().tolist() == [42]
    assert checkpoint.save_counter.numpy() == 3
    manager = tf.train.CheckpointManager(checkpoint, case['directory'], max_to_keep=2)
    assert manager.latest_checkpoint == case['prefix']
    assert [c[-1] for c in manager.checkpoints] == ['2', '3'], manager.checkpoints
    assert manager.save()[-1] == '4'
