"""TensorFlow's side of the benchmark of checkpoints.

    peer.py make FOLDER                 writes large.pb and many.pb: graphs that fill variables, save and restore them
    peer.py serve GRAPH THREADS         answers commands, a line each: "save PREFIX", "restore PREFIX", "open PREFIX NAME" -> milliseconds
"""
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import tensorflow as tf2
from tensorflow.python.training import py_checkpoint_reader

tf = tf2.compat.v1
tf.disable_eager_execution()


def ends(prefix, names, tensors):
    slices = [""] * len(names)
    tf.raw_ops.SaveV2(prefix=prefix, tensor_names=names, shape_and_slices=slices, tensors=tensors, name="save")
    tf.raw_ops.RestoreV2(prefix=prefix, tensor_names=names, shape_and_slices=slices, dtypes=[t.dtype for t in tensors], name="restore")


def variable(name, value):
    handle = tf.raw_ops.VarHandleOp(dtype=value.dtype, shape=value.shape, shared_name=name)
    return tf.raw_ops.AssignVariableOp(resource=handle, value=value), tf.raw_ops.ReadVariableOp(resource=handle, dtype=value.dtype)


def large():
    """1 GB in 200 tensors, and a small one."""
    prefix = tf.placeholder(tf.string, [], name="prefix")
    parts = [variable(f"v{i}", tf.random.uniform([1250, 1000], seed=i + 1)) for i in range(200)]
    parts.append(variable("small", tf.constant([1.0, 2.0, 3.0])))
    tf.group(*[p[0] for p in parts], name="init")
    ends(prefix, [f"v{i}" for i in range(200)] + ["small"], [p[1] for p in parts])


def many():
    """50,000 tensors of 8 floats: rows of one variable, so that nothing but the checkpoint counts."""
    prefix = tf.placeholder(tf.string, [], name="prefix")
    assign, read = variable("rows", tf.random.uniform([50000, 8], seed=1))
    tf.group(assign, name="init")
    ends(prefix, [f"layer_{i // 100}/part_{i % 100}/weights" for i in range(50000)], tf.unstack(read))


def make(folder):
    for build in (large, many):
        with tf.Graph().as_default() as graph:
            build()
        with open(os.path.join(folder, build.__name__ + ".pb"), "wb") as file:
            file.write(graph.as_graph_def().SerializeToString())


def serve(path, threads):
    definition = tf.GraphDef()
    with open(path, "rb") as file:
        definition.ParseFromString(file.read())
    with tf.Graph().as_default():
        tf.import_graph_def(definition, name="")
        session = tf.Session(config=tf.ConfigProto(inter_op_parallelism_threads=threads, intra_op_parallelism_threads=threads))
        session.run("init")
        print("ready", flush=True)
        for line in sys.stdin:
            command, prefix, *rest = line.split()
            start = time.perf_counter()
            if command == "open":
                py_checkpoint_reader.NewCheckpointReader(prefix).get_tensor(rest[0])
            else:
                session.run(command, {"prefix:0": prefix})
            print((time.perf_counter() - start) * 1000, flush=True)


if __name__ == "__main__":
    make(sys.argv[2]) if sys.argv[1] == "make" else serve(sys.argv[2], int(sys.argv[3]))
