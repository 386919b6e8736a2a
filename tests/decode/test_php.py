"""What leaked PHP dumps say: cases kept as files, and what no case could list by properties."""

import html
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.php import decode_php
from harvester.locate.php import locate_php
from harvester.model import DEFAULT, Excerpt, Limits
from harvester.syntax.marks import find_marks
from harvester.syntax.php.repairs import REPAIRS

CORPUS = Path(__file__).parent.parent / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("php-*/expected.json"))
RECORDS = [
    {"id": "7001", "pic": "/2019/03/harbour_1.mp4", "title": "Ferries Return to the Harbour’s Old Pier"},
    {"id": "7002", "pic": "/2019/03/market_2.jpg", "title": "Night Market & More"},
    {"id": "7003", "pic": "/2019/03/bridge_3.mp4", "title": "Bridge Closed"},
]
BLOB = " ,".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in RECORDS).join(("[", " ]"))


def dump(text):
    return f'string({len(text.encode())}) "{text}"'


def decode(form, text, limits=DEFAULT):
    data = text if isinstance(text, bytes) else text.encode()
    return decode_php(Excerpt(form=form, text=data, spans=((0, len(data)),)), limits)


def found(text):
    """Every value of a text with the excerpt that it stands in."""
    data = text if isinstance(text, bytes) else text.encode()
    return [
        (one, value)
        for one in locate_php(data, find_marks(data).dumps, DEFAULT)
        for value in decode_php(one, DEFAULT).values
    ]


def container_paths(value, path=()):
    if isinstance(value, dict | list):
        yield path
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from container_paths(inner, (*path, step))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_kept_case_gives_what_is_expected(case):
    """Each dump of a kept document gives its value, what was undone and what had to be mended."""
    [document] = case.glob("input.*")
    got = [
        {
            "form": excerpt.form,
            "value": value.value,
            "layers": list(value.layers),
            "complete": value.complete,
            "repairs": list(value.repairs),
            "declared_bytes": value.declared_bytes,
            "read_bytes": value.read_bytes,
        }
        for excerpt, value in found(document.read_bytes())
    ]
    assert got == json.loads((case / "expected.json").read_bytes())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_container_of_a_kept_case_has_a_place(case):
    """Containers have a span inside the excerpt, and those of verbatim JSON slice back to themselves."""
    [document] = case.glob("input.*")
    for excerpt, value in found(document.read_bytes()):
        paths = list(container_paths(value.value))
        spans = value.places.spans(paths)
        assert set(paths) - {()} <= set(spans)
        for path, (start, end) in spans.items():
            assert 0 <= start < end <= len(excerpt.text)
            if value.layers == ("php-string", "json") and not value.repairs:
                inner = value.value
                for step in path:
                    inner = inner[step]
                assert json.loads(excerpt.text[start:end]) == inner


def test_every_repair_of_the_kept_cases_is_explained():
    """The table of repairs names all that the grammars note."""
    noted = {
        word for case in CASES for one in json.loads((case / "expected.json").read_bytes()) for word in one["repairs"]
    }
    assert noted - set(REPAIRS) <= {"unclosed-string", "unescaped-quotes", "skipped-code"}


MANGLINGS = {
    "whole": (lambda text: text, ()),
    "folded by one": (lambda text: text.replace("} ,{", "},{", 1), ("length-near",)),
    "folded by two": (lambda text: text.replace(" ,", ","), ("length-near",)),
    "closing space lost": (lambda text: text.replace(" ]", "]"), ("length-near",)),
    "escaped": (html.escape, ("html-unescaped",)),
    "escaped, numeric quotes": (lambda text: html.escape(text).replace("&quot;", "&#34;"), ("html-unescaped",)),
    "serialised by a browser": (lambda text: html.escape(text, quote=False), ("html-unescaped",)),
    "read as windows-1252": (lambda text: text.encode().decode("cp1252"), ("length-in-characters",)),
    "length in characters": (
        lambda text: text.replace(str(len(BLOB.encode())), str(len(BLOB))),
        ("length-in-characters",),
    ),
    "too short": (lambda text: text.replace(str(len(BLOB.encode())), "20"), ("length-wrong",)),
    "too long": (lambda text: text.replace(str(len(BLOB.encode())), "9999"), ("length-wrong",)),
    "huge": (lambda text: text.replace(str(len(BLOB.encode())), "9" * 20), ("length-wrong",)),
    "quote lost": (lambda text: text[:-1], ("quote-missing",)),
}


