#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""learn-characters.py OUT PRINTS...: what reading/classifier.h compares with.

PRINTS: of character-press.
OUT: little-endian; read by src/reading/classifier.c:
    "banjie characters 1\\n"
    two 32-bit counts: of characters, and of axes
    the characters, 32 bits each, in order
    the mean of all features, a float each
    the axes: for each feature a float for each axis
    one float: what the whole numbers below are to be multiplied with
    the mean shape of each character: a signed byte for each axis
Fisher's linear discriminant (R. A. Fisher, Annals of Eugenics 7, 1936) with the spread
within characters made round first; a little is added to that spread, so that no axis
rests on what the prints hardly show.
"""
import struct
import sys

import numpy as np

FEATURES = 512
AXES = 128          # 96 and 200 read no better (models/README.md)
ADDED_SPREAD = 0.05  # of the mean spread of a feature
FEATURE_SCALE = 800  # as character-press has it
BLOCK = 4000


def load(paths):
    """Characters in order; for each print which one it is; the features of the prints."""
    rows = np.concatenate([np.fromfile(path, dtype=np.uint8).reshape(-1, FEATURES + 4)
                           for path in paths])
    codes = rows[:, :4].copy().view("<u4")[:, 0]
    characters, places = np.unique(codes, return_inverse=True)
    order = np.argsort(places, kind="stable")
    return characters, places[order], rows[order, 4:]


def means_of(places, features, count):
    starts = np.searchsorted(places, np.arange(count + 1))
    return np.array([features[a:b].mean(0, dtype=np.float64)
                     for a, b in zip(starts[:-1], starts[1:])])


def spread_within(places, features, means):
    spread = np.zeros((FEATURES, FEATURES))
    for at in range(0, len(places), BLOCK):
        off = features[at:at + BLOCK] - means[places[at:at + BLOCK]]
        spread += off.T @ off
    return spread / len(places)


def axes_of(within, means, middle):
    within = within + np.eye(FEATURES) * np.trace(within) / FEATURES * ADDED_SPREAD
    size, turn = np.linalg.eigh(within)
    whiten = turn / np.sqrt(size)
    between = (means - middle).T @ (means - middle) / len(means)
    _, turn = np.linalg.eigh(whiten.T @ between @ whiten)
    return whiten @ turn[:, ::-1][:, :AXES]


def main():
    characters, places, features = load(sys.argv[2:])
    means = means_of(places, features, len(characters))
    middle = means.mean(0)
    axes = axes_of(spread_within(places, features, means), means, middle)
    shapes = (means - middle) @ axes
    scale = np.abs(shapes).max() / 127
    with open(sys.argv[1], "wb") as out:
        out.write(b"banjie characters 1\n")
        out.write(struct.pack("<II", len(characters), AXES))
        out.write(characters.astype("<u4").tobytes())
        out.write((middle / FEATURE_SCALE).astype("<f4").tobytes())
        out.write((axes * FEATURE_SCALE).astype("<f4").tobytes())
        out.write(struct.pack("<f", scale))
        out.write(np.round(shapes / scale).astype(np.int8).tobytes())
    print(f"{len(characters)} characters of {len(places)} prints, {AXES} axes")


main()
