"""What a robots.txt allows us: RFC 9309, clause by clause."""

import pytest
from answers import answer
from timing import seconds

from vitality_lib.models import Outcome, Reason
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web.robots import MOST_BYTES, Robots, decoded_text, product_token, read
from vitality_lib.web.url import canonical

ORIGIN = "http://www.st-brendan.example"
US = "DiocesanVitality"


def allows(text: str, path: str) -> bool:
    return Robots(RobotsFile(ORIGIN, 200, text), US).refusal(canonical(ORIGIN + path)) is None


GROUPS = {
    "2.2.1 no group is ours: all is allowed": ("User-agent: other\nDisallow: /", True),
    "2.2.1 the group for all": ("User-agent: *\nDisallow: /mass", False),
    "2.2.1 our group": ("User-agent: DiocesanVitality\nDisallow: /mass", False),
    "2.2.1 our name in any case": ("USER-AGENT: diocesanvitality\nDISALLOW: /mass", False),
    "2.2.1 our name with a version, as some write it": ("User-agent: DiocesanVitality/0.1\nDisallow: /mass", False),
    "2.2.1 our group goes before the group for all": (
        "User-agent: *\nDisallow: /\n\nUser-agent: DiocesanVitality\nDisallow: /private",
        True,
    ),
    "2.2.1 wherever it stands": ("User-agent: DiocesanVitality\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
    "2.2.1 an empty group of ours allows all": (
        "User-agent: DiocesanVitality\nDisallow:\n\nUser-agent: *\nDisallow: /",
        True,
    ),
    "2.2.1 two groups of ours are one": (
        "User-agent: DiocesanVitality\nDisallow: /a\n\n"
        "User-agent: *\nAllow: /\n\n"
        "User-agent: DiocesanVitality\nDisallow: /mass",
        False,
    ),
    "2.2.1 one group for several names": ("User-agent: other\nUser-agent: DiocesanVitality\nDisallow: /mass", False),
    "2.2.1 a name in ours is not ours": ("User-agent: vitality\nDisallow: /", True),
    "2.2.1 a name longer than ours is not ours": ("User-agent: DiocesanVitalityPro\nDisallow: /", True),
    "2.2.1 the end of our name alone is not ours": ("User-agent: vitality-bot\nDisallow: /", True),
    "2.2.1 the beginning of our name is not ours": ("User-agent: Diocesan\nDisallow: /", True),
    "2.2.1 a name with ours in it is not ours": ("User-agent: not-DiocesanVitality\nDisallow: /", True),
    "2.2.1 what follows our name after a blank does not count": (
        "User-agent: DiocesanVitality Bot\nDisallow: /",
        False,
    ),
    "2.2.1 a whole User-Agent header begins with another's name": (
        "User-agent: Mozilla/5.0 (compatible; DiocesanVitality/0.1)\nDisallow: /",
        True,
    ),
    "2.2.1 two groups for all are one": ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /mass", False),
    "2.2.1 a group without a name is nobody's": ("User-agent:\nDisallow: /mass", True),
    "2.2.1 and ends the one before it": ("User-agent: *\nDisallow: /a\nUser-agent:\nDisallow: /mass", True),
    "2.2.1 rules before any group are nobody's": ("Disallow: /\nUser-agent: other\nDisallow: /", True),
    "2.2.4 other records do not divide a group": (
        "User-agent: *\nSitemap: http://www.st-brendan.example/sitemap.xml\nDisallow: /mass",
        False,
    ),
    "2.2.4 nor do records that nobody knows": (
        "User-agent: *\nFavourite-saint: Brendan\nUser-agent: other\nDisallow: /mass",
        False,
    ),
    "2.2.4 nor do lines that are no record": ("User-agent: *\nplease be kind\nDisallow: /mass", False),
    "Crawl-delay is a rule of its group": ("User-agent: *\nCrawl-delay: 5\nUser-agent: other\nDisallow: /", True),
    "2.2.4 an unknown record is nothing": ("User-agent: *\nNoindex: /mass\nDisallow: /a", True),
    "2.2 comments are nothing": ("# ours\nUser-agent: * # all\nDisallow: /mass # all of it", False),
    "2.2 lines may end in CR LF": ("User-agent: *\r\nDisallow: /mass\r\n", False),
    "2.2 lines may end in CR": ("User-agent: *\rDisallow: /mass\r", False),
    "2.2 blanks around are nothing": ("  User-agent :  *  \n\t Disallow\t:\t/mass  ", False),
    "2.2 blank lines do not divide a group": ("User-agent: *\n\n\nDisallow: /a\n \nDisallow: /mass", False),
    "2.2 lines may end in all three ways at once": ("User-agent: *\r\nDisallow: /a\rDisallow: /mass\n", False),
    "2.2 a line ends nowhere else": ("User-agent: *\nDisallow: /a\u2028Disallow: /mass\x85Disallow: /mass", True),
    "2.2 a comment may take a rule away": ("User-agent: *\n# Disallow: /mass", True),
    "2.2 an empty file allows all": ("", True),
    "2.2 a file of blanks allows all": (" \t\n\r\n ", True),
    "2.2 a colon may be missing": ("User-agent *\nDisallow /mass", False),
    "2.2 words may be misspelt as many do": ("Useragent: *\nDissallow: /mass", False),
}


@pytest.mark.parametrize("case", GROUPS)
def test_our_group_is_found(case: str) -> None:
    text, allowed = GROUPS[case]
    assert allows(text, "/mass") is allowed


RULES = {
    "2.2.2 a path begins so": ("Disallow: /mass", "/mass-times", False),
    "2.2.2 a path that merely holds it": ("Disallow: /mass", "/the/mass", True),
    "2.2.2 paths differ by case": ("Disallow: /Mass", "/mass", True),
    "2.2.2 the longest match counts: allow": ("Disallow: /parish\nAllow: /parish/mass", "/parish/mass", True),
    "2.2.2 the longest match counts: disallow": ("Allow: /parish\nDisallow: /parish/mass", "/parish/mass", False),
    "2.2.2 whatever their order": ("Allow: /parish/mass\nDisallow: /parish", "/parish/mass", True),
    "2.2.2 of equals the allowing one": ("Disallow: /mass\nAllow: /mass", "/mass", True),
    "2.2.2 no match: allowed": ("Disallow: /private", "/mass", True),
    "2.2.2 robots.txt itself is always allowed": ("Disallow: /", "/robots.txt", True),
    "2.2.2 an empty rule is none": ("Disallow:", "/mass", True),
    "2.2.2 the query belongs to the path": ("Disallow: /list?page=", "/list?page=2", False),
    "2.2.2 another query": ("Disallow: /list?page=", "/list?id=2", True),
    "2.2.2 letters beyond ASCII in the rule": ("Disallow: /misa/español", "/misa/espa%C3%B1ol", False),
    "2.2.2 their escapes in the rule": ("Disallow: /misa/espa%C3%B1ol", "/misa/español", False),
    "2.2.2 escapes in either case": ("Disallow: /misa/espa%c3%b1ol", "/misa/espa%C3%B1ol", False),
    "2.2.2 needless escapes in the rule": ("Disallow: /%6D%61ss", "/mass", False),
    "2.2.2 needless escapes in the path": ("Disallow: /mass", "/%6Dass", False),
    "2.2.2 a reserved octet is not its escape": ("Disallow: /a%2Fb", "/a/b", True),
    "2.2.3 a star is anything": ("Disallow: /*/print", "/parish/mass/print", False),
    "2.2.3 also nothing": ("Disallow: /a*b", "/ab", False),
    "2.2.3 a star at the end changes nothing": ("Disallow: /mass*", "/mass-times", False),
    "2.2.3 two stars": ("Disallow: /*a*b", "/xaxxb", False),
    "2.2.3 a dollar sign is the end": ("Disallow: /*.pdf$", "/bulletin.pdf", False),
    "2.2.3 behind which nothing may come": ("Disallow: /*.pdf$", "/bulletin.pdf?x=1", True),
    "2.2.3 the home page alone": ("Disallow: /\nAllow: /$", "/", True),
    "2.2.3 and nothing else": ("Disallow: /\nAllow: /$", "/mass", False),
    "2.2.3 an escaped star is a star": ("Disallow: /a%2Ab", "/a*b", False),
    "2.2.3 and nothing more": ("Disallow: /a%2Ab", "/axb", True),
}


@pytest.mark.parametrize("case", RULES)
def test_the_rule_that_counts_is_found(case: str) -> None:
    rules, path, allowed = RULES[case]
    assert allows(f"User-agent: *\n{rules}", path) is allowed


def test_a_refusal_names_the_path_and_whose_wish_it_is() -> None:
    outcome = Robots(RobotsFile(ORIGIN, 200, "User-agent: *\nDisallow: /"), US).refusal(canonical(f"{ORIGIN}/mass"))
    assert outcome == Outcome(Reason.ROBOTS_DISALLOWED, "robots.txt of www.st-brendan.example keeps us off /mass")


def test_a_rule_of_many_stars_is_judged_in_no_time() -> None:
    rules, path = "User-agent: *\nDisallow: /" + "*a" * 200 + "$", "/" + "a" * 4000 + "b"
    assert allows(rules, path)
    assert seconds(lambda: allows(rules, path)) < 1


CRAWL_DELAYS = {
    "seconds": ("User-agent: *\nCrawl-delay: 10", 10.0),
    "a fraction": ("User-agent: *\nCrawl-delay: 0.5", 0.5),
    "ours": ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: DiocesanVitality\nCrawl-delay: 30", 30.0),
    "another's": ("User-agent: other\nCrawl-delay: 10", None),
    "a word": ("User-agent: *\nCrawl-delay: slow", None),
    "less than nothing": ("User-agent: *\nCrawl-delay: -1", None),
    "for ever": ("User-agent: *\nCrawl-delay: inf", None),
    "none": ("User-agent: *\nDisallow: /a", None),
    "no file": ("", None),
}


@pytest.mark.parametrize("case", CRAWL_DELAYS)
def test_the_crawl_delay_is_read(case: str) -> None:
    text, seconds = CRAWL_DELAYS[case]
    assert Robots(RobotsFile(ORIGIN, 200, text), US).crawl_delay == seconds


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_2_3_1_3_a_file_that_is_unavailable_allows_all(status: int) -> None:
    assert read(ORIGIN, answer("User-agent: *\nDisallow: /", status)) == RobotsFile(ORIGIN, status)


HTML = {
    "a page that says what is not there": "<!DOCTYPE html><title>Not found</title><body>Disallow: /</body>",
    "a page with rules on lines of their own": "<html>\n<pre>\nUser-agent: *\nDisallow: /\n</pre>\n</html>",
    "a page after blank lines": "\n\n  <html><body>\nUser-agent: *\nDisallow: /",
    "XML": "<?xml version='1.0'?>\n<rules>\nUser-agent: *\nDisallow: /\n</rules>",
    "a page after a byte order mark": "\ufeff<!-- home -->\nUser-agent: *\nDisallow: /",
}


@pytest.mark.parametrize("case", HTML)
def test_a_page_in_the_place_of_a_file_has_no_rules(case: str) -> None:
    assert read(ORIGIN, answer(HTML[case], 200)) == RobotsFile(ORIGIN, 200)


def test_a_file_that_is_called_html_has() -> None:
    text = "User-agent: *\nDisallow: /"
    assert read(ORIGIN, answer(text, 200, {"content-type": "text/html"})) == RobotsFile(ORIGIN, 200, text)


@pytest.mark.parametrize("status", [300, 301, 302, 307])
def test_2_3_1_2_a_file_behind_too_many_redirects_is_unavailable(status: int) -> None:
    assert read(ORIGIN, answer("", status)) == RobotsFile(ORIGIN, status)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_2_3_1_4_a_file_that_is_unreachable_forbids_all(status: int) -> None:
    file = read(ORIGIN, answer("", status))
    assert (file.status, file.problem) == (status, Reason.HTTP_ERROR)
    refusal = Robots(file, US).refusal(canonical(ORIGIN))
    assert refusal == Outcome(Reason.HTTP_ERROR, f"robots.txt of {ORIGIN} answers {status}")


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.DNS_FAILURE, Reason.TLS_FAILURE, Reason.CONNECTION_FAILURE])
def test_2_3_1_4_no_answer_forbids_all_for_the_same_reason(reason: Reason) -> None:
    file = read(ORIGIN, Outcome(reason, "said the network"))
    assert Robots(file, US).refusal(canonical(ORIGIN)) == Outcome(reason, "said the network")


