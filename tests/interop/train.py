"""Trains small models in TensorFlow and saves them: train.py OUT."""
import json
import os
import sys

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1


def batch(step):
    return np.sin(np.arange(32) * step).astype(np.float32).reshape(8, 4)


def graph_model(out, name, resource, optimizer):
    folder = os.path.join(out, 'train_' + name)
    os.makedirs(folder)
    with tf.Graph().as_default():
        tf1.set_random_seed(3)
        with tf1.variable_scope('net', use_resource=resource):
            x = tf1.placeholder(tf.float32, [None, 4], 'x')
            w = tf1.get_variable('w', [4, 5])
            v = tf1.get_variable('v', [5, 1])
            y = tf.matmul(tf.tanh(tf.matmul(x, w)), v)
        loss = tf.reduce_mean(tf.square(y - tf.reduce_sum(x, 1, keepdims=True)), name='loss')
        step = tf1.train.get_or_create_global_step()
        optimizer.minimize(loss, global_step=step, name='train')
        saver = tf1.train.Saver()
        with tf1.Session() as session:
            session.run(tf1.global_variables_initializer())
            for i in range(1, 4):
                session.run('train', {x: batch(i)})
            saver.save(session, os.path.join(folder, 'model.ckpt'), 3)
            losses = [float(session.run(['loss:0', 'train'], {x: batch(i)})[0]) for i in range(4, 12)]
    with open(os.path.join(folder, 'log.json'), 'w') as log:
        json.dump({'losses': losses}, log)


def export(out, name, module, signature):
    tf.saved_model.save(module, os.path.join(out, 'export_' + name), signatures=signature)


class Dense(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.random.stateless_uniform([4, 3], [1, 2]), name='w')
        self.b = tf.Variable([1., 2., 3.], name='b')

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
    def __call__(self, x):
        return {'y': tf.matmul(x, self.w) + self.b}


class Control(Dense):
    """Variables used inside a loop, a branch, a nested call, and gathered."""

    @tf.function
    def inner(self, x):
        return tf.matmul(x, self.w)

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
    def __call__(self, x):
        y = self.inner(x)
        for _ in tf.range(3):
            y = tf.tanh(y + self.b)
        if tf.reduce_sum(y) > 0:
            y = y * self.b
        else:
            y = y - self.b
        rows = tf.gather(self.w, tf.constant([0, 3]))
        return {'y': y, 'rows': rows}


def objects(out):
    from object_model import ObjectModel
    folder = os.path.join(out, 'objects')
    os.makedirs(folder)
    model = ObjectModel()
    for i in range(1, 4):
        model.step(batch(i))
    model.checkpoint.save(os.path.join(folder, 'ckpt'))
    with open(os.path.join(folder, 'log.json'), 'w') as log:
        json.dump({'losses': [model.step(batch(i)) for i in range(4, 9)]}, log)


def main(out):
    optimizers = {
        'sgd': lambda: tf1.train.GradientDescentOptimizer(0.1),
        'momentum': lambda: tf1.train.MomentumOptimizer(0.05, 0.9),
        'adam': lambda: tf1.train.AdamOptimizer(0.05),
    }
    for name, optimizer in optimizers.items():
        for resource in (False, True):
            graph_model(out, f'{name}_{"resource" if resource else "reference"}', resource, optimizer())
    for name, module in (('dense', Dense()), ('control', Control())):
        export(out, name, module, {'serving_default': module.__call__})
    objects(out)


main(sys.argv[1])
