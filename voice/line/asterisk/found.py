"""What stands in Asterisk when we come: calls of a process that is gone, or met no listener."""

from dataclasses import dataclass

from voice.line.asterisk.arrivals import Role, role_of
from voice.line.asterisk.event import Bridge, Channel


@dataclass(frozen=True)
class Found:
    """Channels that were handed to our application."""

    callers: list[Channel]
    """Without an operator; each is to be answered again."""

    with_operator: list[tuple[Channel, str, str]]
    """Caller, the operator's channel, and the bridge they talk in."""

    loose: list[str]
    """Channels of ours without an operator and a caller."""

    empty: list[str]
    """Bridges of ours without the two."""

    every: set[str]
    """All channels that there are."""


def sort_out(channels: list[Channel], bridges: list[Bridge], app: str) -> Found:
    """Who is who, told by the ids that we gave our own channels, and by who is bridged."""
    by_id = {channel.id: channel for channel in channels}
    callers = {
        channel.id: channel
        for channel in channels
        if channel.dialplan.app_name == "Stasis"
        and channel.dialplan.app_data.split(",")[0] == app
        and role_of(channel.id, app) is None
    }
    talking: list[tuple[Channel, str, str]] = []
    busy: set[str] = set()
    for bridge in bridges:
        roles = {role_of(each, app): each for each in bridge.channels if each in by_id}
        operator, caller = roles.get(Role.OPERATOR), roles.get(None)
        if operator is None or caller is None:
            continue
        talking.append((by_id[caller], operator, bridge.id))
        busy |= {caller, operator}
    loose = [each for each in by_id if role_of(each, app) and each not in busy]
    alone = [channel for channel in callers.values() if channel.id not in busy]
    used = {bridge for _, _, bridge in talking}
    rooms = [each.id for each in bridges if role_of(each.id, app) is Role.ROOM]
    empty = [each for each in rooms if each not in used]
    return Found(alone, talking, loose, empty, set(by_id))
