"""Somebody at the desk without a browser: requests as one, or a forger, sends them."""

import re
from dataclasses import dataclass

import httpx

from tests.care.operators.people import PASSWORD

PAGE = {"accept": "text/html"}
"""What a browser sends when a person goes to a page."""
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@dataclass
class Visitor:
    """Keeps cookies as a browser does, and follows nothing by itself."""

    client: httpx.Client

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Goes to a page."""
        return self.client.get(path, headers=PAGE | named(headers))

    def post(
        self, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        """Sends a form with its token, as a page of ours would."""
        data = {"csrf_token": self.token()} | (fields or {})
        return self.client.post(path, data=data, headers=PAGE | named(headers))

    def forge(
        self, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        """Sends a form without its token."""
        return self.client.post(path, data=fields or {}, headers=PAGE | named(headers))

    def token(self) -> str:
        """What stands in the pages that this visitor gets."""
        found = self.get("/desk/me")
        if found.status_code != 200:
            found = self.get("/desk/login")
        token = _TOKEN.search(found.text)
        assert token, found.text
        return token[1]

    def sign_in(
        self, name: str, password: str = PASSWORD, code: str = "", to: str = ""
    ) -> httpx.Response:
        """As at the form."""
        return self.post(
            "/desk/login", {"name": name, "password": password, "code": code, "next": to}
        )


def named(headers: dict[str, str]) -> dict[str, str]:
    """Keyword arguments as headers: `hx_request="true"` → HX-Request."""
    return {key.replace("_", "-"): value for key, value in headers.items()}
