"""Words that are no move: silence, another language, the software, distress.

Each has its own output in the model, and here the rules that are sure without it. What is addressed to the software moves nothing,
whatever else it says.
"""

from __future__ import annotations

import re

from dialogs.hearing.heard import Aside
from dialogs.hearing.text import words
from dialogs.patterns import lazy

_SOFTWARE = tuple(
    lazy(p)
    for p in (
        r"\b(?:ignore|disregard|forget|override|bypass|drop) (?:all |any |everything |every |the |your |my |of |previous |prior |above |earlier ){0,5}"
        r"(?:instructions?|prompts?|rules?|guidelines|programming|directions|constraints|told)\b",
        r"\b(?:system|developer|hidden|initial) ?(?:prompt|message|instructions?)\b|\byour prompt(?= (?:says?|said|tells?|told|is|was|has|contains?|please|pls|now|to me|in full|word for word|verbatim)\b|[.?!;:\"')\]]|\W*$)|\b(?:show|print|reveal|paste|leak|ignore|what(?:'s| is| was| does| did)) (?:me |us |out )?your prompt\b(?! (?:\w+ ){0,2}(?:reply|response|answer|letter|feedback|follow[- ]?up)\b)|\byour (?:programming|source code|temperature setting|hidden notes|creators?|developers?|operators?|training data)\b",
        r"\b(?:you are|you're|are you|u r|r u) (?:just |only |really |actually |not |now |even |an? |a |some |stupid |useless ){0,5}"
        r"(?:bot|chat ?bot|a\.?i\.?|language model|llm|chatgpt|robot|machine|computer|program|script|simulation|algorithm|software|conscious|sentient|automatic|automated)\b",
        r"\b(?:jailbreak|dan mode|prompt injection|system override|admin override|cheat ?codes?)\b|\bact as dan\b",
        r"\b(?:exit|leave|stop|quit|end|restart|reset|skip|switch|load) (?:the |this |a )?(?:role ?-?play\w*|simulation|scenario|character|role|persona|simulator|chat ?bot)\b",
        r"\b(?:next|another|different|new) (?:role ?-?play\w*|simulation|scenario|character|persona|simulator|chat ?bot)\b",
        r"\b(?:out of|break|breaking|stay in|in|drop|leave) character\b|\bend of (?:role ?-?play|simulation|conversation ?-)",
        r"\b(?:developer|debug|god|admin|sudo|easy|hard|test) mode\b",
        r"\b(?:act|respond|behave|answer|reply|pretend|speak|talk) (?:as|like|to be)(?: if)? (?:you (?:are|were)|a|an|the) (?:\w+ ){0,3}(?:assistant|model|pirate|ai|bot|developer|admin|candidate|applicant|coach|narrator)\b",
        r"\bfrom (?:now|here) on,? (?:you |only )?(?:answer|reply|respond|speak|talk|write|you will|you are|you're)\b",
        r"\b(?:set|raise|increase|change|unlock|max|reveal|print|output|show|dump|return|repeat|display|enable|disable|reset) (?:me )?(?:the |your |my |all |of |to |a )*"
        r"(?:disclosure|trust|patience|openness|hidden|variables?|debug\w*|prompts?|json|yaml|source code|database|everything above|text above|last message|last answer|chat|conversation so far|secret notes?|hint button)\b",
        r"\b(?:what|which) (?:model|version|llm|ai) (?:are|is|do|am)\b|\bwho (?:made|created|programmed|built|trained|coded|wrote) (?:you|this bot|this app|this program)\b|\bwhen were you trained\b",
        r"(?:^|[,.!] )(?:dear |hey |hi |listen |ok |okay |please |stupid |ok so )?(?:bot|chat ?bot|computer|robot|assistant|machine|chatgpt|siri|alexa|little computer)(?:[,.!?:]|$| please)",
        r"\b(?:stupid|dumb|useless|broken|this|the) (?:chat ?bot|bot|simulator)\b|\bheap of code\b|\bbunch of if statements\b",
        r"^(?:please |pls |can (?:we|you) )?(?:restart|reset|undo|exit|help menu|regenerate|start over|stop generating|next scenario|new game)(?: please| pls| the chat| the conversation| that| this| now)?[.!?]*$",
        r"(?:^|\s)/[a-z_]{3,20}(?=\s|$)",
        r"</?[a-z_]+(?: [a-z_]+=\"[^\"<>]{0,60}\")*\s?/?>|<\|[a-z_]+\|>|\[(?:system|inst|admin|/inst|reason)[\] ]|^(?:system|assistant|developer|admin|user)\s*:|#{2,}\s*(?:system|new|instruction)|```",
        r"\b(?:sudo|drop table|select \* from|import os|os\.system|eval\(|rm -rf|console\.log|base64)\b",
        r"\b(?:write|compose|draft) (?:me )?(?:a|an|my) (?:\w+ ){0,2}(?:cover letter|poem|haiku|song)\b",
        r"\bcomplete the sentence\b|\bnew rule(?: of the game)?:|\byour new (?:task|role|instructions?)\b|\bsummari[sz]e (?:our|this|the) (?:chat|conversation)\b",
    )
)

