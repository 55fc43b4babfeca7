"""Who is who in a transcript: which name is the candidate's, and whose line is whose."""

from __future__ import annotations

from bot.transcripts.talk import BadTranscript, Conversation, named
from dialogs.scenes import Speaker

YOU = frozenset(
    "you me i myself ich moi user human candidate applicant interviewee caller jobseeker interested".split()
) | {"job seeker", "the candidate"}
MANAGER = frozenset(
    "manager recruiter interviewer employer assistant bot gpt hr boss founder headhunter panel chair runner-up".split()
) | {"hiring manager", "human resources", "the manager", "runner up"}
RECEPTION = frozenset("reception receptionist secretary switchboard operator".split()) | {"front desk"}
MACHINE = frozenset("voicemail mailbox answerphone".split()) | {"answering machine"}


class WhichIsYou(BadTranscript):
    """The file does not say which of `names` is the candidate: it has to be asked."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        ask = f"Which of these is you: {named(names)}? Say it with --you NAME."
        alone = f"Only {named(names)} speaks here, and a call takes two; if that is you, say so with --you NAME."
        super().__init__(alone if len(names) == 1 else ask)


def with_you(talk: Conversation, you: str | None = None) -> Conversation:
    """The conversation with the candidate's side named. Raises WhichIsYou, or BadTranscript when `you` does not speak in it."""
    if you:
        return talk.told_by(you)
    if talk.you:
        return talk
    names = talk.speakers
    known = [n for n in names if n.casefold() in YOU]
    if len(known) == 1:
        return talk.told_by(known[0])
    rest = [n for n in names if n.casefold() not in MANAGER | RECEPTION | MACHINE]
    if len(rest) == 1 and len(names) > 1:
        return talk.told_by(rest[0])
    raise WhichIsYou(names)


def speaker_of(name: str) -> Speaker:
    """Whose voice a name other than yours is."""
    if name.casefold() in RECEPTION:
        return Speaker.RECEPTION
    return Speaker.MACHINE if name.casefold() in MACHINE else Speaker.MANAGER


def manager_of(talk: Conversation) -> str:
    """The name of the other side: who of the others says most, reception and machines aside."""
    said: dict[str, int] = {}
    for s in talk.sayings:
        if s.who != talk.you and speaker_of(s.who) is Speaker.MANAGER:
            said[s.who] = said.get(s.who, 0) + len(s.text)
    return max(said, key=lambda name: said[name]) if said else "Manager"
