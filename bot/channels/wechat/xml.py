"""The platform's XML, read without what XML can do to a reader, and written."""

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""


class XmlError(ValueError):
    """No XML, or XML that nobody who means well sends: a DTD, entities."""


def fields(text: str) -> dict[str, str]:
    """The fields of a message or an envelope; none that we read has a structure of its own.
    Raises XmlError."""
    return {child.tag: child.text or "" for child in _root(text)}


def cdata(text: str) -> str:
    """`text` as one CDATA section, whatever is in it: `]]>` would end it early."""
    return "<![CDATA[" + _UNFIT.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _root(text: str) -> Element:
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError) as error:
        raise XmlError(f"not a message in XML: {type(error).__name__}") from error
    if root.tag != "xml":
        raise XmlError("not a message in XML: the root is not <xml>")
    return root
