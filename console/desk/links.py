"""The bar at the top of every page: where somebody may go."""

from dataclasses import dataclass

from care.operators.role import Right
from care.operators.signed_in import SignedIn


@dataclass(frozen=True)
class Link:
    """One page in the bar."""

    path: str
    label: str
    right: Right


LINKS = (
    Link("/desk/queue", "队列", Right.TAKE_CALLERS),
    Link("/desk/callbacks", "回电", Right.TAKE_CALLERS),
    Link("/desk/elders", "老人", Right.SEE_ELDERS),
    Link("/desk/orders", "订单", Right.WORK_ORDERS),
    Link("/desk/complaints", "投诉", Right.WORK_ORDERS),
    Link("/desk/visits", "探访", Right.SEE_ELDERS),
    Link("/desk/benefits", "政策找人", Right.SEE_ELDERS),
    Link("/desk/knowledge", "查政策", Right.TAKE_CALLERS),
    Link("/desk/providers", "服务商", Right.MANAGE_PROVIDERS),
    Link("/desk/people", "人员", Right.MANAGE_PEOPLE),
    Link("/desk/audit", "审计", Right.SEE_AUDIT),
    Link("/desk/api", "接口", Right.SEE_AUDIT),
    Link("/desk/wallboard", "看板", Right.SEE_FIGURES),
    Link("/desk/report", "报告", Right.SEE_FIGURES),
)
"""In the order in which they stand; the first that somebody may see is their home."""

IN_SIGHT = 8
"""So many of somebody's pages stand in the bar, which has room for them at 1280 pixels; the rest is
under 更多, the ninth."""

ALONE = "/desk/me"
"""Home of whoever has no page yet."""


def links_for(who: SignedIn) -> list[Link]:
    """The pages that this person may see."""
    return [link for link in LINKS if who.may(link.right)]


def home_of(who: SignedIn) -> str:
    """Where somebody begins after signing in."""
    return next((link.path for link in links_for(who)), ALONE)
