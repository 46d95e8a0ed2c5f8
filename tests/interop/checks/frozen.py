"""A graph without variables."""
import os

import tensorflow as tf

from . import tensors

tf1 = tf.compat.v1


def check(folder, case):
    graph_def = tf1.GraphDef()
    with open(os.path.join(folder, 'frozen.pb'), 'rb') as file:
        graph_def.ParseFromString(file.read())
    with tf.Graph().as_default(), tf1.Session() as session:
        tf.import_graph_def(graph_def, name='')
        names = list(case['outputs'])
        actual = session.run(names, {name: tensors.decode(t) for name, t in case['inputs'].items()})
        for name, value in zip(names, actual):
            tensors.close(name, value, tensors.decode(case['outputs'][name]))
