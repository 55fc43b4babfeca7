"""Somebody is spoken of by the name they go by."""

from __future__ import annotations

import pytest

from dialogs.called import OTHER_SIDE, called


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Dana Whitfield", "Dana"),
        ("Dana", "Dana"),
        ("Don Draper", "Don"),
        ("Mrs Hart", "Mrs Hart"),
        ("Sister O'Hara", "Sister O'Hara"),
        ("Chef", "Chef"),
        ("Mr. Gerald Dunne", "Mr. Dunne"),
        ("Herr Dr. Krüger", "Herr Dr. Krüger"),
        ("Whitfield, Dana", "Dana"),
        ("Anna Lindqvist (HR)", "Anna"),
        ("Оксана Шевченко", "Оксана"),
        ("Mr", "Mr"),
        ("SPEAKER_00", "the other side"),
        ("Speaker 2", "the other side"),
        ("+44 7700 900123", "the other side"),
        ("", "the other side"),
    ],
)
def test_somebody_is_called_by_their_first_name_or_by_title_and_surname(name: str, spoken: str) -> None:
    assert called(name) == spoken
    assert called(spoken) == spoken or spoken == OTHER_SIDE
