"""Where a webhook may point."""

from ipaddress import ip_network

import pytest

from care.webhooks.address import AddressError, look_up, read_url

OFFICE = (ip_network("10.20.0.0/16"), ip_network("127.0.0.0/8"))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.cn/hook",
        "https://example.cn:8443/a?b=c",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "https://10.20.3.4/hook",
        "http://127.0.0.1:9000/hook",
    ],
)
def test_what_may_be_told(url: str) -> None:
    assert read_url(f" {url} ", OFFICE) == url


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", "url_bad"),
        ("example.cn", "url_bad"),
        ("https://", "url_bad"),
        ("https://a:b@example.cn/", "url_bad"),
        ("https://example.cn/#a", "url_bad"),
        ("https://例子.cn/", "url_bad"),
        ("https://example.cn/" + "a" * 500, "url_bad"),
        ("https://example.cn:99999/", "url_bad"),
        ("http://example.cn/", "url_not_https"),
        ("http://localhost/", "url_not_https"),
        ("ftp://127.0.0.1/", "url_not_https"),
        ("file://127.0.0.1/etc/passwd", "url_not_https"),
        ("http://10.20.3.4/", "url_not_https"),
        ("https://10.21.0.1/", "url_private"),
        ("https://169.254.169.254/latest", "url_private"),
        ("https://192.168.1.1/", "url_private"),
        ("https://100.64.0.1/", "url_private"),
        ("https://0.0.0.0/", "url_private"),
        ("https://224.0.0.1/", "url_private"),
        ("https://[::1]/", "url_private"),
        ("https://[::ffff:192.168.1.1]/", "url_private"),
        ("https://[64:ff9b::c0a8:101]/", "url_private"),
        ("https://[2002:c0a8:101::]/", "url_private"),
        ("https://[fe80::1]/", "url_private"),
        ("https://[fd00::1]/", "url_private"),
    ],
)
def test_what_may_not(url: str, kind: str) -> None:
    with pytest.raises(AddressError) as raised:
        read_url(url, OFFICE)
    assert raised.value.kind == kind


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
def test_a_name_that_leads_home_is_found_out_when_it_is_looked_up(host: str) -> None:
    assert read_url(f"https://{host}/", ()) == f"https://{host}/"
    with pytest.raises(AddressError):
        look_up(host, 443, ())
    assert look_up(host, 443, (ip_network("127.0.0.0/8"), ip_network("::1/128")))
