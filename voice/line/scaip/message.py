"""SCAIP's two messages: a request of a home unit (`mrq`) and what it is answered (`mrs`).

Elements as in SS 91100:2014 and CLC/TS 50134-9:2018, which are sold; what is used here is also
public in caruhome/scaip-gateway (its model of the schema) and in iotcomms.io's documentation of its
SCAIP service. Texts that are longer than the schema allows are cut, not refused: behind a badly
made message there may be somebody on the floor.
"""

import re
from dataclasses import dataclass, fields
from enum import Enum
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

CONTENT_TYPE = "application/scaip+xml"

MOST = 4096
"""Octets of a message. The schema's longest texts together stay below."""

_TEXT = 256
"""Characters that are kept of an element."""

_REF = re.compile(r"[0-9A-Za-z]{1,16}")
_CID = re.compile(r"[0-9]{1,32}")
_CODE = re.compile(r"[0-9]{1,4}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_FEED = re.compile(r"\s+")


class Kind(str, Enum):
    """What a request is (`mty`)."""

    MESSAGE = "ME"
    RESET = "RE"
    """The unit gives up on what it sent under this reference."""
    INFORMATION = "IN"
    """More about what it sent under this reference."""
    HEARTBEAT = "PI"


class Status(int, Enum):
    """How a request was taken (`snu`)."""

    OK = 0
    TOO_LONG = 1
    INVALID_FORMAT = 2
    WRONG_CONTENT = 3
    NOT_TREATED = 5
    """The unit goes on to its next receiver."""
    BUSY = 6
    MANDATORY_MISSING = 7


@dataclass(frozen=True)
class Request:
    """A unit's `mrq`. Codes are as long as in the tables: leading zeros are put in."""

    ref: str
    """The unit's own, of this event."""
    cid: str
    """Controller: the home unit."""
    dty: str
    """Type of what noticed it, four digits."""
    mty: Kind = Kind.MESSAGE
    stc: str | None = None
    """Status, four digits; None: an alarm."""
    did: str | None = None
    """What noticed it, e.g. a pendant."""
    dte: str | None = None
    crd: tuple[str, ...] = ()
    """How the unit can be spoken with: `sip:…`, `gsm:…`, `no-voice:`."""
    stt: str | None = None
    pri: int = 0
    """0 to 9, 9 is highest."""
    lco: str | None = None
    """Place, three digits."""
    lva: str | None = None
    lte: str | None = None
    geo: str | None = None
    """WGS 84: `latitude,longitude`."""
    ite: str | None = None
    hbo: str | None = None
    """001: takes the interval of its heartbeat from us."""
    ame: int = 0
    """How many messages of this event follow."""


@dataclass(frozen=True)
class Reply:
    """Our `mrs`."""

    ref: str
    snu: Status
    mre: int | None = None
    """1: the unit shall call, both ways; None: it shall not."""
    hbi: int | None = None
    """Minutes between heartbeats."""


class ScaipError(ValueError):
    """A message that can't be used; `status` says to the unit why."""

    def __init__(self, status: Status, ref: str = "0") -> None:
        super().__init__(status.name)
        self.status, self.ref = status, ref


def parse(body: bytes) -> Request:
    """A unit's request. Raises ScaipError, and nothing else.

    Document types, entities and what they could pull in are refused (defusedxml).
    """
    if len(body) > MOST:
        raise ScaipError(Status.TOO_LONG)
    root = _root(body)
    if _name(root) != "mrq":
        raise ScaipError(Status.INVALID_FORMAT)
    found = _texts(root)
    ref = found.get("ref", "")
    if not _REF.fullmatch(ref):
        raise ScaipError(Status.WRONG_CONTENT if ref else Status.MANDATORY_MISSING)
    if not found.get("cid") or not found.get("dty"):
        raise ScaipError(Status.MANDATORY_MISSING, ref)
    if not _CID.fullmatch(found["cid"]) or not _CODE.fullmatch(found["dty"]):
        raise ScaipError(Status.WRONG_CONTENT, ref)
    return Request(
        ref=ref,
        cid=found["cid"],
        dty=found["dty"].zfill(4),
        mty=_kind(found.get("mty"), ref),
        stc=_code(found.get("stc"), 4),
        did=found.get("did"),
        dte=found.get("dte"),
        crd=tuple(_text(child) for child in root if _name(child) == "crd")[:8],
        stt=found.get("stt"),
        pri=_number(found.get("pri")),
        lco=_code(found.get("lco"), 3),
        lva=found.get("lva"),
        lte=found.get("lte"),
        geo=found.get("geo"),
        ite=found.get("ite"),
        hbo=found.get("hbo"),
        ame=_number(found.get("ame")),
    )


def render(reply: Reply) -> bytes:
    """As it goes to the unit."""
    root = Element("mrs")
    for field in fields(reply):
        value = getattr(reply, field.name)
        if value is not None:
            number = value.value if isinstance(value, Status) else value
            SubElement(root, field.name).text = str(number)
    octets: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return octets


def _root(body: bytes) -> Element:
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        # An encoding that nobody knows is a LookupError, one that isn't kept a ValueError.
        raise ScaipError(Status.INVALID_FORMAT) from error
    return root


def _texts(root: Element) -> dict[str, str]:
    """Every element's text; the place's parts (`lge`) as if they stood beside it."""
    found: dict[str, str] = {}
    for child in root:
        for element in child if _name(child) == "lge" else (child,):
            text = _text(element)
            if text:
                found.setdefault(_name(element), text)
    return found


def _text(element: Element) -> str:
    text = _UNPRINTABLE.sub(" ", element.text or "")
    return _FEED.sub(" ", text).strip()[:_TEXT]


def _name(element: Element) -> str:
    """Without the name space, which units write or leave out."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _kind(text: str | None, ref: str) -> Kind:
    try:
        return Kind(text or "ME")
    except ValueError as error:
        raise ScaipError(Status.WRONG_CONTENT, ref) from error


def _code(text: str | None, digits: int) -> str | None:
    """None for what is no code: an alarm whose status can't be read is an alarm."""
    return text.zfill(digits) if text and _CODE.fullmatch(text) else None


def _number(text: str | None) -> int:
    return int(text) if text and _CODE.fullmatch(text) else 0
