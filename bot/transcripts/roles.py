"""Who is who in a transcript: which name is the candidate's, and whose line is whose."""

from __future__ import annotations

from bot.transcripts.talk import BadTranscript, Conversation, named
from dialogs.patterns import lazy
from dialogs.scenes import Speaker

YOU = frozenset(
    "you me i myself ich moi user human candidate applicant interviewee caller jobseeker interested".split()
) | {"job seeker", "the candidate"}
MANAGER = frozenset(
    "manager recruiter interviewer employer assistant bot gpt hr boss founder headhunter panel chair runner-up".split()
) | {"hiring manager", "human resources", "the manager", "runner up"}
RECEPTION = frozenset("reception receptionist secretary switchboard operator".split()) | {"front desk"}
MACHINE = frozenset("voicemail mailbox answerphone".split()) | {"answering machine"}


OFFICES = frozenset(
    "careers career jobs job hr recruiting recruitment recruiter talent people hiring personnel bewerbung karriere noreply no-reply "
    "donotreply do-not-reply applications hello info office team".split()
)
"""What stands before the @ of an employer's mailbox."""
PRIVATE = frozenset(
    "gmail googlemail outlook hotmail live yahoo ymail icloud me mac gmx web proton protonmail pm aol mail posteo mailbox hey fastmail "
    "t-online freenet zoho".split()
)
"""Where people have mailboxes of their own."""


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
        try:
            return talk.told_by(you)
        except BadTranscript as nobody:
            if not talk.you:
                raise
            raise BadTranscript(f"{nobody} It shows by itself which side is yours: leave --you out.") from None
    if talk.you:
        return talk
    names = talk.speakers
    known = [n for n in names if _parts(n) & YOU]
    if len(known) == 1:
        return talk.told_by(known[0])
    rest = [n for n in names if not _parts(n) & (MANAGER | RECEPTION | MACHINE)]
    if len(rest) == 1 and len(names) > 1:
        return talk.told_by(rest[0])
    raise WhichIsYou(names)


def _parts(name: str) -> set[str]:
    """A name as it stands, and what is said beside it in brackets: “Carol (Manager)”."""
    return {name.casefold(), *(found.strip().casefold() for found in _BESIDE.findall(name))}


_BESIDE = lazy(r"[(\[]([^()\[\]]{1,40})[)\]]")


def by_address(addresses: dict[str, str]) -> str | None:
    """Which of two names is the candidate's, as their mail addresses tell: a mailbox of one's own, or opposite an office's. None where they do not."""
    if len(addresses) != 2:
        return None
    for sign in (private, lambda address: not _office(address)):
        yes = [name for name, address in addresses.items() if address and sign(address)]
        no = [name for name, address in addresses.items() if address and not sign(address)]
        if len(yes) == 1 and len(no) == 1:
            return yes[0]
    return None


def private(address: str) -> bool:
    """Whether a mailbox is one as people have it for themselves."""
    return address.rpartition("@")[2].split(".")[0].casefold() in PRIVATE


def _office(address: str) -> bool:
    return bool(OFFICES & set(address.partition("@")[0].casefold().replace("_", ".").replace("+", ".").split(".")))


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
