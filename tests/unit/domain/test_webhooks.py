"""Signatures, and addresses that nothing is ever sent to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.webhooks import check_url, is_public, secret_of, signature
from dpg_l10n.errors import UsageError


def test_a_signature_is_that_of_the_specification() -> None:
    # the example of the reference libraries of Standard Webhooks
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_says_what_it_is() -> None:
    assert secret_of(b"\0" * 32) == "whsec_" + "A" * 43 + "="


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1", "192.168.1.1",  # noqa: S104 - refused
        "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192",
        "168.63.129.16", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:0:7f00:1::1", "198.18.0.1",
        "203.0.113.1", "2001:db8::1", "no address", "",
    ],
)  # fmt: skip
def test_an_address_of_the_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "8.8.8.8"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_one_is_no_more_public_than_by_itself(
    address: ipaddress.IPv4Address,
) -> None:
    assert is_public(f"::ffff:{address}") is is_public(str(address))
    assert not is_public(
        str(ipaddress.IPv6Address(b"\x00\x64\xff\x9b" + bytes(8) + address.packed))
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https:///x", "//example.org",
        "https://user:word@example.org/", "https://user@example.org/", "https://example.org/#a",
        "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://10.1.1.1",
        "https://exämple.org/", "https://example.org/a b", "https://example.org/\n", "",
        "https://example.org:0/", "https://example.org:99999/", "https://[::1/", "x" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_receiver_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_url(url, inside=False)
    assert caught.value.error_code == "webhook.url"


@pytest.mark.parametrize("url", ["https://example.org", "https://example.org:8443/a?b=c"])
def test_an_address_of_a_receiver_is_taken(url: str) -> None:
    check_url(url, inside=False)


def test_an_operator_may_allow_the_inside_but_no_secrets_in_the_address() -> None:
    check_url("http://127.0.0.1:9/hook", inside=True)
    with pytest.raises(UsageError):
        check_url("http://user:word@127.0.0.1/", inside=True)
