"""Literals in scripts: what is read as data, what is left as code, and that no script takes long."""

from typing import Any

import pytest
from timing import seconds

from vitality_lib.directories.data.javascript import literals

READ: dict[str, list[Any]] = {
    "var a = [1, 2.5, -.5, 'it\\'s', \"x\", `y`, true, false, null, undefined,];": [
        [1, 2.5, -0.5, "it's", "x", "y", True, False, None, None]
    ],
    "a = {b: 'c', 'd-e': {f: []}, 7: 8,}; // {x: 1}": [{"b": "c", "d-e": {"f": []}, "7": 8}],
    "a = ['<p>' + 'one' + \"</p>\", 1 + 2, 'n' + i];": [["<p>one</p>", None, None]],
    "pin = {at: new google.maps.LatLng(41.5, -87.25), icon: icons.red, anchor: map};": [
        {"at": [41.5, -87.25], "icon": None, "anchor": None}
    ],
    "a = ['\\u00c9mile', '\\x41', 'a\\nb', '\\ud83d\\ude00', '\\ud83d'];": [["Émile", "A", "a\nb", "😀", "\ufffd"]],
    "list.push({a: 1}); list.push({a: 2});": [[{"a": 1}], [{"a": 2}]],
    "new Vue({data: {rows: [{n: 'St. Odo'}]}, methods: {go: function () { return 1; }}})": [
        {"rows": [{"n": "St. Odo"}]}
    ],
    "data() { return { rows: [1] } }": [{"rows": [1]}],
    "if (a) { b(); } else { c = d; }": [],
    "var cut = [{'name': 'St. Odo', 'lat': 41": [],
    "a = [/* one */ 1, // two\n 2]": [[1, 2]],
    "var said = '<b>St. Odo</b>' + '<br>Troy', plain = 'St. Odo';": ["<b>St. Odo</b><br>Troy"],
    "mark(point, 'St. Odo', '<p>Troy</p>'); on(point, 'click', function () { f(); });": [
        [None, "St. Odo", "<p>Troy</p>"]
    ],
}


@pytest.mark.parametrize("script", READ, ids=range(len(READ)))
def test_literals_are_read_and_code_is_left(script: str) -> None:
    assert list(literals(script)) == READ[script]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "piece",
    [
        "=[",
        ":{a",
        '({"',
        "('",
        ':{"a"',
        "(/*",
        "=[1,",
        "=new ",
        "=[new ",
        "(1,",
        "={a:'\\",
        "=[`",
        "='<",
        "(a,'",
        "(a, ",
    ],
    ids=repr,
)
def test_a_long_script_is_soon_done(piece: str) -> None:
    assert seconds(lambda: list(literals(piece * 400_000))) < 3
