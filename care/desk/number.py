"""A telephone number as the desk shows it before somebody asks to see it."""

_SHORTEST = 7


def masked(phone: str | None) -> str:
    """138****0001; a number too short to hide a part of is hidden whole; empty for none."""
    if not phone:
        return ""
    if len(phone) < _SHORTEST:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
