"""Makes a picture from a phone fit to be kept: checked, small, and without what else is in it.

A photograph holds where it was taken and with which phone (EXIF), and a file that calls itself a
picture may be anything. So only the picture itself is kept, drawn anew.
"""

import io
import warnings
from dataclasses import dataclass, field

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_OCTETS = 4 * 1024 * 1024
"""Of what is sent. Our page sends much less: it makes pictures small before it sends them."""
MOST_PIXELS = 50_000_000
"""A small file can unfold into a huge picture."""
SIDE = 1600
"""Pixels of the longer side, as kept."""
_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP")


class PictureError(ValueError):
    """It is no picture that can be kept; `kind` is a sentence of `data/providers/sentences.yml`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Picture:
    """A JPEG of our own making."""

    octets: bytes = field(repr=False)
    width: int
    height: int


def drawn_anew(sent: bytes) -> Picture:
    """The picture that was sent, upright and at most SIDE long. Raises PictureError."""
    if not sent:
        raise PictureError("picture_missing")
    if len(sent) > MOST_OCTETS:
        raise PictureError("picture_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(sent), formats=_FORMATS)
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureError("picture_large")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError("picture_bad") from error
    upright.thumbnail((SIDE, SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(out.getvalue(), bare.width, bare.height)
