"""What the makers of other readers of robots.txt hold theirs to: Google's (github.com/google/robotstxt) and Protego's
(github.com/scrapy/protego) published cases, told anew.

They differ on one: after a line that is no record, Protego ends the group, Google does not. RFC 9309 section 2.2.4 says
who is right. That a rule for `index.html` stands for its folder, too, is Google's own, and what site owners count on.
"""

import pytest

from vitality_lib.models import Reason
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web.robots import Robots
from vitality_lib.web.url import canonical

ORIGIN = "https://parish.example"
US = "DiocesanVitality"
# A file, then what it allows and what it forbids. `us` is our name.
CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "a file of other words": ("who: us\nwhat: /", ["/a/b"], []),
    "words without colons": ("user-agent us\ndisallow /", [], ["/a/b"]),
    "groups are divided by names, and ours joined": (
        "allow: /o/\n\nuser-agent: us\ndisallow: /\nallow: /a/\nuser-agent: b\ndisallow: /\nallow: /b/\n\n\n"
        "allow: /w/\n"
        "user-agent: c\n\nuser-agent: us\nallow: /c/\ndisallow: /",
        ["/a/1", "/c/1"],
        ["/b/1", "/w/1", "/o/"],
    ),
    "a sitemap between names": ("User-agent: us\nSitemap: /s.xml\nUser-agent: *\nDisallow: /", [], ["/"]),
    "an unknown line between names": ("User-agent: us\nUnknown-line: x\nUser-agent: *\nDisallow: /", [], ["/"]),
    "words in capitals": ("USER-AGENT: us\nALLOW: /a/\nDISALLOW: /", ["/a/b"], ["/b"]),
    "words in any case": ("uSeR-aGeNt: us\nAlLoW: /a/\ndIsAlLoW: /", ["/a/b"], ["/b"]),
    "our name up to the blank": (
        "User-Agent: *\nDisallow: /\nUser-Agent: us too\nAllow: /a/\nDisallow: /",
        ["/a/"],
        ["/"],
    ),
    "ours after the one for all": ("user-agent: *\nallow: /\nuser-agent: us\ndisallow: /", [], ["/a"]),
    "only others'": ("user-agent: a\ndisallow: /\nuser-agent: b\ndisallow: /", ["/a"], []),
    "paths in their case": ("user-agent: us\ndisallow: /A/", ["/a/"], ["/A/"]),
    "longest: the file against its folder": ("user-agent: us\ndisallow: /x/p.html\nallow: /x/", ["/x/"], ["/x/p.html"]),
    "longest: the file out of its folder": ("user-agent: us\nallow: /x/p.html\ndisallow: /x/", ["/x/p.html"], ["/x/"]),
    "longest: nothing against nothing": ("user-agent: us\ndisallow:\nallow:", ["/x"], []),
    "longest: all against all": ("user-agent: us\ndisallow: /\nallow: /", ["/x"], []),
    "longest: a folder with its slash": ("user-agent: us\ndisallow: /x\nallow: /x/", ["/x/"], ["/x"]),
    "longest: the same file": ("user-agent: us\ndisallow: /p.html\nallow: /p.html", ["/p.html"], []),
    "longest: a star counts as a letter": (
        "user-agent: us\nallow: /page\ndisallow: /*.html",
        ["/page"],
        ["/page.html"],
    ),
    "longest: and may be beaten": (
        "user-agent: us\nallow: /x/page.\ndisallow: /*.html",
        ["/x/page.html"],
        ["/x/y.html"],
    ),
    "longest: only within our group": ("User-agent: *\nDisallow: /x/\nUser-agent: us\nDisallow: /y/", ["/x/"], ["/y/"]),
    "an address in a query": (
        "User-agent: us\nDisallow: /\nAllow: /f?q=t&b=http://o.example?t&p",
        ["/f?q=t&b=http://o.example?t&p"],
        ["/f"],
    ),
    "letters of three octets": ("User-agent: us\nDisallow: /\nAllow: /f/ツ", ["/f/%E3%83%84", "/f/ツ"], ["/f/"]),
    "the same, escaped": ("User-agent: us\nDisallow: /\nAllow: /f/%E3%83%84", ["/f/%E3%83%84"], ["/f/%E3%83%85"]),
    "a star for nothing, a part, and more": (
        "User-agent: us\nDisallow: /a/b/q\nAllow: /a/*/x",
        ["/a/q", "/a//q"],
        ["/a/b/q"],
    ),
    "a dollar for the end": ("User-agent: us\nDisallow: /a/b$\nAllow: /a/b/x", ["/a/b/x", "/a/b/", "/a/b/c"], ["/a/b"]),
    "a comment behind a rule": ("User-agent: us\n# Disallow: /\nDisallow: /a/q#x\nAllow: /", ["/a/b"], ["/a/q"]),
    "index.html stands for its folder": (
        "User-Agent: *\nAllow: /a/index.html\nDisallow: /",
        ["/a/", "/a/index.html"],
        ["/a/index.htm", "/b"],
    ),
    "fish": (
        "user-agent: us\ndisallow: /\nallow: /fish",
        ["/fish", "/fish.html", "/fish/salmon", "/fishheads", "/fish.html?id=1"],
        ["/Fish.asp", "/catfish", "/?id=fish"],
    ),
    "fish*": ("user-agent: us\ndisallow: /\nallow: /fish*", ["/fish", "/fishheads/yummy.html"], ["/Fish", "/catfish"]),
    "fish/": (
        "user-agent: us\ndisallow: /\nallow: /fish/",
        ["/fish/", "/fish/?salmon", "/fish/salmon"],
        ["/fish", "/fish.html", "/Fish/Salmon"],
    ),
    "*.php": (
        "user-agent: us\ndisallow: /\nallow: /*.php",
        ["/f.php", "/a/f.php?x", "/a/any.php.file.html", "/f.php/", "/index?f=f.php/"],
        ["/php/", "/index?php", "/windows.PHP"],
    ),
    "*.php$": (
        "user-agent: us\ndisallow: /\nallow: /*.php$",
        ["/f.php", "/a/f.php"],
        ["/f.php?x", "/f.php/", "/f.php5", "/f?php", "/aaaphpaaa"],
    ),
    "fish*.php": (
        "user-agent: us\ndisallow: /\nallow: /fish*.php",
        ["/fish.php", "/fishheads/catfish.php?x"],
        ["/Fish.PHP"],
    ),
    "a dollar after the slash": ("user-agent: us\nallow: /$\ndisallow: /", ["/"], ["/page.html"]),
    "a line that means nothing": ("User-agent: *\n*disallow /a\nDisallow: /b", ["/a"], ["/b"]),
    "escapes of a rule": ("User-agent: *\nDisallow: /\nAllow: /a%3cd.html", ["/a<d.html", "/a%3Cd.html"], ["/a"]),
    "a rule without escapes": ("User-agent: *\nDisallow: /\nAllow: /a<*", ["/a%3cd.html", "/a<d"], ["/b"]),
    "parameters and queries": ("User-agent: *\nDisallow: /path;p?q", ["/path", "/path;p"], ["/path;p?q"]),
    "any query": ("User-agent: *\nDisallow: /*?", ["/a"], ["/a?b=1"]),
    "one field of a query": ("User-agent: *\nDisallow: /*s=", ["/a"], ["/?s=mass", "/a?s="]),
    "stars at the beginning": ("User-agent: *\nDisallow: *.gif", ["/a"], ["/a.gif", "/x/b.gif"]),
    "an empty group": ("User-agent: us\nDisallow:\n\nUser-agent: *\nDisallow: /", ["/a"], []),
    "a star in the middle of a path": ("user-agent: us\ndisallow: /x*x/abc", ["/x/abc"], ["/xx/abc", "/x1x/abc"]),
    "an escaped star": ("user-agent: us\ndisallow: /x%2Ax/abc", ["/xax/abc"], ["/x*x/abc"]),
    "an escaped dollar": ("user-agent: us\ndisallow: /x/abc%24", ["/x/abc"], ["/x/abc$"]),
    "a dollar in the middle": ("user-agent: us\ndisallow: /a$b", ["/a"], ["/a$b", "/a$bc"]),
    "the file of 1994": (
        "# go away\nUser-agent: *\nDisallow: /cyberworld/map/ # endless\nDisallow: /tmp/ # soon gone",
        ["/"],
        ["/tmp/x", "/cyberworld/map/1"],
    ),
    "a mark in the middle of a file": ("User-agent: us\n\ufeffDisallow: /a\nDisallow: /b", ["/a"], ["/b"]),
}


@pytest.mark.parametrize("case", CASES)
def test_published_case(case: str) -> None:
    text, allowed, forbidden = CASES[case]
    robots = Robots(RobotsFile(ORIGIN, 200, text.replace(": us", f": {US}").replace("agent us", f"agent {US}")), US)
    for path in allowed:
        assert robots.refusal(canonical(ORIGIN + path)) is None, path
    for path in forbidden:
        refusal = robots.refusal(canonical(ORIGIN + path))
        assert refusal is not None, path
        assert refusal.reason is Reason.ROBOTS_DISALLOWED