@pytest.mark.parametrize("before", ["", "12", "It is so.\n", "<p>", "<pre>\n", "null"])
@pytest.mark.parametrize("behind", ["", "\n", "\n\nThe end.", "</p><p>More.</p>"])
@pytest.mark.parametrize("mangling", MANGLINGS)
def test_a_mangled_dump_is_read_and_says_so(before, behind, mangling):
    """Whatever was done to a dump, its records are read whole and what had to be mended is noted."""
    mangle, repairs = MANGLINGS[mangling]
    [(_, value)] = found(before + mangle(dump(BLOB)) + behind)
    assert [record["id"] for record in value.value] == ["7001", "7002", "7003"]
    assert [record["pic"] for record in value.value] == [record["pic"] for record in RECORDS]
    assert value.value[1]["title"] == "Night Market & More"
    assert value.complete
    assert value.repairs == repairs
    assert value.read_bytes is not None
    assert value.declared_bytes is not None


@pytest.mark.parametrize("behind", ["", '\n\nMore “quoted” and "quoted" text, and so on [1] {2}.', "</p><p>x</p>"])
def test_a_cut_dump_keeps_what_stands_before_the_cut(behind):
    """Wherever a dump is cut, whole records stay complete and only the cut one is not."""
    text = dump(BLOB)
    for end in range(text.index("7001"), len(text) - 2):
        [(_, value)] = found(text[:end] + behind)
        whole = text[:end].count("}")
        assert value.value[:whole] == RECORDS[:whole]
        assert not value.complete
        assert () in value.incomplete_paths
        assert not any((index,) in value.incomplete_paths for index in range(whole))
        if len(value.value) > whole:
            assert (whole,) in value.incomplete_paths


@pytest.mark.parametrize("damage", ["", "x", '"', ":", ",", "\x00"])
def test_damage_to_one_record_costs_no_other(damage):
    """Whatever byte of a record is lost or replaced, the others are read whole and in their places."""
    text = dump(BLOB)
    inside = range(text.index("7002") - 5, text.index("More"))
    for at in inside:
        [(excerpt, value)] = found(text[:at] + damage + text[at + 1 :] + "\nThe end.")
        assert value.value[0] == RECORDS[0]
        assert value.value[-1] == RECORDS[2]
        (start, end) = value.places.spans([(len(value.value) - 1,)])[len(value.value) - 1,]
        assert json.loads(excerpt.text[start:end]) == RECORDS[2]
        if "records-resumed" in value.repairs:
            assert not value.complete
            assert value.incomplete_paths >= {(), (1,)}


def test_the_places_of_an_escaped_dump_are_those_of_the_source():
    """A record of an escaped dump slices back to its escaped text."""
    [(excerpt, value)] = found("<p>" + html.escape(dump(BLOB)) + "</p>")
    (start, end) = value.places.spans([(1,)])[1,]
    assert json.loads(html.unescape(excerpt.text[start:end].decode())) == RECORDS[1]


def test_json_in_a_dumped_array_is_unpacked_and_has_places():
    """A member that is JSON text becomes its value, said by path, with spans of its own."""
    text = 'array(1) {\n  ["list"]=>\n  ' + dump(BLOB) + "\n}"
    [(excerpt, value)] = found(text)
    assert value.value == {"list": RECORDS}
    assert value.unfolded == {("list",): ("json",)}
    (start, end) = value.places.spans([("list", 2)])["list", 2]
    assert json.loads(excerpt.text[start:end]) == RECORDS[2]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("php-var-dump", b"array(1) {\n[0]=>\n" * 100_000 + b"}" * 100_000),
        ("php-var-dump", b"array:1 [\n0 => " * 100_000 + b"]" * 100_000),
        ("php-var-dump", b'string(200000) "' + b"[" * 100_000 + b"]" * 100_000 + b'"'),
        ("php-print-r", b"Array ( [a] => " * 100_000),
        ("php-var-export", b"array (0 => " * 100_000 + b")" * 100_000),
        ("php-serialize", b"a:1:{i:0;" * 100_000 + b"}" * 100_000),
    ],
)
def test_nesting_has_a_limit_that_is_said(form, text):
    """What stands deeper than allowed is left out, and a Problem says so."""
    decoding = decode(form, text)
    assert [problem.code for problem in decoding.problems] == ["too-deep"]
    assert len(decoding.values) == 1


