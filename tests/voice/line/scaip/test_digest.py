"""Passwords of units: who knows one, for how long, and how often."""

import pytest

from tests.voice.line.scaip.unit import credentials
from voice.line.scaip.digest import LIFE, Digest
from voice.line.scaip.digest import credentials as read


class Clock:
    """Monotonic, moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("algorithm", [0, 1])
def test_who_knows_the_password_gets_in(algorithm: int) -> None:
    digest = Digest("12349", Clock())
    name, challenge = digest.challenges()[algorithm]
    assert name == "WWW-Authenticate"
    found = read(credentials(challenge, "secret"))
    assert found is not None
    assert digest.is_fresh(found)
    assert digest.matches(found, "MESSAGE", "secret")
    assert not digest.matches(found, "MESSAGE", "secre7")
    assert not digest.matches(found, "OPTIONS", "secret")
    assert digest.is_first_use(found)
    assert not digest.is_first_use(found)


def test_the_published_example_of_the_rfc_comes_out() -> None:
    """RFC 7616, 3.9.1, in both algorithms; its nonce isn't ours, which is another question."""
    digest = Digest("http-auth@example.org", Clock())
    for algorithm, response in (
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ):
        found = read(
            'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", '
            f"algorithm={algorithm}, "
            'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, '
            'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, '
            f'response="{response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
        )
        assert found is not None
        assert digest.matches(found, "GET", "Circle of Life")
        assert not digest.is_fresh(found)


def test_a_nonce_is_ours_and_young() -> None:
    clock = Clock()
    digest, other = Digest("12349", clock), Digest("12349", clock)
    found = read(credentials(digest.challenges()[0][1], "secret"))
    assert found is not None
    assert not other.is_fresh(found)
    clock.now += LIFE
    assert digest.is_fresh(found)
    clock.now += 1
    assert not digest.is_fresh(found)


@pytest.mark.parametrize(
    "header",
    [
        "Basic dTpw",
        "",
        "Digest",
        "Digest nonce=zz.1.2",
        'Digest username=a, nonce="..", qop=auth',
        "Digest " + "a=b, " * 2000,
    ],
)
def test_what_is_no_digest_gets_nowhere(header: str) -> None:
    found = read(header)
    assert found is None or not Digest("12349", Clock()).is_fresh(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [("qop=auth", "qop=none"), ("nc=00000001", "nc=1"), ('realm="12349"', 'realm="x"'),
     ("algorithm=MD5", "algorithm=SHA-1")],
)  # fmt: skip
def test_other_ways_to_sign_are_refused(old: str, new: str) -> None:
    digest = Digest("12349", Clock())
    found = read(credentials(digest.challenges()[0][1], "secret").replace(old, new))
    assert found is not None
    assert not digest.matches(found, "MESSAGE", "secret")
