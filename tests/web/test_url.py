"""One spelling for one address: RFC 3986 section 6, and the WHATWG URL standard for hosts."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitality_lib.web.url import LONGEST_URL, Address, WebAddressError, canonical

HERE = "http://www.st-brendan.example"

SPELLINGS = {
    "6.2.2.1 scheme and host in lower case": ("HTTP://WWW.St-Brendan.Example/Mass", "/Mass"),
    "6.2.2.1 escapes in upper case": ("/a%2fb", "/a%2Fb"),
    "6.2.2.2 no escape where none is needed": ("/%7Ejoe/%61%2D%5F%2E", "/~joe/a-_."),
    "6.2.2.2 a reserved octet stays escaped": ("/?q=a%26b%3Dc", "/?q=a%26b%3Dc"),
    "6.2.2.3 dot segments are followed": ("/a/./b/../../mass", "/mass"),
    "6.2.2.3 not above the root": ("/../../mass", "/mass"),
    "6.2.2.3 escaped dots are dots": ("/a/%2e%2E/mass", "/mass"),
    "6.2.2.3 a last dot segment leaves its slash": ("/a/b/..", "/a/"),
    "6.2.3 an empty path is the root": ("", "/"),
    "6.2.3 an empty path before a query is the root": ("?p=2", "/?p=2"),
    "6.2.3 an empty query is none": ("/mass?", "/mass"),
    "6.2.3 the scheme's own port is none": ("http://www.st-brendan.example:80/mass", "/mass"),
    "6.2.3 an empty port is none": ("http://www.st-brendan.example:/mass", "/mass"),
    "6.2.3 the root of the name system is no part of the host": ("http://www.st-brendan.example./mass", "/mass"),
    "a fragment is for the reader alone": ("/mass#sunday", "/mass"),
    "a fragment may hold anything": ("/mass#a\\b?utm_source=x", "/mass"),
    "a space is escaped": ("/mass times?q=a b", "/mass%20times?q=a%20b"),
    "letters beyond ASCII are UTF-8": ("/misa/español", "/misa/espa%C3%B1ol"),
    "a stray per cent sign is itself": ("/100%/a%zz", "/100%25/a%25zz"),
    "an escape is read once, not twice": ("/%%34%31", "/%2541"),
    "line breaks and tabs are none": ("/ma\r\n\tss", "/mass"),
    "blanks around are none": (f"  {HERE}/mass \n", "/mass"),
    "a double slash is kept": ("/a//b", "/a//b"),
    "empty query fields are none": ("/?a=1&&b=2&", "/?a=1&b=2"),
    "campaign fields are noise": ("/?utm_source=bulletin&id=3&fbclid=x&gclid=y&mc_cid=z", "/?id=3"),
    "a campaign field in escapes is noise, too": ("/?utm%5Fsource=bulletin&id=3", "/?id=3"),
    "a field that merely begins so is none": ("/?utmost=1&fbclids=2", "/?utmost=1&fbclids=2"),
    "session ids are noise": ("/?PHPSESSID=0a1b&id=3&ASPSESSIONIDQQ=x&CFID=4", "/?id=3"),
    "session ids in the path, too": ("/list.jsp;jsessionid=0A1B?id=3", "/list.jsp?id=3"),
    "session ids in the path in escapes, too": ("/list.jsp;%6asessionid=0A1B", "/list.jsp"),
    "jQuery's cache buster is noise": ("/?id=3&_=1732400000000", "/?id=3"),
    "a short `_` field is none": ("/?_=12", "/?_=12"),
}


@pytest.mark.parametrize("case", SPELLINGS)
def test_an_address_has_one_spelling(case: str) -> None:
    written, path = SPELLINGS[case]
    address = written if "://" in written else HERE + written
    assert str(canonical(address)) == HERE + path


HOSTS = {
    "a name": ("www.St-Brendan.example", "www.st-brendan.example"),
    "a name with an underscore, as some have": ("st_brendan.example", "st_brendan.example"),
    "a name in escapes": ("%77ww.example", "www.example"),
    "an international name": ("señora-de-guadalupe.example", "xn--seora-de-guadalupe-o0b.example"),
    "the same in UTF-8 escapes": ("se%C3%B1ora-de-guadalupe.example", "xn--seora-de-guadalupe-o0b.example"),
    "the same in its wire form": ("XN--SEORA-DE-GUADALUPE-O0B.example", "xn--seora-de-guadalupe-o0b.example"),
    "IDNA 2008 keeps the sharp s": ("straße.example", "xn--strae-oqa.example"),
    "UTS 46 maps wide letters and dots": ("ｗｗｗ。example。", "www.example"),
    "four decimal parts": ("203.0.113.5", "203.0.113.5"),
    "one decimal number": ("2130706433", "127.0.0.1"),
    "an octal number": ("0177.0.0.1", "127.0.0.1"),
    "a hexadecimal number": ("0x7F.0.0.1", "127.0.0.1"),
    "one hexadecimal number": ("0xA9FEA9FE", "169.254.169.254"),
    "a short form": ("127.1", "127.0.0.1"),
    "wide digits": ("１２７.０.０.１", "127.0.0.1"),
    "digits in escapes": ("%31%32%37.0.0.1", "127.0.0.1"),
    "a numeric host with a last dot": ("127.0.0.1.", "127.0.0.1"),
    "IPv6, shortened": ("[2001:0DB8:0:0::1]", "2001:db8::1"),
    "IPv6 without its zone": ("[fe80::1%25eth0]", "fe80::1"),
    "IPv6 that holds IPv4": ("[::ffff:127.0.0.1]", "::ffff:7f00:1"),
}


@pytest.mark.parametrize("case", HOSTS)
def test_a_host_has_one_spelling(case: str) -> None:
    written, host = HOSTS[case]
    assert canonical(f"http://{written}/").host == host


REFUSED = {
    "nothing": "",
    "no scheme": "www.st-brendan.example/mass",
    "another scheme": "ftp://www.st-brendan.example/",
    "a script": "javascript:alert(1)",
    "a file": "file:///etc/passwd",
    "data": "data:text/html,Mass",
    "an e-mail address": "mailto:office@st-brendan.example",
    "no host": "http://",
    "no host but a port": "http://:80/",
    "a user": "http://office@st-brendan.example/",
    "a user and a password": "http://office:secret@st-brendan.example/",
    "an empty user": "http://@st-brendan.example/",
    "a backslash that browsers take for a slash": "http://www.st-brendan.example\\@evil.example/",
    "a control character": "http://www.st-brendan.example/\x00mass",
    "port 0": "http://www.st-brendan.example:0/",
    "a port that is too large": "http://www.st-brendan.example:65536/",
    "a port that is no number": "http://www.st-brendan.example:http/",
    "a port in other digits": "http://www.st-brendan.example:٨٠/",
    "an empty label": "http://www..example/",
    "a label with a hyphen in front": "http://-www.example/",
    "a label that is too long": f"http://{'a' * 64}.example/",
    "a name that is too long": f"http://{'a.' * 130}example/",
    "a wildcard": "http://*.example/",
    "a line break in escapes": "http://www.st-brendan.example%0a/",
    "a slash in escapes": "http://www.st-brendan.example%2fevil/",
    "an at sign in escapes": "http://office%40st-brendan.example/",
    "a broken escape": "http://%zz.example/",
    "an escape that is no UTF-8": "http://%ff.example/",
    "an escape behind an escape": "http://%2577ww.example/",
    "a letter that no domain may hold": "http://a\u200d.example/",
    "five numbers": "http://1.2.3.4.5/",
    "a number that is too large": "http://256.1.1.1/",
    "a digit that is not octal": "http://1.2.3.08/",
    "words and a number": "http://www.7/",
    "a number after a space": "http://1.2.3.4%20x.5/",
    "an open bracket": "http://[::1/",
    "a future address in brackets": "http://[v1.example]/",
    "a name in brackets": "http://[www.example]/",
    "IPv4 in brackets": "http://[1.2.3.4]/",
    "more than a server must take": f"{HERE}/{'a' * LONGEST_URL}",
    "more than that once it is escaped": f"{HERE}/{'ñ' * (LONGEST_URL // 4)}",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_web_address_is_refused_with_a_reason(case: str) -> None:
    with pytest.raises(WebAddressError, match=r"\w"):
        canonical(REFUSED[case])


RELATIVE = {  # RFC 3986 section 5.4.1, on the page http://a.example/b/c/d;p?q
    "g": "http://a.example/b/c/g",
    "./g": "http://a.example/b/c/g",
    "g/": "http://a.example/b/c/g/",
    "/g": "http://a.example/g",
    "//g.example": "http://g.example/",
    "?y": "http://a.example/b/c/d;p?y",
    "g?y": "http://a.example/b/c/g?y",
    "#s": "http://a.example/b/c/d;p?q",
    ";x": "http://a.example/b/c/;x",
    "": "http://a.example/b/c/d;p?q",
    ".": "http://a.example/b/c/",
    "..": "http://a.example/b/",
    "../../g": "http://a.example/g",
    "../../../../g": "http://a.example/g",
    "https://g.example/h": "https://g.example/h",
}


@pytest.mark.parametrize("link", RELATIVE)
def test_a_link_is_read_from_its_page(link: str) -> None:
    assert str(canonical(link, base="http://a.example/b/c/d;p?q")) == RELATIVE[link]


def test_the_authority_names_the_port_only_where_it_is_not_the_schemes_own() -> None:
    assert canonical("https://www.st-brendan.example:443/").authority == "www.st-brendan.example"
    assert canonical("http://www.st-brendan.example:443/").authority == "www.st-brendan.example:443"
    assert canonical("https://[2001:db8::1]:8443/a").origin == "https://[2001:db8::1]:8443"


def test_an_address_knows_whether_its_host_is_a_literal() -> None:
    assert Address("http", "www.st-brendan.example", 80, "/").literal is None
    assert str(canonical("http://0x7f.1/").literal) == "127.0.0.1"
    assert str(canonical("http://[::1]/").literal) == "::1"


MARKS = ("%", "%4", "%41", "%2e", "%2F", "%25", "/", "..", ".", "?", "&", "#", "=", "[", "]", "@", ":", "\\")
PHRASES = (";jsessionid=1", "utm_source=x", "ñ", "%C3%B1", "0x7f", "１")
PIECES = st.one_of(st.text(max_size=6), st.sampled_from(MARKS + PHRASES))
WRITTEN = st.builds(
    lambda start, pieces: start + "".join(pieces),
    st.sampled_from(["http://", "https://a.example/", "http://a.example/x?", "HTTP://[::1]:", "//", ""]),
    st.lists(PIECES, max_size=8),
)


@settings(deadline=None, max_examples=200)
@given(WRITTEN)
def test_a_canonical_address_is_its_own_canonical_address(written: str) -> None:
    with suppress(WebAddressError):
        address = canonical(written, base="http://www.st-brendan.example/mass/")
        assert canonical(str(address)) == address
        assert str(address).isascii()
