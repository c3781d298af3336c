"""What somebody says of festivals for what comes again."""

import pytest

from care.orders.festive_words import read


@pytest.mark.parametrize(
    ("words", "festive"),
    [
        ("过节照常送", "serve"),
        ("过节也送", "serve"),
        ("逢年过节饭也要送", "serve"),
        ("过节的时候也照样送饭", "serve"),
        ("节假日也照送", "serve"),
        ("过节别停,照送", "serve"),
        ("过节不用停", "serve"),
        ("过节都不用送", "skip"),
        ("逢年过节不要送饭", "skip"),
        ("节假日别送", "skip"),
        ("过节那几天就不要了", "skip"),
        ("过节的饭先问我再送", "ask"),
        ("过节的时候先问我", "ask"),
        ("过节再说", "ask"),
        ("过年那几天不用送饭", None),
        ("明天不要了", None),
        ("每天中午一份饭", None),
    ],
)
def test_read(words: str, festive: str | None) -> None:
    assert read(words) == festive
