"""A model with an optimizer that has slots, in one checkpoint of objects."""
import tensorflow as tf


class Momentum(tf.Module):
    def __init__(self, variables):
        super().__init__()
        self.momentum = [tf.Variable(tf.zeros_like(v)) for v in variables]

    def apply(self, gradients, variables):
        for m, g, v in zip(self.momentum, gradients, variables):
            m.assign(0.9 * m + g)
            v.assign_sub(0.05 * m)


class ObjectModel:
    def __init__(self):
        self.w = tf.Variable(tf.random.stateless_uniform([4, 5], [1, 2]))
        self.v = tf.Variable(tf.random.stateless_uniform([5, 1], [3, 4]))
        self.optimizer = Momentum([self.w, self.v])
        self.checkpoint = tf.train.Checkpoint(w=self.w, v=self.v, optimizer=self.optimizer)

    def step(self, x):
        with tf.GradientTape() as tape:
            y = tf.matmul(tf.tanh(tf.matmul(x, self.w)), self.v)
            loss = tf.reduce_mean(tf.square(y - tf.reduce_sum(x, 1, keepdims=True)))
        variables = [self.w, self.v]
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        return float(loss)
