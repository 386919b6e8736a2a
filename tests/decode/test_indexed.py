"""Values that refer to one another by index or name."""

from harvester.decode.indexed import follow_references, revive, unwrap_astro
from harvester.decode.ladder import decode_text
from harvester.model import Limits


def decoded(text):
    return decode_text(text, Limits())


def sliced(text, value, path):
    ((start, end),) = value.places.spans([path]).values()
    return text[start:end]


def test_an_indexed_array_is_put_together():
    """Positions give their values, wrappers are taken off, and places are those in the array."""
    text = b'[["ShallowReactive",1],{"a":2,"b":3,"s":6,"d":7},"x",[4,4],{"c":5},"y",["Set",2],["Date","2024-01-02"]]'
    value = revive(decoded(text))
    assert value.value == {"a": "x", "b": [{"c": "y"}, {"c": "y"}], "s": ["x"], "d": "2024-01-02"}
    assert sliced(text, value, ("b", 1)) == b'{"c":5}'
    assert sliced(text, value, ("b", 0, "c")) == b'"y"'
    assert value.layers[-1] == "devalue"


def test_cycles_and_shared_values_stay_small():
    """A value that holds itself ends there, and shared ones can't multiply."""
    assert revive(decoded(b'[{"self":0,"a":1},"x"]')).value == {"self": None, "a": "x"}
    table = b",".join(b"[%d,%d]" % (index + 1, index + 1) for index in range(60))
    count = str(revive(decoded(b"[" + table + b',"end"]')).value).count("end")
    assert count < 10_000


def test_what_is_no_indexed_array_stays():
    """Other lists are given as they are."""
    for text in (b"[1,2]", b"[[1]]", b'{"a":1}', b'[{"mp4":"/v/a.mp4"},1]', b'[["Ref","a"],1]', b'[{"a":true},1]'):
        value = decoded(text)
        assert revive(value) is value


def test_type_tags_are_taken_off():
    """Tagged values are plain ones, and places lead to what the tag stands in front of."""
    text = b'{"clip":[0,{"title":[0,"Pier"],"tags":[1,[[0,"a"],[0,"b"]]]}],"plain":3}'
    value = unwrap_astro(decoded(text))
    assert value.value == {"clip": {"title": "Pier", "tags": ["a", "b"]}, "plain": 3}
    assert sliced(text, value, ("clip", "tags", 1)) == b'"b"'


def test_references_by_name_are_followed():
    """An entity stands where it is named, with the scalars of what it names itself; its place is its own."""
    text = (
        b'{"ROOT_QUERY":{"videos":[{"__ref":"Video:1"}]},"Video:1":{"title":"Pier","image":{"__ref":"Image:2"}},'
        b'"Image:2":{"url":"/i.jpg","owner":{"__ref":"Video:1"}}}'
    )
    value = follow_references(decoded(text))
    assert value.value["ROOT_QUERY"]["videos"] == [{"title": "Pier", "image": {"url": "/i.jpg"}}]
    assert sliced(text, value, ("ROOT_QUERY", "videos", 0)).startswith(b'{"title":"Pier"')
    assert sliced(text, value, ("ROOT_QUERY", "videos", 0, "title")) == b'"Pier"'


def test_references_to_nothing_and_in_circles_stay():
    """A name that nothing has, and entities that name each other, do no harm."""
    text = b'{"A:1":{"b":{"__ref":"B:1"}},"B:1":{"a":{"__ref":"A:1"}},"x":{"__ref":"C:9"}}'
    value = follow_references(decoded(text)).value
    assert value["x"] == {"__ref": "C:9"}
