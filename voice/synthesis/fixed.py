"""The clauses that the assistant says again and again, gathered from the project's own data.

They are rendered beforehand and kept on disk. Everything here comes from files that ship with the
project, so nothing that a caller said, and nobody's name, address or number, can be among them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.emergency.script import load_lines
from bot.prompts import load_prompts
from bot.visit.script import Script
from care.data_files import DATA, read_yaml
from care.entitlements import phrase
from care.entitlements.load import Entitlements
from care.knowledge.card import load_cards
from care.knowledge.document import load_documents
from care.visits.findings import Findings
from voice.call.prompts import load_call_prompts
from voice.spoken.form import spoken
from voice.synthesis.clause import Clause
from voice.synthesis.clauses import clauses, parts
from voice.turn.pace_words import pace_words
from voice.turn.prompts import turn_prompts

DOMAIN = DATA.parent / "bot" / "domain"

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*")
_WORDING = ("questions", "gives", "plans", "close", "excluded", "missing", "list")
"""The groups of `entitlements/wording.yml` that hold sentences."""
_ANYTHING = "好。"
"""In a value's place, so that a mark before it isn't taken for the end."""
_OFTEN = 3
"""Cards and rules that begin with the same words."""


def fixed_clauses(data: Path = DATA, domain: Path = DOMAIN) -> list[Clause]:
    """Every clause worth keeping, each once, those that are needed soonest first.

    First what keeps a call going, whole: nobody waits for it, or it is said since something else
    is late. Then what a reply can begin with: talk, what many cards begin with, alarms, the other
    cards and the rules. Then the rest of alarms and talk. Of rules and cards the rest is made while
    the beginning is heard. Raises DataFileError when a file can't be used.
    """
    line = [each for text in _line(data) for each in _fixed(text)]
    talk = [*_prompts(data), *_responses(domain), *_wording(data), *_visits(data)]
    alarms = list(_emergencies(data))
    told = _openers([*_rules(data), *_cards(data)])
    often = [opener for opener, count in told if count >= _OFTEN]
    openers = [opener for opener, _ in _openers(talk)]
    openers += [*often, *(opener for opener, _ in _openers(alarms)), *(each for each, _ in told)]
    rest = [each for text in (*alarms, *talk) for each in _fixed(text)]
    return list(dict.fromkeys([*line, *openers, *rest]))


def greeting_clauses(data: Path = DATA) -> list[Clause]:
    """What a call begins with; spoken at a pace of its own (`voice.call.mouth.brisk`)."""
    prompts = load_call_prompts(data)
    texts = (prompts.greeting, prompts.greeting_unrecorded, prompts.greeting_named)
    # After the name the greeting goes on with clauses of the others.
    return list(dict.fromkeys(each for text in texts for each in _fixed(text)))


def _openers(templates: Iterable[str]) -> list[tuple[Clause, int]]:
    """What they begin with, and how many of them do; the most frequent first."""
    return Counter(each for one in templates for each in _fixed(one)[:1]).most_common()


def _fixed(template: str) -> list[Clause]:
    """The clauses of a template into which no value is filled, as `clauses` would cut them."""
    found: list[Clause] = []
    for sentence in _SENTENCE.findall(template):
        before, brace, _ = sentence.partition("{")
        if not brace:
            found += clauses(spoken(sentence))
            continue
        # Of a sentence with a value only its first clause is the same whatever the value is.
        first, *others = parts(spoken(f"{before}{_ANYTHING}"))
        found += [first] if others else []
    return found


def _line(data: Path) -> Iterator[str]:
    turn = turn_prompts(data)
    yield from (text for place in turn.fillers for text in place)
    yield from load_call_prompts(data).texts()
    yield from turn.texts()
    yield from pace_words(data).more


def _prompts(data: Path) -> Iterator[str]:
    for _, value in load_prompts(data):
        if isinstance(value, list):  # a single sentence is for screens: the request was wrong
            yield from value


def _responses(domain: Path) -> Iterator[str]:
    for path in sorted(domain.glob("responses_*.yml")):
        for variants in read_yaml(path)["responses"].values():
            yield from (str(variant["text"]) for variant in variants)


def _wording(data: Path) -> Iterator[str]:
    content = read_yaml(data / "entitlements" / "wording.yml")
    for group in _WORDING:
        for text in content[group].values():
            if re.search(r"[。？]|，.*\{", text):
                yield str(text)


def _visits(data: Path) -> Iterator[str]:
    yield from Script.load(Findings.load(data), data).texts()


def _emergencies(data: Path) -> Iterator[str]:
    lines = load_lines(data / "emergency" / "prompts.yml")
    for say in lines.says.values():
        yield from say.texts
    for question in lines.questions.values():
        yield from question.ask
        yield from question.ask_other or ()
        yield from _present((question.say_after_no, question.say_after_no_self))
    for category in lines.categories.values():
        yield from (*category.advice, *category.advice_other)
        yield from _present((category.call, category.call_other))
        yield from category.later


def _rules(data: Path) -> Iterator[str]:
    known = Entitlements.load(data)
    for rule in known.rules:
        yield f"{phrase.given(rule, known.words)}。"
        yield phrase.close(rule, known.documents, known.words)


def _cards(data: Path) -> Iterator[str]:
    for card in load_cards(data / "cards", load_documents(data / "documents.yml")):
        yield card.answer


def _present(texts: Iterable[str | None]) -> Iterator[str]:
    return (text for text in texts if text)