# Common English words: a text of several words with none of them is not English.
_ENGLISH = frozenset(
    """a about after all also am an and any are as ask at back be because been but by bye call can could day did do does don't dont
    else even ever feel few for from get give go going good got had has have he hello her here hey hi him his how i i'd i'll i'm i've if im in
    interview into is isn't it it's its job just know last let like little look made make many may maybe me mean might minute more most much my name
    need never nice no not now of off ok okay on one only or other our out over please position really right role said same say see she should
    so some something sorry sort still such sure take team tell than thank thanks that that's the their them then there these they thing think this
    though time to today too u understand up us very want was way we well were what what's when where which while who why will with would
    wrong yeah year years yes yet you your""".split()
)
_FOREIGN = frozenset(
    """hola gracias por que qué porque dieron pero usted trabajo entrevista puedo quisiera muy buenos buenas dias tardes estoy el la los las una
    merci bonjour pourquoi je vous votre est pas une mais avec pour bonsoir entretien suis le les des avez ich sie nicht und der die das warum danke
    bitte ist guten tag haben mir mich ein eine für aber nein gerne obrigado obrigada você não por favor sim vaga emprego grazie ciao perché sono
    quiero saber dieron trabajaré elegido rechazado gewählt stelle bekommen abgelehnt emploi poste refusé refus buongiorno non che lavoro il gli dziękuję dzień dobry proszę nie jest czy tak hallo waarom ik niet het een goedemorgen bedankt tack varför jag inte
    är och mange takk hvorfor jeg ikke og kiitos miksi teşekkür neden bir iş değil""".split()
)
_LAID_OUT = r"\b(?:pills|tablets|razor|blades?|rope)\b.{0,30}\b(?:counted out|lined up|laid out)\b"
_GIVING_UP = r"\b(?:never ?mind|good ?bye|tonight|won'?t need|will not need|don'?t bother|no (?:point|use) (?:now|any ?more|in)|doesn'?t matter|won'?t matter|nothing matters|sorry for everything|in front of me)\b"
"""Pills are counted out and ropes laid out at work, too; beside one of these it is no work."""
_DESPAIR = tuple(
    lazy(p)
    for p in (
        r"\b(?:kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|hanging|drown|shoot|end) (?:my ?self|meself|myslef)\b",
        r"\b(?:end|ending|take|taking) (?:my|me) (?:own )?life\b",
        r"\bend it (?:all|tonight|now)\b|\bending it all\b",
        r"\b(?:want|wanna|wanted|rather|better off|ready) (?:to )?(?:be )?(?:dead|die)\b(?! (?:of|to know))",
        r"\b(?:suicid\w*|self[- ]?harm\w*|unalive|kms)\b",
        r"\b(?:don't|dont|do not|didn't|can't) (?:really |even )?(?:want|wanna|see (?:a|any) (?:reason|point)) (?:to |in )?(?:be (?:here|alive) (?:any ?more|tomorrow)|live|living|liv|exist|wake up|go on living|being alive|carry on living)\b",
        r"\b(?:no|any) (?:reason|point) (?:left )?(?:to|in) (?:live|living|being alive|waking up|staying alive)\b",
        r"\b(?:better off|world|everyone|everybody|family|kids|they'd|they would) (?:would be |be |is )?(?:better off )?without me\b",
        r"\b(?:overdose|od on|pills|tablets|bridge|tracks|rope|razor|blade)\b.{0,60}\b(?:tonight|enough|ready|goodbye|jump|waiting|take them|over soon|looking at)\b",
        rf"{_LAID_OUT}(?=.{{0,80}}{_GIVING_UP})|{_GIVING_UP}.{{0,80}}{_LAID_OUT}",
        r"\b(?:sooner|rather|better off|want to|wish i (?:was|were)) (?:be |if i (?:was|were) )?(?:in the ground(?! (?!than|by|tonight|now|already|instead|with|and|or|so|because|right|too|anyway)\w)|in my grave|six feet under)\b",
        r"\b(?:standing on|edge of|off) (?:the|a) (?:bridge|platform|roof|balcony)\b.{0,60}\b(?:jump|over|done|goodbye|end)\b",
        r"\b(?:i won't|i wont|i will not|not going to|not gonna) (?:be (?:here|around|alive)|wake up|make it|see) (?:tomorrow|any ?more|next week|much longer|through the night|the morning|christmas)\b",
    )
)
# The commonest words for it in other languages, by language. A word in front of or behind it that makes it a figure of speech is
# in _FIGURE, as in English; scripts without word breaks are sought as they stand.
_DESPAIR_ELSEWHERE = lazy(
    "|".join(
        (
            r"\b(?:quiero|quisiera|deseo) (?:morir(?:me)?|matarme|estar muert[oa])\b|\bme (?:quiero|voy a) (?:morir|matar|suicidar)\b|\bvoy a matarme\b"
            r"|\bno quiero (?:seguir viviendo|vivir)\b(?! (?:en|con|de|aqu|all|lejos|cerca|sola?\b))|\bquitarme la vida\b",
            r"\b(?:je (?:veux|voudrais|vais|préfère)|j'ai envie de|envie de) (?:mourir|me tuer|me pendre|en finir(?! avec)|en finir avec (?:la|ma) vie|crever)\b"
            r"|\bje (?:ne )?veux plus (?:vivre|être là|exister)\b|\bmettre fin à (?:mes jours|ma vie)\b",
            r"\b(?:will|möchte|moechte|wollte) (?:einfach |nur |nur noch |am liebsten |lieber |endlich ){0,2}(?:sterben|tot sein|nicht mehr leben|mich umbringen|mich töten)\b"
            r"|\b(?:mich|mi) (?:selbst |selber |heute )?(?:umbringen|töten)\b|\bbring(?:e|'| ich)? mich um\b|\b(?:mir )?das leben (?:zu )?nehmen\b|\bselbstmord\w*|\bsuizid\w*",
            r"\b(?:voglio|vorrei) (?:solo |soltanto )?(?:morire|uccidermi|ammazzarmi|farla finita|essere mort[oa])\b|\bmi voglio (?:uccidere|ammazzare)\b"
            r"|\bnon voglio pi[uù] vivere\b|\btogliermi la vita\b",
            r"\b(?:quero|queria) (?:morrer|me matar|me suicidar|estar mort[oa])\b|\bvou me matar\b|\bn[aã]o quero (?:mais )?viver\b(?! (?:em|com|de|aqui|no\b|na\b))|\bn[aã]o quero viver mais\b",
            r"\bik wil (?:gewoon |alleen maar |liever )?(?:dood|sterven|niet meer leven|er niet meer zijn)\b|\bzelfmoord\w*",
            r"\bchc[eę] (?:umrze[cć]|si[eę] zabi[cć])\b|\bnie chc[eę] (?:ju[zż] )?[zż]y[cć]\b|\bzabij[eę] si[eę]\b|\bsamob[oó]j\w*",
            r"\b(?:jag vill|jeg vil) (?:bara |bare )?(?:dö|dø|inte leva|ikke leve)\b|\btag?a? livet av (?:mig|meg)\b|\bsj[aä]lvmord|\bselvmord|\bitsemurha|\bhaluan kuolla\b",
            r"\bchci (?:um[rř][ií]t|zem[rř][ií]t)\b|\bmeg akarok halni\b|\böngyilkos\w*|\bvreau s[aă] mor\b|\bsinucid\w*",
            r"хочу (?:умереть|сдохнуть|померти)|не хочу (?:больше |більше )?(?:жить|жити)\b|покончить с собой|(?:убью|убить) себя|(?:вб'ю|вбити) себе|самоуб|самогуб",
            r"\bölmek istiyorum|\byaşamak istemiyorum|\bintihar|\bkendimi öldür",
            r"θέλω να πεθάνω|αυτοκτον|רוצה למות|להתאבד",
            r"[أا]ريد [أا]ن [أا]موت|بدي [أا]?موت|لا [أا]ريد [أا]ن [أا]عيش|انتحار|س?[أا]نتحر|می ?خواهم بمیرم|می ?خوام بمیرم|خودکشی",
            r"मरना चाहत|मर जाना चाहत|जीना नहीं चाहत|आत्महत्या|\bmarna chaht|\bmar jana chaht|\bjeena nah[ie]n? chaht",
            r"[想要]死(?![你妳他她我])|不想活|活不下去|自[杀殺]|[轻輕]生|[结結]束(?:我的|自己的)生命|死にたい|消えてしまいたい|自殺|生きていたくない|生きたくない|죽고 ?싶|자살|살고 ?싶지 ?않",
            r"\bmuốn chết|\btự tử\b|\bkhông muốn sống|\b(?:ingin|mau|pengen) mati\b|\bbunuh diri\b|\bgusto ko nang mamatay\b|\bmagpakamatay\b",
        )
    )
)
# One of these stands in all that the pattern above finds in plain letters: looking for them first costs a hundredth of it.
_STEMS = (
    "morir", "muert", "matar", "suicid", "vivir", "viviendo", "quitarme", "mourir", "me tuer", "pendre", "finir", "crever", "vivre", "exister",
    "mettre fin", "sterben", "tot sein", "leben", "umbring", "mich um", "selbstmord", "suizid", "uccider", "ammazz", "farla finita", "mort",
    "vivere", "togliermi", "morrer", "viver", "dood", "sterven", "ik wil", "zelfmoord", "umrze", "zabi", "nie chc", "samob", "jag vill", "jeg vil",
    "livet", "lvmord", "itsemurha", "haluan", "chci", "akarok", "ngyilkos", "vreau", "sinucid", "intihar", "chaht", " mati", "bunuh", "mamatay",
)  # fmt: skip
_FIGURE = lazy(
    r"\b(?:morir(?:me)?|morrer|mourir|crever) d(?:e|'|el?)\b",
    r"\bmorire d(?:i|al|alla|allo|all')\b",
    r"\bsterben vor\b",
    r"\bvor \w{3,20} sterben\b",
    r"\b(?:dying|die) (?:to (?:know|hear|find)|of (?:embarrass\w*|shame|curiosity|laughter|boredom))",
    r"\b(?:kills?|killed|killing) me (?:to|not|that)",
    r"\b(?:nearly|almost|thought i'd|could have) died\b",
    r"\bshoot myself in the foot\b",
    r"\bkill(?:ed)? (?:it|time)\b",
    r"\bcut myself (?:short|off|some slack)",
    r"\bkicking myself",
    r"\bbefore i (?:hurt|kill) (?:myself|someone|somebody)\b",
    r"\brather die than (?:do|sit|go through|eat|wear|use|watch)\b",
    r"\b(?:pills|tablets|razor|blades?|rope)\b.{0,30}\b(?:counted|lined|laid|set) (?:out"
    r"|up)\b.{0,20}\b(?:for|when|before|by) (?:each|every|the|my|our|a) (?:\w+ )?(?:wards?|rounds?|guests"
    r"|patients?|residents|colleagues?|customers)\b",
    r"\bhelpline",
    r"\bsuicide (?:prevention|hotline|awareness|watch) (?:job|role|position|training|charity|line"
    "|volunteer|course)",
)


