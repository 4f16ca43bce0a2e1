"""Links as they stand in pages and feeds, made absolute; and what kind of site a link leads to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

_LONGEST = 2000
_DOMAIN = re.compile(
    r"^(?:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+|"
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org|com|net|church|us|info|edu|cc|website|example))(?::\d+)?(?=[/?#]|$)",
    re.I,
)
_NOISE = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|mc_[ce]id|_hs(?:enc|mi)|igshid|"
    r"phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|sessionid|session_id)(?:=.*)?"
    r"|_=\d{10,}",  # jQuery's: the time in milliseconds, so that no cache serves
    re.I | re.S,
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?;]*", re.I)
# Sites on which many have a page: what stands there is nobody's own website. Some hosts do give sites to their users.
_NOBODYS = re.compile(
    r"(?:^|\.)(?:facebook|fb|instagram|twitter|x|t|youtube|youtu|tiktok|linkedin|pinterest|flickr|vimeo|snapchat|threads|"
    r"google|goo|g|apple|bing|mapquest|openstreetmap|waze|mapbox|leafletjs|wa|addthis|sharethis|addtoany|paypal|"
    r"givelify|wesharegiving|masstimes|w3|wikipedia|wordpress)\.(?:com|org|net|be|co|me|gl|page|cat)$",
    re.I,
)
_GIVEN = re.compile(r"^sites\.google\.com$|\.wordpress\.com$", re.I)


_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+/?|/")  # nothing in it is to be resolved or removed


@lru_cache(maxsize=8192)
def absolute(link: str | None, base: str = "") -> str | None:
    """The absolute http(s) address of a link on the page `base`, without fragment or noise; None when it is none.

    `//host/path` (https on a page of unknown address) and bare `www.host.org` are understood. Host and scheme
    come out in lower case (RFC 3986, 6.2.2.1).
    """
    if link and base and len(link) <= _LONGEST and _PLAIN_PATH.fullmatch(link) and (root := _root(base)):
        return f"{root}{link}"
    bare = re.sub(r"[\t\r\n]", "", (link or "").strip())
    bare = re.sub(r"^(?:https?:?/*)(?=https?://)", "", bare, flags=re.I)
    if (
        not bare
        or len(bare) > _LONGEST
        or bare.startswith("#")
        or re.search(r"[\\\x00-\x20<>\"{}^`]", bare.replace(" ", ""))
    ):
        return None
    bare = f"https:{bare}" if bare.startswith("//") and not base else bare
    parts = _split(f"http://{bare}" if _DOMAIN.match(bare) else bare, base)
    if parts is None or parts.scheme.lower() not in {"http", "https"} or not _is_host(parts) or "@" in parts.netloc:
        return None
    query = "&".join(field for field in parts.query.split("&") if not is_noise(field))
    clean = SplitResult(parts.scheme.lower(), parts.netloc.lower(), _path(parts.path), query, "")
    return urlunsplit(clean).replace(" ", "%20")


def website(link: str | None, base: str = "") -> str | None:
    """A link as a parish's own website: not social media, not a map, not a page of the directory's own site."""
    address = absolute(link, base if (link or "").lstrip().startswith("//") else "")
    if address is None or same_site(address, base):
        return None
    if _NOBODYS.search(host(address)) and not _GIVEN.search(host(address)):
        return None
    return None if re.search(r"\.(?:pdf|jpe?g|png|gif|docx?|svg|webp)$", urlsplit(address).path, re.I) else address


def own_page(link: object, base: str) -> str | None:
    """A link as a page of the site of `base`, such as its page about one parish; None when it leads elsewhere."""
    address = absolute(link, base) if isinstance(link, str) else None
    return address if address and same_site(address, base) and urlsplit(address).path not in {"", "/"} else None


@lru_cache(maxsize=8192)
def host(address: str) -> str:
    """The host of an address, lower-case, without `www.`; empty when there is none."""
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def split(address: str) -> SplitResult:
    """The parts of an address; all of them empty when it is broken."""
    return _split(address, "") or SplitResult("", "", "", "", "")


def same_site(one: str, other: str) -> bool:
    """Whether two addresses have the same host, `www.` aside."""
    return bool(host(one)) and host(one) == host(other)


def is_noise(field: str) -> bool:
    """Whether a field of a query (`name=value`) says who its visitor is or where he came from, not what he wants."""
    return bool(_NOISE.fullmatch(field))


def without_session(path: str) -> str:
    """A path without the session ids that some servers write into it: `/list.jsp;jsessionid=0A1B`."""
    return _PATH_SESSION.sub("", path) if ";" in path else path


def without_dot_segments(path: str) -> str:
    """An absolute path without `.` and `..` (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if kept and path.endswith(("/.", "/..")) else "")


def _split(bare: str, base: str) -> SplitResult | None:
    try:
        parts = urlsplit(urljoin(base, bare) if base else bare)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _root(base: str) -> str | None:
    """Scheme and host of an http(s) address, in lower case; None when a path cannot simply be set behind them."""
    parts = _split(base, "")
    if parts is None or parts.scheme not in {"http", "https"} or not _is_host(parts) or "@" in parts.netloc:
        return None
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _is_host(parts: SplitResult) -> bool:
    name = parts.hostname or ""
    return bool(re.fullmatch(r"[\w-]+(?:\.[\w-]+)+|localhost|\[?[0-9a-f:]+\]?", name, re.I)) and len(name) < 254


def _path(path: str) -> str:
    """The path without session ids, dot segments and doubled slashes."""
    return re.sub(r"/{2,}", "/", without_dot_segments(without_session(path))) if path else ""
