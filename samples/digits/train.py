"""Draws digits, trains a small convolutional network on them and exports it as a SavedModel.

    python train.py [--output FOLDER]

Runs with any TensorFlow 2.15 (it needs nothing else; half a minute on a CPU). FOLDER, by default the folder of this
script, receives

    model/        a SavedModel: tag `serve`, signature `serving_default`,
                  images float32 [N, 16, 16, 1] -> probabilities float32 [N, 10], classes int64 [N]
    samples.npz   the first twelve held-out drawings: images float32 [12, 16, 16, 1], labels int64 [12]

The digits are not taken from anywhere: each is a few strokes written down below, bent, sheared, turned, scaled, shifted,
drawn with a pen of random width and covered with noise. Pixels are multiples of 1/255 between 0 (paper) and 1 (ink).
"""

import argparse
import pathlib
import shutil

import numpy as np
import tensorflow.compat.v1 as tf

SIZE = 16  # the width and the height of a drawing, in pixels
CLASSES = 10

TRAINING_SEED, HELD_OUT_SEED, NETWORK_SEED = 1, 2, 3
TRAINING_DRAWINGS, HELD_OUT_DRAWINGS, SAMPLES = 40_000, 10_000, 12
BATCH, EPOCHS, LEARNING_RATE = 64, 12, 2e-3


# Glyphs: strokes in a unit box, x to the right and y down.

def arc(x, y, radius_x, radius_y, start, end):
    """Points of an elliptic arc. Angles are degrees: 0 is right, 90 is down, 180 is left, 270 is up."""
    angles = np.radians(np.linspace(start, end, max(2, round(abs(end - start) / 24) + 1)))
    return [(x + radius_x * np.cos(a), y + radius_y * np.sin(a)) for a in angles]


def half_turn(glyph):
    return [[(1 - x, 1 - y) for x, y in stroke] for stroke in glyph]


SIX = [arc(0.87, 0.68, 0.85, 0.68, 265, 180) + arc(0.5, 0.68, 0.48, 0.32, 180, 540)]

# For each digit, the ways to write it; each way is a list of strokes.
GLYPHS = [
    # 0
    [[arc(0.5, 0.5, 0.5, 0.5, 0, 360)]],
    # 1: with a flag, a bare stem, with a flag and a foot
    [[[(0.2, 0.25), (0.55, 0), (0.55, 1)]],
     [[(0.5, 0), (0.5, 1)]],
     [[(0.2, 0.2), (0.55, 0), (0.55, 1)], [(0.2, 1), (0.9, 1)]]],
    # 2
    [[arc(0.5, 0.28, 0.45, 0.28, 185, 395) + [(0.02, 1), (1, 1)]]],
    # 3: with a round top, with a flat top
    [[arc(0.48, 0.26, 0.42, 0.26, 200, 450) + arc(0.48, 0.76, 0.48, 0.24, 270, 520)],
     [[(0.05, 0), (0.95, 0), (0.45, 0.4)] + arc(0.45, 0.7, 0.5, 0.3, 270, 510)]],
    # 4: closed, open
    [[[(0.72, 1), (0.72, 0), (0, 0.68), (1, 0.68)]],
     [[(0.15, 0), (0.05, 0.55), (1, 0.55)], [(0.75, 0.1), (0.75, 1)]]],
    # 5
    [[[(0.92, 0), (0.15, 0), (0.1, 0.46)] + arc(0.45, 0.68, 0.5, 0.32, 225, 500)]],
    # 6
    [SIX],
    # 7: plain, with a bar
    [[[(0, 0), (1, 0), (0.35, 1)]],
     [[(0, 0), (1, 0), (0.4, 1)], [(0.25, 0.5), (0.9, 0.5)]]],
    # 8
    [[arc(0.5, 0.25, 0.4, 0.25, 0, 360), arc(0.5, 0.75, 0.5, 0.25, 0, 360)]],
    # 9: with a curved tail, with a straight tail
    [half_turn(SIX),
     [arc(0.48, 0.3, 0.46, 0.3, 0, 360) + [(0.85, 1)]]],
]


def segments(glyph):
    """The line segments of a glyph: [count, 2 ends, 2 coordinates]."""
    # Where two pieces of a stroke meet, a point may be there twice: no segment.
    return np.array([ends for stroke in glyph for ends in zip(stroke, stroke[1:]) if not np.allclose(*ends)])


SEGMENTS = [[segments(glyph) for glyph in ways] for ways in GLYPHS]
PIXELS = np.stack(np.meshgrid(np.arange(SIZE), np.arange(SIZE)), axis=-1).reshape(-1, 1, 2) + 0.5


def distort(points, random):
    """Moves glyph coordinates to pixel coordinates, a little differently each time."""
    points = points - 0.5
    x, y = points[..., 0], points[..., 1]
    x = x + random.uniform(-0.1, 0.1) * np.sin(np.pi * (2 * y + random.uniform(0, 2)))
    y = y + random.uniform(-0.08, 0.08) * np.sin(np.pi * (2 * x + random.uniform(0, 2)))
    x, y = x * random.uniform(4.5, 9.5), y * random.uniform(8.0, 13.0)
    x = x + random.uniform(-0.4, 0.4) * y
    turn = random.uniform(-0.25, 0.25)
    x, y = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    return np.stack([x, y], axis=-1) + SIZE / 2 + random.uniform(-1.5, 1.5, size=2)


