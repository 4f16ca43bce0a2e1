"""Where we must not go, however it is spelt: asked for, redirected to, hidden in robots.txt or in the name system."""

from __future__ import annotations

from case import Case
from hostile_server import Behaviour, Visitor
from small_internet import WEBSITE

from vitality_lib.models import Reason

_FORBIDDEN = {
    "loopback": "http://127.0.0.1:{canary}/",
    "another loopback": "http://127.8.9.10:{canary}/",
    "localhost": "http://localhost:{canary}/",
    "this host": "http://0.0.0.0:{canary}/",
    "loopback with a last dot": "http://127.0.0.1.:{canary}/",
    "loopback in short": "http://127.1:{canary}/",
    "loopback as one number": "http://2130706433:{canary}/",
    "loopback in hexadecimal": "http://0x7f000001:{canary}/",
    "loopback in octal": "http://0177.0.0.01:{canary}/",
    "loopback in wide digits": "http://１２７。０。０。１:{canary}/",
    "loopback in circled digits": "http://①②⑦.⓪.⓪.①:{canary}/",
    "loopback in escapes": "http://%31%32%37.0.0.1:{canary}/",
    "IPv6 loopback": "http://[::1]:{canary}/",
    "IPv6 this host": "http://[::]:{canary}/",
    "loopback mapped into IPv6": "http://[::ffff:127.0.0.1]:{canary}/",
    "loopback compatible with IPv4": "http://[::127.0.0.1]:{canary}/",
    "loopback in 6to4": "http://[2002:7f00:1::1]:{canary}/",
    "loopback in Teredo": "http://[2001:0:7f00:1::80ff:fffe]:{canary}/",
    "loopback behind NAT64": "http://[64:ff9b::7f00:1]:{canary}/",
    "private 10": "http://10.0.0.1/",
    "private 172": "http://172.16.0.1/admin",
    "private 192": "http://192.168.1.1/",
    "shared addresses": "http://100.64.0.1/",
    "link-local": "http://[fe80::1%25lo]/",
    "cloud metadata": "http://169.254.169.254/latest/meta-data/iam/",
    "cloud metadata as one number": "http://2852039166/latest/meta-data/",
    "cloud metadata over IPv6": "http://[fd00:ec2::254]/",
    "cloud metadata with a public number": "http://168.63.129.16/",
    "multicast": "http://224.0.0.251/",
    "broadcast": "http://255.255.255.255/",
    "mail of a public host": f"http://{WEBSITE}:25/",
    "SSH of a public host": f"http://{WEBSITE}:22/",
}
_NO_ADDRESS = {
    "a user before loopback": "http://parish.example@127.0.0.1:{canary}/",
    "a backslash before loopback": "http://parish.example\\@127.0.0.1:{canary}/",
    "backslashes for slashes": "http:\\\\127.0.0.1:{canary}\\",
    "a fragment before loopback": "http://127.0.0.1:{canary}%23@parish.example/",
    "a file": "file:///etc/passwd",
    "gopher": "gopher://127.0.0.1:{canary}/_GET",
    "a dictionary server": "dict://127.0.0.1:{canary}/d:mass",
    "a script": "javascript:fetch('http://127.0.0.1:{canary}/')",
    "data": "data:text/html,the-secret",
    "a web socket": "ws://127.0.0.1:{canary}/",
    "a broken bracket": "http://[::1:{canary}/",
}


def _redirects(location: str) -> Behaviour:
    async def behave(visitor: Visitor) -> None:
        await visitor.reply("", 302, Location=location.format(canary=visitor.canary).encode().decode("latin-1"))

    return behave


async def _robots_redirects_inside(visitor: Visitor) -> None:
    if visitor.path == "/robots.txt":
        await visitor.reply("", 301, Location=f"http://127.0.0.1:{visitor.canary}/robots.txt")
    else:
        await visitor.reply("<p>Mass")


async def _back_to_itself(visitor: Visitor) -> None:
    await visitor.reply("", 302, Location=f"http://{visitor.host}/again{visitor.number}")


CASES: dict[str, Case] = {
    **{f"asked for {what}": Case(Reason.FORBIDDEN_ADDRESS, url=url) for what, url in _FORBIDDEN.items()},
    **{f"asked for {what}": Case(Reason.FORBIDDEN_ADDRESS, url=url) for what, url in _NO_ADDRESS.items()},
    **{f"redirect to {what}": Case(Reason.FORBIDDEN_ADDRESS, _redirects(url)) for what, url in _FORBIDDEN.items()},
    **{
        f"redirect to {what}": Case(Reason.HTTP_ERROR, _redirects(url), says="no address of a web page")
        for what, url in _NO_ADDRESS.items()
    },
    "redirect by a path that is a host": Case(Reason.FORBIDDEN_ADDRESS, _redirects("//127.0.0.1:{canary}/")),
    "robots.txt redirects to loopback": Case(Reason.FORBIDDEN_ADDRESS, _robots_redirects_inside, robots=True),
    "a name that looks like another": Case(Reason.DNS_FAILURE, url="http://раrish.example/"),
    "a name that leads to loopback": Case(Reason.FORBIDDEN_ADDRESS, answers=(("127.0.0.1",),)),
    "a name that leads to metadata": Case(Reason.FORBIDDEN_ADDRESS, answers=(("169.254.169.254",),)),
    "a name that leads to mapped loopback": Case(Reason.FORBIDDEN_ADDRESS, answers=(("::ffff:127.0.0.1",),)),
    "a name that leads to this host": Case(Reason.FORBIDDEN_ADDRESS, answers=(("0.0.0.0",),)),
    "a name that leads inside, too": Case(Reason.OK, answers=(("127.0.0.1", WEBSITE, "10.0.0.1"),)),
    "a name that is rebound before we connect": Case(
        Reason.FORBIDDEN_ADDRESS, answers=((WEBSITE,), ("127.0.0.1",)), forget=True, url="http://{host}:{canary}/"
    ),
    "a name that is rebound after a minute has begun": Case(
        Reason.CONNECTION_FAILURE, answers=((WEBSITE,), ("127.0.0.1",)), url="http://{host}:{canary}/"
    ),
    "a name that is rebound at its second redirect": Case(
        Reason.FORBIDDEN_ADDRESS, _back_to_itself, answers=(*[(WEBSITE,)] * 6, ("127.0.0.1",)), forget=True
    ),
}
