"""What the pages of benefits show: the list with its filters, and a case."""

from dataclasses import dataclass
from urllib.parse import urlencode

from care.benefits import life, listing, telling
from care.benefits.channel import Channel
from care.benefits.draft import Draft, draft
from care.benefits.listing import PAGE, Filter
from care.benefits.model import BenefitCase
from care.benefits.sentences import Sentences
from care.benefits.state import State, Step, steps_from
from care.benefits.words import Words
from care.elders.model import Elder
from care.elders.profile import age_of
from care.entitlements import phrase
from care.entitlements.rule import Rule
from care.regions.region import Regions
from console.desk.floor import Floor, names

HERE = "/desk/benefits"


@dataclass(frozen=True)
class BenefitDesk:
    """What the pages of benefits are made of."""

    floor: Floor
    words: Words
    sentences: Sentences
    regions: Regions
    channels: tuple[Channel, ...]
    """Ways out that this installation has."""

    def rule(self, case: BenefitCase) -> Rule | None:
        """None when the rule was taken back; the next night ends its cases."""
        rules = self.floor.entitlements.rules
        return next((rule for rule in rules if rule.id == case.rule), None)

    def draft(self, case: BenefitCase, elder: Elder) -> Draft | None:
        """What they would be told."""
        rule = self.rule(case)
        if rule is None:
            return None
        return draft(rule, elder.name, self.floor.entitlements, self.sentences)


class Wanted:
    """What the list is filtered by, as the address says; what isn't known is left open."""

    def __init__(
        self, state: str = State.NEW.value, benefit: str = "", region: str = "", page: int = 1
    ) -> None:
        self.state = next((each for each in State if each.value == state), None)
        self.benefit, self.region, self.page = benefit[:32], region[:32], max(1, min(page, 10_000))

    def address(self, **changed: object) -> str:
        """Of the list with one thing changed."""
        state = self.state.value if self.state else "all"
        told = {"state": state, "benefit": self.benefit, "region": self.region, "page": 1}
        return f"{HERE}?{urlencode({k: v for k, v in (told | changed).items() if v != ''})}"


def list_of(desk: BenefitDesk, wanted: Wanted) -> dict[str, object]:
    """A page of the list, for its template."""
    floor, regions = desk.floor, desk.regions
    inside = [each.name for each in regions if regions.within(each.name, wanted.region)]
    looked = Filter(wanted.state, wanted.benefit or None, inside)
    today = floor.clock().date()
    with floor.reading() as session:
        rows = listing.rows(session, looked, wanted.page)
        context = {
            "counts": listing.counts(session, looked),
            "round": listing.latest_round(session),
            "under_way": telling.under_way(session, [row.case.id for row in rows]),
        }
    rules = {rule.id: rule for rule in floor.entitlements.rules}
    return context | {
        "rows": rows[:PAGE],
        "more": len(rows) > PAGE,
        "ages": {row.elder.id: age_of(row.elder, today) for row in rows},
        "wanted": wanted,
        "rules": rules,
        "documents": floor.entitlements.documents,
        "amount": lambda rule: phrase.amount(rule, floor.entitlements.words),
        "benefits": sorted({rule.benefit for rule in rules.values()}),
        "regions": [each.name for each in regions],
        "words": desk.words,
        "channels": desk.channels,
        "State": State,
        "now": floor.clock(),
    }


def case_of(desk: BenefitDesk, number: int) -> dict[str, object]:
    """One case, for its template. Raises CaseNotFoundError."""
    floor = desk.floor
    queue = floor.shared_queue()  # before: SQLite has one transaction at a time
    with floor.reading() as session:
        case = life.find(session, number)
        elder = session.get_one(Elder, case.elder_id)
        found = {
            "case": case,
            "elder": elder,
            "events": life.events(session, number),
            "others": [each for each in listing.of_elder(session, elder.id) if each.id != number],
            "under_way": telling.under_way(session, [number]).get(number),
            "names": names(session),
        }
    rule, state = desk.rule(case), State(case.state)
    return found | {
        "age": age_of(elder, floor.clock().date()),
        "rule": rule,
        "document": floor.entitlements.documents[rule.source.document] if rule else None,
        "amount": phrase.amount(rule, floor.entitlements.words) if rule else "",
        "draft": desk.draft(case, elder),
        "state": state,
        "steps": steps_from(state),
        "Step": Step,
        "may_tell": state in (State.NEW, State.TOLD),
        "words": desk.words,
        "channels": desk.channels,
        "queue": queue,
        "alarm_words": floor.alarm_words,
        "now": floor.clock(),
    }
