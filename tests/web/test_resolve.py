"""From a host to the addresses that may be connected to. No name is looked up beyond this machine."""

import pytest

from vitality_lib.settings import load
from vitality_lib.web.resolve import ForbiddenAddressError, NameNotFoundError, Place, Resolver

PARISH = "www.st-brendan.example"
DOMAIN = ("domain:st-brendan.example",)


def resolver(resolve: str) -> Resolver:
    return Resolver(load(resolve=resolve))


async def test_every_host_is_sent_where_the_star_says() -> None:
    assert await resolver("*=127.0.0.1:8000").place(PARISH, 443) == Place(("127.0.0.1",), DOMAIN, 8000)


async def test_a_host_named_is_sent_elsewhere_than_the_others() -> None:
    mapped = resolver(f"*=127.0.0.1:8000, {PARISH}=[::1]:9000")
    assert await mapped.place(PARISH, 80) == Place(("::1",), DOMAIN, 9000)
    assert (await mapped.place("www.st-clement.example", 80)).mapped_port == 8000


async def test_a_mapped_host_shares_its_domain_and_platform_but_no_network() -> None:
    place = await resolver("*=127.0.0.1:8000").place("st-brendan.ecatholic.com", 80)
    assert place.keys == ("domain:ecatholic.com", "platform:ecatholic")


SAME_DOMAIN = {
    "with and without www": ("www.st-brendan.example", "st-brendan.example"),
    "two parishes under their diocese": ("st-brendan.larkspur.example", "st-clement.larkspur.example"),
    "under a suffix of two labels": ("www.st-brendan.org.uk", "st-brendan.org.uk"),
    "in another script": ("www.xn--mller-kva.example", "xn--mller-kva.example"),
}
OTHER_DOMAIN = {
    "two parishes": ("www.st-brendan.example", "www.st-clement.example"),
    "two customers of a site builder on the list": ("st-brendan.github.io", "st-clement.github.io"),
    "a site builder and its customer": ("github.io", "st-brendan.github.io"),
}


@pytest.mark.parametrize("case", SAME_DOMAIN)
async def test_hosts_of_one_registrable_domain_share_it(case: str) -> None:
    assert len(await domains(*SAME_DOMAIN[case])) == 1


@pytest.mark.parametrize("case", OTHER_DOMAIN)
async def test_hosts_of_two_registrable_domains_do_not(case: str) -> None:
    assert len(await domains(*OTHER_DOMAIN[case])) == 2


async def domains(*hosts: str) -> set[str]:
    mapped = resolver("*=127.0.0.1:8000")
    places = [await mapped.place(host, 80) for host in hosts]
    return {key for place in places for key in place.keys if key.startswith("domain:")}


async def test_a_mapped_host_may_have_any_port() -> None:
    assert (await resolver("*=127.0.0.1:8000").place(PARISH, 25)).mapped_port == 8000


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "::ffff:7f00:1"])
async def test_a_private_address_in_a_link_stays_forbidden_under_the_star(host: str) -> None:
    with pytest.raises(ForbiddenAddressError, match="no public address"):
        await resolver("*=127.0.0.1:8000").place(host, 80)


async def test_a_private_address_that_the_operator_names_is_not_forbidden() -> None:
    place = await resolver("10.0.0.1=127.0.0.1:8000").place("10.0.0.1", 80)
    assert place == Place(("127.0.0.1",), (), 8000)


async def test_a_public_address_in_a_link_is_mapped_like_any_host() -> None:
    assert (await resolver("*=127.0.0.1:8000").place("93.184.215.14", 80)).mapped_port == 8000


async def test_a_name_that_leads_to_a_private_address_is_forbidden() -> None:
    with pytest.raises(ForbiddenAddressError, match="localhost leads to"):
        await resolver("").place("localhost", 80)


async def test_a_public_address_has_its_own_network_as_key() -> None:
    assert await resolver("").place("93.184.215.14", 80) == Place(("93.184.215.14",), ("net:93.184.215.0/24",))


@pytest.mark.parametrize("port", [22, 25, 993])
async def test_a_port_that_is_no_websites_is_forbidden(port: int) -> None:
    with pytest.raises(ForbiddenAddressError, match=f"port {port} is no website's"):
        await resolver("").place("93.184.215.14", port)


async def test_a_port_is_judged_each_time_though_the_place_is_remembered() -> None:
    looked_up = resolver("")
    await looked_up.place("93.184.215.14", 443)
    with pytest.raises(ForbiddenAddressError):
        await looked_up.place("93.184.215.14", 22)


async def test_a_name_that_no_name_system_can_hold_leads_nowhere() -> None:
    with pytest.raises(NameNotFoundError, match=r"^a{64}\.example: "):
        await resolver("").place(f"{'a' * 64}.example", 80)
