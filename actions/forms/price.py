"""What an order costs, as it is said before it is placed."""

from actions.outcome import Line, line
from care.orders.quote import Quote


def lines(quote: Quote) -> tuple[Line, ...]:
    """Nothing where no price is known and no free hours are used."""
    check = () if quote.decided else (line("utter_quote_check"),)
    free = minutes(quote.free_minutes)
    if quote.free_minutes == quote.minutes and free:
        return (line("utter_quote_free", free=free), *check)
    if quote.pays is None:
        return (line("utter_quote_free_first", free=free), *check) if free else ()
    pays = money(quote.pays)
    if free:
        return (line("utter_quote_free_part", free=free, pays=pays), *check)
    if quote.subsidy:
        subsidy = money(quote.subsidy)
        price = money(quote.price or 0)
        return (line("utter_quote_subsidy", price=price, subsidy=subsidy, pays=pays),)
    return (line("utter_quote_price", pays=pays),)


def key(quote: Quote) -> str:
    """What was said, to notice when it isn't true any more; empty when nothing was."""
    return f"{quote.price}/{quote.subsidy}/{quote.free_minutes}" if lines(quote) else ""


def money(fen: int) -> str:
    """12.5元."""
    return f"{fen / 100:g}元"


def minutes(count: int) -> str:
    """1小时30分钟; empty for none."""
    hours, rest = divmod(count, 60)
    return (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")
