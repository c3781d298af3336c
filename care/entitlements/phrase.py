"""One rule as a phrase, and the sentence that names its source."""

from collections.abc import Iterable, Mapping

from care.entitlements.rule import Rule
from care.entitlements.words import Words
from care.knowledge.document import Document


def amount(rule: Rule, words: Words) -> str:
    """每月100元; empty if the rule has no amount."""
    what = rule.what
    fields = {"per": what.per, "unit": what.unit}
    if what.unmapped:
        steps = [words.fill("amount.step", n=n, unit=what.unit) for n in what.amounts]
        return words.fill("amount.unmapped", per=what.per, steps="、".join(steps))
    if what.amount is not None:
        return words.fill("amount.exact", n=what.amount, **fields)
    if what.most is not None:
        return words.fill("amount.span", least=what.least, most=what.most, **fields)
    if what.least is not None:
        return words.fill("amount.at_least", n=what.least, **fields)
    return ""


def unpublished(rule: Rule) -> bool:
    """Money whose amount the published material doesn't tell, or doesn't tell for whom."""
    return rule.what.unmapped or (rule.what.kind in ("cash", "subsidy") and not rule.what.numbers)


def given(rule: Rule, words: Words) -> str:
    """阿拉善盟80到89岁、有本盟户口的老人,高龄津贴每月100元, without a full stop."""
    group = "plans" if rule.status == "plan" else "gives"
    fields = {"region": rule.region, "condition": rule.condition, "gift": rule.name}
    if rule.what.numbers:
        return words.fill(f"{group}.amount", amount=amount(rule, words), **fields)
    kind = "unpublished" if unpublished(rule) else "service"
    return words.fill(f"{group}.{kind}", **fields)


def source(rule: Rule, document: Document, words: Words) -> str:
    """银川市民政局2023年公布的2022年的标准, as it stands after 这是."""
    fields = {"issuer": document.issuer, "year": document.year}
    if document.trust == "repost":
        return words.fill("source.repost", **fields)
    if rule.status == "plan":
        return words.fill("source.plan", **fields)
    held = words.fill("source.held", year=rule.year) if rule.year else ""
    return words.fill("source.official", held=held, **fields)


def documents_named(documents: Iterable[Document], words: Words) -> str:
    """阿拉善盟民政局2021年的材料, as it is spoken after a list; a year that several share once."""
    issuers: dict[tuple[str, int], dict[str, None]] = {}
    for document in documents:
        name = "source.repost" if document.trust == "repost" else "source.named"
        issuers.setdefault((name, document.year), {})[document.issuer] = None
    return "、".join(
        words.fill(name, issuer="、".join(named), year=year)
        for (name, year), named in issuers.items()
    )


def shown(document: Document, words: Words) -> str:
    """阿拉善盟民政局 2021年, for a page that lists the sources."""
    name = "source.shown_repost" if document.trust == "repost" else "source.shown"
    return words.fill(name, issuer=document.issuer, year=document.year)


def close(rule: Rule, documents: Mapping[str, Document], words: Words) -> str:
    """The sentence after the amount: whose word it is, of which year, and who confirms it."""
    template = "close.offer" if unpublished(rule) else "close.confirm"
    check = words.fill("close.check", check=rule.check) if rule.check else ""
    told = source(rule, documents[rule.source.document], words)
    return words.fill(template, source=told, check=check)