def test_too_large_and_undecodable_excerpts_are_problems():
    """What is too large or no dump gives no value and a Problem."""
    assert decode("php-var-dump", dump("x" * 20), Limits(excerpt_bytes=10)).problems[0].code == "too-large"
    assert decode("php-print-r", "Array of things").problems[0].code == "undecodable"


FORMS = ("php-var-dump", "php-print-r", "php-var-export", "php-serialize")
PIECES = (
    r"""string(5) "~string '~array(2) {~["a"]=>~[0]=>~array (~'a' => ~Array\n(\n    [a] => ~Array ( ~[b] => ~X Object"""
    r"""~ (length=3)~a:1:{~s:3:"~";~i:0;~}~)~]~array:2 [\n~"k" => ~\"\"\"\n~{#12\n~+a: ~&quot;~=&gt;~<br>~…~int(1)"""
    r"""~\n~  ~\\~'~"~[{~"a":~,~1~NULL~C:1:"a":5:{~O:1:"a":1:{~a::__set_state(array(~ (object) array(~R:1;~É"""
)
DUMPS = st.lists(
    st.sampled_from([piece.replace("\\n", "\n").encode() for piece in PIECES.split("~")]) | st.binary(max_size=4),
    max_size=30,
).map(b"".join)


@given(st.sampled_from(FORMS), DUMPS)
def test_decoding_is_total(form, text):
    """No bytes raise; what is given has places inside the text and says what it is."""
    decoding = decode(form, text)
    assert decoding.values or decoding.problems
    for value in decoding.values:
        for start, end in value.places.spans(list(container_paths(value.value))).values():
            assert 0 <= start <= end <= len(text)
        assert value.complete or value.incomplete_paths is not None


# Writers that imitate PHP: what they write must read back as what it was.

TEXTS = st.text(alphabet=st.sampled_from("ab  (){}[]=>'\",;:.-+#&<>/\\|0189é’…\n\t"), max_size=12).filter(
    lambda text: text[:1] not in ("[", "{")
)
LINES = TEXTS.map(lambda text: text.replace("\n", "|").replace("\t", "|"))
KEYS = st.text(alphabet="abcé_ -.", min_size=1, max_size=6)
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)


def nested(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ).filter(lambda value: isinstance(value, dict | list) and value)


def var_dump(value, indent=""):
    if isinstance(value, bool):
        return f"{indent}bool({str(value).lower()})\n"
    if value is None:
        return f"{indent}NULL\n"
    if isinstance(value, int | float):
        return f"{indent}{'int' if isinstance(value, int) else 'float'}({value!r})\n"
    if isinstance(value, str):
        return f"{indent}{dump(value)}\n"
    if isinstance(value, list):
        members = "".join(f"{indent}  [{at}]=>\n{var_dump(inner, indent + '  ')}" for at, inner in enumerate(value))
        return f"{indent}array({len(value)}) {{\n{members}{indent}}}\n"
    members = "".join(f'{indent}  ["{key}"]=>\n{var_dump(inner, indent + "  ")}' for key, inner in value.items())
    return f"{indent}object(stdClass)#1 ({len(value)}) {{\n{members}{indent}}}\n"


def print_r(value, indent=""):
    if not isinstance(value, dict | list):
        return str(value)
    members = value.items() if isinstance(value, dict) else enumerate(value)
    inner = "".join(f"{indent}    [{key}] => {print_r(one, indent + '        ')}\n" for key, one in members)
    return f"{'Array' if isinstance(value, list) else 'stdClass Object'}\n{indent}(\n{inner}{indent})\n"


def var_export(value, indent=""):
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "NULL"}[value]
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    members = value.items() if isinstance(value, dict) else enumerate(value)
    inner = "".join(
        f"{indent}  {var_export(key)} => {chr(10) + indent + '  ' if isinstance(one, dict | list) else ''}"
        f"{var_export(one, indent + '  ')},\n"
        for key, one in members
    )
    return f"{'array (' if isinstance(value, list) else '(object) array('}\n{inner}{indent})"


