"""Vectors come from the wheel, without a network, and are the same wherever they are made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from folkmoot.texts.embedding import DIMENSIONS, EXACT_LENGTH, embed, exact

TEXTS = [
    "More police on foot",
    "Nothing",
    "Des agents dans la rue",
    "警察をもっと",
    "👮",
    "Waiting times",
]


def test_vectors_have_length_one() -> None:
    vectors = embed(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_text_has_the_same_vector_in_any_company() -> None:
    together = embed([*TEXTS, "word " * 5_000])
    for at, text in enumerate(TEXTS):
        assert embed([text])[0].tobytes() == together[at].tobytes()


def test_an_empty_text_has_the_zero_vector() -> None:
    assert not embed([""]).any()
    assert embed([]).shape == (0, DIMENSIONS)


def test_likeness_follows_meaning() -> None:
    patrol, beat, food = embed(
        ["more police officers on patrol", "officers on the beat", "the food was cold"]
    )
    assert patrol @ beat > patrol @ food + 0.2


def test_sums_of_exact_vectors_do_not_depend_on_their_order() -> None:
    whole = exact(embed(["officers walking the streets", "stop and search used fairly"] * 50))
    forward = whole @ whole.T
    backward = np.ascontiguousarray(whole[:, ::-1]) @ np.ascontiguousarray(whole[:, ::-1]).T
    assert forward.tobytes() == backward.tobytes()
    assert np.abs(whole).max() <= EXACT_LENGTH


def test_nothing_is_downloaded_and_the_log_is_left_alone(tmp_path: Path) -> None:
    programme = (
        "import logging, socket\n"
        "def refuse(*_, **__): raise OSError('the network was asked')\n"
        "socket.socket.connect = refuse\n"
        "from folkmoot.texts.embedding import embed\n"
        "assert embed(['More police on foot']).any()\n"
        "assert not logging.getLogger().handlers, logging.getLogger().handlers\n"
    )
    environment = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", programme], check=True, env=environment)
