"""Alarms, their course and their figures as tables."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from care.alarms.course import note_of
from care.alarms.figures import Figures
from care.alarms.ladder import Ladder
from care.alarms.model import Alarm, AlarmEvent
from care.alarms.words import Words, spell_seconds
from care.language.mask import mask


def show_list(found: Sequence[Alarm], words: Words, out: Console, now: datetime) -> None:
    """One a row; how long it has waited in front of what it is."""
    table = Table("报警号", "状态", "已过", "类别", "级别", "坐席", "地点", "所说")
    for alarm in found:
        table.add_row(
            alarm.ref,
            words.states[alarm.state],
            spell_seconds((now - alarm.raised_at).total_seconds()),
            words.category(alarm.category),
            words.severities[str(alarm.severity)],
            escape(alarm.handled_by or ""),
            escape(alarm.place or words.unknown_place),
            escape(mask(alarm.said)),
        )
    out.print(table)


def show_alarm(
    alarm: Alarm, events: Sequence[AlarmEvent], words: Words, ladder: Ladder, out: Console
) -> None:
    """What is known, with the number masked, and then its course."""
    known = Table(show_header=False, box=None)
    for name, value in (
        ("报警号", alarm.ref),
        ("状态", words.states[alarm.state]),
        ("类别", words.category(alarm.category)),
        ("级别", words.severities[str(alarm.severity)]),
        ("姓名", alarm.person),
        ("电话", alarm.phone and mask(alarm.phone)),
        ("地点", alarm.place or words.unknown_place),
        ("设备", " ".join(filter(None, (alarm.controller, alarm.device, alarm.device_type)))),
        ("同一案", alarm.case_ref if alarm.case_ref != alarm.ref else None),
        ("坐席", alarm.handled_by),
        ("派去", alarm.responder),
        ("请做", alarm.instruction),
        ("结果", alarm.outcome and words.outcomes.get(alarm.outcome, alarm.outcome)),
    ):
        if value:
            known.add_row(name, escape(value))
    out.print(known)
    table = Table("时间", "事项", "谁", "方式", "说明")
    for event in events:
        table.add_row(
            f"{event.at:%m-%d %H:%M:%S}",
            words.events.get(event.kind, event.kind),
            escape(words.by.get(event.by, event.by)),
            escape(event.how),
            escape(mask(note_of(event, ladder, words))),
        )
    out.print(table)


def show_figures(
    found: Figures, since: datetime, until: datetime, words: Words, out: Console
) -> None:
    """Against the goals."""
    table = Table(show_header=False, title=f"{since:%Y-%m-%d %H:%M} — {until:%Y-%m-%d %H:%M}")
    table.add_row("报警", str(found.raised))
    table.add_row("其中紧急", str(found.urgent))
    for within in found.within:
        share = "—" if within.share is None else f"{within.share:.1%}"
        name = f"{within.seconds} 秒内接警"
        counted = f"{share}（{within.met}/{within.counted}，目标 {within.goal:.1%}）"
        table.add_row(name, counted, style=None if within.reaches_goal is not False else "bold red")
    if found.median_seconds is not None:
        table.add_row("接警用时（中位数）", spell_seconds(found.median_seconds))
    table.add_row("没人接而升级的", str(found.escalated))
    table.add_row("还没接", str(found.unacknowledged))
    table.add_row("还没了结", str(found.open))
    table.add_row("误报", str(found.false_alarms))
    for code, count in sorted(found.outcomes.items()):
        table.add_row(f"  {words.outcomes.get(code, code)}", str(count))
    for code, count in sorted(found.categories.items(), key=lambda item: -item[1]):
        table.add_row(f"  {words.category(code)}", str(count))
    out.print(table)