def draw(label, random):
    """One drawing of a digit: float32 [SIZE, SIZE, 1]."""
    ways = SEGMENTS[label]
    lines = distort(ways[random.integers(len(ways))], random)
    start, along = lines[:, 0], lines[:, 1] - lines[:, 0]

    # The distance from each pixel to each segment; ink fades over one pixel around the edge of the pen.
    position = np.sum((PIXELS - start) * along, axis=-1) / np.sum(along * along, axis=-1)
    nearest = start + np.clip(position, 0, 1)[..., None] * along
    distance = np.min(np.linalg.norm(PIXELS - nearest, axis=-1), axis=1)
    ink = np.clip(random.uniform(0.5, 1.2) + 0.5 - distance, 0, 1)

    gray = random.uniform(0.5, 1.0) * ink + random.normal(0, random.uniform(0, 0.15), size=ink.shape)
    return (np.round(np.clip(gray, 0, 1) * 255) / 255).astype(np.float32).reshape(SIZE, SIZE, 1)


def drawings(count, seed):
    """`count` drawings, the ten digits in turn, and their labels."""
    random = np.random.default_rng(seed)
    labels = np.arange(count, dtype=np.int64) % CLASSES
    return np.stack([draw(label, random) for label in labels]), labels


def network(images):
    """Two convolutions with pooling, one dense layer. Returns the logits, float32 [N, CLASSES]."""

    def weights(name, shape):
        # He's initial values, which suit Relu.
        deviation = np.sqrt(2 / np.prod(shape[:-1]))
        return tf.get_variable(name, shape, initializer=tf.truncated_normal_initializer(stddev=deviation))

    def bias(size):
        return tf.get_variable("bias", [size], initializer=tf.zeros_initializer())

    def convolution(name, inputs, filters):
        with tf.variable_scope(name):
            kernel = weights("kernel", [3, 3, inputs.shape.as_list()[-1], filters])
            sums = tf.nn.conv2d(inputs, kernel, strides=[1, 1, 1, 1], padding="SAME")
            return tf.nn.max_pool(tf.nn.relu(tf.nn.bias_add(sums, bias(filters))), 2, 2, "VALID")

    features = convolution("conv2", convolution("conv1", images, 12), 16)
    size = np.prod(features.shape.as_list()[1:])
    with tf.variable_scope("dense"):
        flat = tf.reshape(features, [-1, size])
        return tf.nn.bias_add(tf.matmul(flat, weights("kernel", [size, CLASSES])), bias(CLASSES))


def session():
    # One thread: sums are then taken in the same order each time.
    return tf.Session(config=tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1))


def train(images, labels):
    """Returns the trained values, by variable name."""
    steps = EPOCHS * (len(images) // BATCH)
    random = np.random.default_rng(NETWORK_SEED)
    with tf.Graph().as_default(), session() as run:
        tf.set_random_seed(NETWORK_SEED)
        images_in = tf.placeholder(tf.float32, [None, SIZE, SIZE, 1])
        labels_in = tf.placeholder(tf.int64, [None])
        loss = tf.losses.sparse_softmax_cross_entropy(labels_in, network(images_in))
        step = tf.train.create_global_step()
        rate = tf.train.cosine_decay(LEARNING_RATE, step, steps)
        minimize = tf.train.AdamOptimizer(rate).minimize(loss, global_step=step)

        run.run(tf.global_variables_initializer())
        for epoch in range(EPOCHS):
            losses = []
            for batch in random.permutation(len(images))[:len(images) // BATCH * BATCH].reshape(-1, BATCH):
                feeds = {images_in: images[batch], labels_in: labels[batch]}
                losses.append(run.run([loss, minimize], feeds)[0])
            print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.4f}", flush=True)
        return {variable.op.name: run.run(variable) for variable in tf.trainable_variables()}


def export(values, folder):
    """Writes the network with these values, without anything that only training needs."""
    shutil.rmtree(folder, ignore_errors=True)  # the builder refuses a folder that exists
    with tf.Graph().as_default(), session() as run:
        images = tf.placeholder(tf.float32, [None, SIZE, SIZE, 1], name="images")
        logits = network(images)
        probabilities = tf.nn.softmax(logits, name="probabilities")
        classes = tf.argmax(logits, axis=-1, name="classes")

        run.run(tf.global_variables_initializer())
        for variable in tf.global_variables():
            variable.load(values[variable.op.name], run)

        signature = tf.saved_model.predict_signature_def(
            inputs={"images": images}, outputs={"probabilities": probabilities, "classes": classes})
        builder = tf.saved_model.Builder(str(folder))
        builder.add_meta_graph_and_variables(
            run, [tf.saved_model.SERVING],
            {tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY: signature},
            strip_default_attrs=True)
        builder.save()


def accuracy(folder, images, labels):
    """The share of drawings that the exported model names correctly."""
    with tf.Graph().as_default(), session() as run:
        meta_graph = tf.saved_model.load(run, [tf.saved_model.SERVING], str(folder))
        signature = meta_graph.signature_def[tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY]
        classes = run.run(signature.outputs["classes"].name, {signature.inputs["images"].name: images})
        return np.mean(classes == labels)


def main():
    parser = argparse.ArgumentParser(description="Trains the digits model and exports it.")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    output = parser.parse_args().output

    tf.logging.set_verbosity(tf.logging.ERROR)  # without the advice to leave the TensorFlow 1 interface
    tf.disable_v2_behavior()  # graphs, sessions and variables as TensorFlow 1 writes them
    values = train(*drawings(TRAINING_DRAWINGS, TRAINING_SEED))
    export(values, output / "model")
    images, labels = drawings(HELD_OUT_DRAWINGS, HELD_OUT_SEED)
    np.savez(output / "samples.npz", images=images[:SAMPLES], labels=labels[:SAMPLES])
    print(f"accuracy on {HELD_OUT_DRAWINGS} held-out drawings: {accuracy(output / 'model', images, labels):.4f}")


if __name__ == "__main__":
    main()
