"""Words from outside are kept without what would give a terminal orders."""

from __future__ import annotations

from bot.text import clean


def test_no_control_character_of_seven_or_eight_bits_is_kept_but_line_breaks_and_tabs() -> None:
    controls = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
    assert clean(f"a{controls}b").split() == ["a", "b"]
    assert not (set(controls) - set("\n\t")) & set(clean(f"a{controls}b"))
    assert clean("Zoë\u00a0says 2\u200b") == "Zoë\u00a0says 2\u200b"
