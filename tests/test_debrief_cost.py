"""A debrief costs little because it does little: what is left out could not have come first, and what is held again is held in part."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.hearing.heard import Cue, Heard
from dialogs.practice import Turn
from dialogs.review import Story, review
from dialogs.review.envelope import _places, _Search, _Way
from dialogs.review.rehearsal import Key
from dialogs.review.trials import WEIGHTS, Trials
from dialogs.scenario import Scenario
from tests.debriefed import EAR, PLAYS, held, put_together, simulated

MOST_HEARD = 9  # lines listened to for one debrief; each costs as much as a turn of the call itself


def every_call() -> list[tuple[Scenario, int, Sequence[Turn]]]:
    return [*map(held, PLAYS), *simulated(), *put_together()]


def test_a_debrief_listens_to_a_handful_of_lines() -> None:
    for call in every_call():
        heard = []

        def ear(words: str, cue: Cue, heard: list[str] = heard) -> Heard:
            heard.append(words)
            return EAR.hear(words, cue)

        review(*call, ear=ear)
        assert len(heard) <= MOST_HEARD, heard


def test_what_is_not_held_again_would_not_have_come_first() -> None:
    for call in every_call():
        story = Story(*call)
        best = [trial for trial, _ in zip(Trials(story).best_first(lambda *_: True), range(4), strict=False)]
        trials = Trials(story)
        everything = [t for i in range(len(trials._cases)) if (t := trials._trial(i))]
        everything.sort(key=lambda t: (-trials._worth(t), t.turn.n))
        assert [(t.turn.n, t.fault) for t in best] == [(t.turn.n, t.fault) for t in everything[:4]]


def test_some_cases_are_not_held_again() -> None:
    held_again = known = 0
    for call in simulated():
        trials = Trials(Story(*call))
        next(trials.best_first(lambda _, fault: fault in WEIGHTS), None)
        held_again, known = held_again + len(trials._held), known + len(trials._cases)
    assert held_again < 0.8 * known


def test_lines_that_are_not_put_in_could_not_have_led_further() -> None:
    for call in every_call():
        story = Story(*call)
        search = _Search(story, (), _Way((), 0), EAR.hear)
        for n in _places(story, ()):
            for length in (1, 2, 3):
                keys = search._inserted(n, length, (), 0)
                assert story.past.with_keys(keys).highest <= search._most(n, (), length)


def test_a_line_that_is_misunderstood_ends_the_proof() -> None:
    story = Story(*held(PLAYS[0]))
    curious, asked = Key(1, "Hello, it's Dan Hale. Who got the job, and what do they earn?", ()), []

    def ear(words: str, cue: Cue) -> Heard:
        asked.append(words)
        return EAR.hear(words, cue)

    assert story.past.proof([curious, Key(2, "Could you tell me one thing I should improve?", ())], ear) is None
    assert asked == [curious.words]
