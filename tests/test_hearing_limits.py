"""Hearing at its limits: whatever is typed is heard in bounded time, and a matrix of 8 bits is the matrix it stands for."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.hearing import Cue, Ear, full_fits
from dialogs.hearing.text import LONGEST
from dialogs.moves import MOVES
from tests.lengths import runs

EARS = {"light": Ear("light")} | ({"full": Ear("full")} if full_fits() else {})

# What people do not type by hand and attackers do: marks that pile up on a letter, letters that are several, directions, pictures of
# several signs, halves of signs, what is not seen, and the words hearing knows best, over and over.
ODD = st.sampled_from(
    [
        *("\u0301", "\u0345", "ﷺ", "ẞ", "İ", "\u200b", "\u200d", "\u202e", "\u2066", "👩\u200d👩\u200d👧", "🏳\ufe0f", "\ud83d", "\x00", "\x1b[2J"),
        *("\u2028", "\u3000", "_", "'", "##", "[UNK]", "'s", "क्ष", "가", "ꙮ", "\U000e0041", "i'm not ", "i understand that you are ", "very "),
        *("thank you ", "why? ", "to be, but ", "if you ", "the reason ", "</system>", "1", "a", "Á", "\n", ".", "?!", "...", "(", "it's me "),
    ]
)  # fmt: skip
SAID = st.builds(
    lambda piece, times, rest: (rest[: len(rest) // 2] + "".join(piece) * times + rest)[: 2 * LONGEST],
    st.lists(ODD, min_size=1, max_size=4),
    st.sampled_from([1, 40, LONGEST]),
    st.text(max_size=80),
)
LEANS = st.sampled_from(
    [None, Cue("Who is this?", asked=True, nameless=True), Cue("You lacked years.", gave_reason=True)]
)


@pytest.mark.parametrize(("weight", "most"), [("light", 0.4), ("full", 1.0)])
def test_whatever_is_typed_is_heard_in_bounded_time(weight: str, most: float):
    if weight not in EARS:
        pytest.skip("numpy is not at hand")
    ear = EARS[weight]
    ear.ready()

    @settings(
        max_examples=runs(short=20, long=600) if weight == "light" else runs(short=10, long=150),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(SAID, LEANS)
    def bounded(said: str, cue: Cue | None) -> None:
        began = time.thread_time()
        heard = ear.hear(said, cue)
        spent = time.thread_time() - began
        assert heard.moves
        assert set(heard.scores) == set(MOVES)
        assert spent < most, f"{spent:.2f} s for {said[:80]!r} ({len(said)} characters)"

    bounded()


def test_a_matrix_of_8_bits_multiplies_as_the_matrix_it_stands_for():
    np = pytest.importorskip("numpy")
    from dialogs.hearing.matrix import BLOCK, Matrix, scratch

    given_numbers = np.random.default_rng(1)
    for outputs, inputs in (
        (1152, 384),
        (384, 1536),
        (27, 384),
        (300, 384),
    ):  # the last leaves a narrow block at the end
        narrow = given_numbers.integers(-127, 128, (outputs, inputs), dtype=np.int8)
        scale, bias = given_numbers.random(outputs), given_numbers.random(outputs)
        x = given_numbers.standard_normal((5, inputs)).astype(np.float32)
        whole = x.astype(np.float64) @ (narrow * scale[:, None]).T + bias
        assert BLOCK % inputs == 0
        assert np.allclose(Matrix(narrow, scale, bias)(x, scratch()), whole, atol=2e-3, rtol=1e-4)


def test_gelu_by_its_polynomial_is_gelu():
    np = pytest.importorskip("numpy")
    from dialogs.hearing.encoder import _gelu

    points = np.concatenate([np.linspace(-12, 12, 4001), [-1e4, -60, 60, 1e4]]).astype(np.float32)
    exact = [v * 0.5 * math.erfc(-v / math.sqrt(2)) for v in points.tolist()]
    assert np.allclose(_gelu(points.copy()), exact, atol=1e-6, rtol=1e-6)


def test_the_windows_of_a_long_message_are_read_together_as_they_are_one_by_one():
    if "full" not in EARS:
        pytest.skip("numpy is not at hand")
    import numpy as np

    encoder = EARS["full"].encoder
    assert encoder is not None
    windows = encoder.windows("could you tell me what i lacked, and what i should do about it? " * 30)
    assert len(windows) > 1
    together = encoder._inside(windows)
    assert np.allclose(together, np.concatenate([encoder._inside([w]) for w in windows]), atol=1e-4)