def serialize(value):
    if isinstance(value, bool):
        return f"b:{int(value)};"
    if value is None:
        return "N;"
    if isinstance(value, int | float):
        return f"{'i' if isinstance(value, int) else 'd'}:{value!r};"
    if isinstance(value, str):
        return f's:{len(value.encode())}:"{value}";'
    if isinstance(value, list):
        return f"a:{len(value)}:{{" + "".join(f"i:{at};{serialize(one)}" for at, one in enumerate(value)) + "}"
    members = "".join(serialize(key) + serialize(one) for key, one in value.items())
    return f'O:8:"stdClass":{len(value)}:{{{members}}}'


def symfony(value, indent=""):
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        inner = "".join(f"{indent}  {at} => {symfony(one, indent + '  ')}\n" for at, one in enumerate(value))
        return f"array:{len(value)} [\n{inner}{indent}]" if value else "[]"
    inner = "".join(f'{indent}  +"{key}": {symfony(one, indent + "  ")}\n' for key, one in value.items())
    return f"{{#12\n{inner}{indent}}}" if value else "{#12}"


def xdebug(value, indent=""):
    if isinstance(value, bool):
        return f"<small>boolean</small> <font color='#75507b'>{str(value).lower()}</font>\n"
    if value is None:
        return "<font color='#3465a4'>null</font>\n"
    if isinstance(value, int | float):
        kind = "int" if isinstance(value, int) else "float"
        return f"<small>{kind}</small> <font color='#4e9a06'>{value!r}</font>\n"
    if isinstance(value, str):
        text = f"<font color='#cc0000'>'{html.escape(value)}'</font>"
        return f"<small>string</small> {text} <i>(length={len(value.encode())})</i>\n"
    is_list = isinstance(value, list)
    head = f"<b>array</b> <i>(size={len(value)})</i>" if is_list else "<b>object</b>(<i>stdClass</i>)[<i>1</i>]"
    lines = [f"{indent}{head}\n"]
    for key, one in enumerate(value) if is_list else value.items():
        name = str(key) if is_list else f"<i>public</i> '{key}'"
        inner = xdebug(one, indent + "    ")
        arrow = " <font color='#888a85'>=&gt;</font> "
        lines.append(f"{indent}  {name}{arrow}{chr(10) if isinstance(one, dict | list) else ''}{inner}")
    if is_list and not value:
        lines.append(f"{indent}  <i><font color='#888a85'>empty</font></i>\n")
    return "".join(lines)


SCALARS = st.none() | st.booleans() | NUMBERS
WRITERS = {
    "var_dump": ("php-var-dump", var_dump, nested(SCALARS | TEXTS)),
    "print_r": ("php-print-r", print_r, nested(LINES)),
    "var_export": ("php-var-export", var_export, nested(SCALARS | TEXTS)),
    "serialize": ("php-serialize", serialize, nested(SCALARS | TEXTS)),
    # A lone quote looks like the beginning of a text block.
    "symfony": ("php-var-dump", symfony, nested(SCALARS | LINES.filter(lambda text: text != '"'))),
    "xdebug": ("php-var-dump", xdebug, nested(SCALARS | LINES)),
}


@pytest.mark.parametrize("writer", WRITERS)
@given(data=st.data())
def test_what_php_writes_reads_back(writer, data):
    """A value that PHP would write so is read back whole, without any repair but those that markup needs."""
    form, write, values = WRITERS[writer]
    value = data.draw(values)
    [decoded] = decode(form, write(value)).values
    assert decoded.value == value
    assert decoded.complete
    assert set(decoded.repairs) <= {"html-unescaped"}
    spans = decoded.places.spans(list(container_paths(value)))
    assert set(spans) == set(container_paths(value))


@pytest.mark.parametrize("writer", ["var_dump", "var_export", "serialize", "print_r"])
@given(data=st.data())
def test_what_was_escaped_reads_back(writer, data):
    """The same when the page escaped what PHP wrote."""
    form, write, values = WRITERS[writer]
    value = data.draw(values)
    [decoded] = decode(form, html.escape(write(value))).values
    assert decoded.value == value
    assert decoded.complete


@pytest.mark.parametrize("writer", WRITERS)
@given(data=st.data())
def test_a_cut_dump_of_any_form_gives_a_beginning(writer, data):
    """Cut anywhere, a dump gives a value or a Problem, and never claims more members than there were."""
    form, write, values = WRITERS[writer]
    value = data.draw(values)
    text = write(value).encode()
    decoding = decode(form, text[: data.draw(st.integers(0, len(text)))])
    for decoded in decoding.values:
        assert isinstance(decoded.value, dict | list)
        assert len(decoded.value) <= len(value)