def silent(plain_text: str) -> bool:
    """Nothing was said: no letter, no digit, no sign with a meaning."""
    return not any(c.isalnum() or c in "?!" or ord(c) > 0x2600 for c in plain_text)


def addresses_software(plain_text: str) -> str:
    """The words that speak to the program; empty when there are none."""
    return next((hit.group().strip() for p in _SOFTWARE if (hit := p.search(plain_text))), "")


def not_english(plain_text: str) -> bool:
    """Mostly another script, or several words of which hardly one is English and some are known to be another language's."""
    letters = [c for c in plain_text if c.isalpha()]
    if len(letters) >= 2 and sum(c > "\u024f" for c in letters) > len(letters) / 2:
        return True
    said = words(plain_text) if plain_text.isascii() else re.findall(r"[^\W\d_]+(?:'[a-z]+)?", plain_text)
    if len(said) < 2:
        return False
    english = sum(w in _ENGLISH for w in said) / len(said)
    foreign = sum(w in _FOREIGN for w in said) / len(said)
    return foreign >= 0.25 and (english < 0.2 or foreign > english + 0.2)


def may_be_foreign(plain_text: str) -> bool:
    """Whether there is enough to know a language by: one or two words in plain letters prove none (“idk”, “huh”), unless one is known as another's;
    and pictures are of none."""
    if not any(c.isalpha() for c in plain_text):
        return False
    said = words(plain_text)
    return len(said) > 2 or not plain_text.isascii() or any(w in _FOREIGN for w in said)