def test_too_many_requests_forbid_all_for_now() -> None:
    assert read(ORIGIN, answer("", 429)).problem is Reason.BLOCKED


def test_the_product_token_is_what_our_header_begins_with() -> None:
    assert product_token("DiocesanVitality/0.1 (+https://example.org/bot)") == US
    assert product_token("DiocesanVitality") == US


RULE = "User-agent: *\nDisallow: /misa/español\n"
ENCODINGS = {
    "2.2 UTF-8": RULE.encode(),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + RULE.encode(),
    "UTF-16, little end first": b"\xff\xfe" + RULE.encode("utf-16-le"),
    "UTF-16, big end first": b"\xfe\xff" + RULE.encode("utf-16-be"),
    "UTF-8 with two thirds of a mark": b"\xef\xbb" + RULE.encode(),
    "UTF-8 with a third of a mark": b"\xef" + RULE.encode(),
    "UTF-8 strewn with NULs": RULE.encode().replace(b"a", b"\x00a\x00"),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_the_text_is_read_in_its_encoding(case: str) -> None:
    assert decoded_text(ENCODINGS[case]) == RULE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_as_far_as_it_is_ascii(encoding: str) -> None:
    assert not allows(decoded_text("User-agent: *\nDisallow: /mass".encode(encoding)), "/mass")


def test_octets_that_are_no_text_harm_their_own_line_only() -> None:
    assert not allows(decoded_text(b"# \xff\xfe\x00\nUser-agent: *\nDisallow: /mass"), "/mass")


def test_2_5_what_lies_within_500_kib_is_read_and_the_rest_is_ignored_by_whole_lines() -> None:
    within = b"User-agent: *\nDisallow: /mass\n"
    filler = b"# filler\n" * ((MOST_BYTES - len(within)) // 9)
    text = decoded_text(filler + within + b"Disallow: /times-of-confession\n" * 10)
    assert not allows(text, "/mass")
    assert allows(text, "/times")
    assert text.endswith("\n")


def test_2_5_a_rule_cut_in_two_is_no_rule() -> None:
    head = b"User-agent: *\nDisallow: /private\n"
    filler = b"#" * (MOST_BYTES - len(head) - 12) + b"\n"
    assert allows(decoded_text(head + filler + b"Disallow: /mass-times"), "/")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_2_5_lines_are_counted_whatever_ends_them_in_every_encoding(end: str, encoding: str) -> None:
    mark = "\ufeff".encode(encoding)
    text = decoded_text(mark + (f"User-agent: *{end}Disallow: /mass{end}" + f"# filler{end}" * 80_000).encode(encoding))
    assert not allows(text, "/mass")
    assert text.endswith(f"# filler{end[:1]}") or text.endswith(end)


def test_2_5_one_line_of_more_than_500_kib_is_no_line() -> None:
    assert decoded_text(b"Disallow: /" + b"a" * MOST_BYTES) == ""


@pytest.mark.no_cover
def test_a_file_of_500_kib_is_judged_in_no_time() -> None:
    text = "User-agent: *\nDisallow: /mass\n" + "Disallow: /*/a/*b$\nUser-agent: x\n" * 14_000
    assert seconds(lambda: allows(text, "/mass")) < 2
