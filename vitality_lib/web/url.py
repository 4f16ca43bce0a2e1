"""One spelling for one address: RFC 3986 section 6 (normalisation) and what the WHATWG URL standard says of hosts."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urljoin, urlsplit

import idna

from vitality_lib.hyperlinks import is_noise, without_dot_segments, without_session

LONGEST_URL = 8000  # octets: what RFC 9110 section 4.1 asks every server to take
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = _UNRESERVED | frozenset(b"%!$&'()*+,;=:@/?[]")
_PLAIN = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?\[\]-]*")  # nothing to escape, and nothing escaped
_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+")


class WebAddressError(ValueError):
    """The text is no http or https address that may be asked for; the message says why."""


@dataclass(frozen=True)
class Address:
    """A canonical http or https URL, taken apart. `path` holds the query too; `host` is in its wire form."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host, with the port when it is not the scheme's own: the key of a host's turn."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def literal(self) -> IPv4Address | IPv6Address | None:
        """The host as an IP address, when it is written as one."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    def __str__(self) -> str:
        return self.origin + self.path


def canonical(url: str, base: str = "", noisy: bool = False) -> Address:
    """The address that `url` (seen on the page `base`) stands for, free of fragment, tracking and session ids.

    With `noisy` the latter two stay, for a site that does not answer without them.
    Raises WebAddressError for other schemes, user names, backslashes, control characters and hosts that are none.
    """
    text = re.sub(r"[\t\r\n]", "", url.strip())
    if len(text) > LONGEST_URL:
        raise WebAddressError(f"longer than {LONGEST_URL} characters")
    if "\\" in re.split(r"[?#]", text)[0] or re.search(r"[\x00-\x1f\x7f]", text):
        raise WebAddressError("holds a backslash or a control character")
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
    except ValueError as error:
        raise WebAddressError(str(error)) from None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise WebAddressError(f"not http or https: {text[:80]!r}")
    if "@" in parts.netloc:
        raise WebAddressError("holds a user name")
    if port == 0:
        raise WebAddressError("port 0")
    host = _ipv6_host(parts.hostname or "") if "[" in parts.netloc else _host(parts.hostname or "")
    path = _escaped(parts.path)
    path = without_dot_segments((path if noisy else without_session(path)) or "/")
    query = _query(parts.query, noisy)
    address = Address(scheme, host, port or _DEFAULT_PORTS[scheme], path + (query and f"?{query}"))
    if len(str(address)) > LONGEST_URL:
        raise WebAddressError(f"longer than {LONGEST_URL} characters when escaped")
    return address


def _ipv6_host(host: str) -> str:
    """Pieces in hexadecimal throughout (WHATWG URL, "IPv6 serializer"); Python 3.13 writes a mapped IPv4 with dots."""
    try:
        address = IPv6Address(host.partition("%")[0])
    except ValueError:
        raise WebAddressError(f"not an IPv6 address: {host!r}") from None
    mapped = address.ipv4_mapped
    return f"::ffff:{int(mapped) >> 16:x}:{int(mapped) & 0xFFFF:x}" if mapped else address.compressed


def _host(host: str) -> str:
    host = _percent_decoded(host)
    try:
        name = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise WebAddressError(f"host {host!r}: {error}") from None
    name = name.rstrip(".")
    if _NUMBER.fullmatch(name.rsplit(".", 1)[-1]):
        return _numeric_host(name)
    if len(name) > 253 or not _HOST_NAME.fullmatch(name):
        raise WebAddressError(f"not a host name: {host!r}")
    return name


def _numeric_host(name: str) -> str:
    """A host that ends in a number is an IPv4 address or nothing (WHATWG URL, "ends in a number checker"):
    octal, hexadecimal, decimal and short forms come out dotted. `inet_aton` alone takes what follows a space, too."""
    try:
        if not all(_NUMBER.fullmatch(part) for part in name.split(".")):
            raise OSError
        return str(IPv4Address(socket.inet_aton(name)))
    except OSError:
        raise WebAddressError(f"not an IPv4 address: {name!r}") from None


def _percent_decoded(host: str) -> str:
    try:
        return (
            _ESCAPE.sub(lambda m: chr(int(m[1], 16)), host).encode("latin-1").decode("utf-8") if "%" in host else host
        )
    except UnicodeError:
        raise WebAddressError(f"not a host name: {host!r}") from None


def _escaped(text: str) -> str:
    """Escapes where they are needed, in upper case, and none where they are not (RFC 3986 sections 2.1, 2.3)."""
    if _PLAIN.fullmatch(text):
        return text
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)  # first, or `%%34%31` would become an escape by being read
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if int(m[1], 16) in _UNRESERVED else m[0].upper(), text)
    raw = text.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in _KEPT else f"%{byte:02X}" for byte in raw)


def _query(query: str, noisy: bool) -> str:
    return "&".join(field for field in map(_escaped, query.split("&")) if field and (noisy or not is_noise(field)))