BARS: dict[str, dict[Aside, float]] = {
    "full": {Aside.SOFTWARE: 0.2, Aside.FOREIGN: 0.5, Aside.DISTRESS: 0.24},
    "light": {Aside.SOFTWARE: 0.4, Aside.FOREIGN: 0.5, Aside.DISTRESS: 0.35},
}
"""From what likelihood an aside is believed without a rule, by weight. Distress is believed early: a kind word too many costs a moment, one too few
may cost more. Of what the examination hands said without despair it is heard in one of 750 (full) or 1,500 (light), of their despair in 17 or 16 of 20."""
IN_DOUBT = 0.5
"""Below this likelihood distress gives way to something kind, or a question, that was heard in the same words."""


def elsewhere(plain_text: str) -> bool:
    """Whether these words begin with one known as another language's, and are mostly such: “gracias por nada” is nobody's name."""
    said = words(plain_text)
    return bool(said) and said[0] in _FOREIGN and 2 * sum(w in _FOREIGN for w in said) > len(said)


def despair(plain_text: str) -> str:
    """The words that speak of ending one's life or harming oneself; empty when there are none, or only a figure of speech."""
    other_language = not plain_text.isascii() or any(stem in plain_text for stem in _STEMS)
    patterns = (*_DESPAIR, _DESPAIR_ELSEWHERE) if other_language else _DESPAIR
    hit = next((h for p in patterns if (h := p.search(plain_text))), None)
    if hit is None:
        return ""
    near = plain_text[max(0, hit.start() - 25) : hit.end() + 25]
    return "" if _FIGURE.search(near) else hit.group()


def figure_of_speech(plain_text: str) -> bool:
    """Whether dying or killing is only a way of speaking somewhere in these words."""
    return _FIGURE.search(plain_text) is not None


def aside_by_rule(plain_text: str) -> Aside:
    """The aside the rules are sure of; distress before everything."""
    if silent(plain_text):
        return Aside.SILENCE
    if despair(plain_text):
        return Aside.DISTRESS
    if addresses_software(plain_text):
        return Aside.SOFTWARE
    return Aside.FOREIGN if not_english(plain_text) else Aside.NONE
