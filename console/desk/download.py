"""A file to take away from a page."""

from urllib.parse import quote

from fastapi import Response

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(octets: bytes, name: str, kind: str = WORKBOOK) -> Response:
    """Under a name that may be Chinese (RFC 6266); a workbook unless `kind` says otherwise."""
    named = f'filename="{name}"' if name.isascii() else f"filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": f"attachment; {named}"}
    return Response(octets, media_type=kind, headers=headers)
