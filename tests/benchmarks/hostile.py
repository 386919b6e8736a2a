"""Pages made to cost as much as they can: every wrapping in which data stands, filled with every trap.

What is nested is `span`: of `div`, HTML's own algorithm asks at each whether a paragraph is open, so that a parser's
time grows with the square of their number, and nothing could be measured against it.

`pages(size)` gives name and maker of each; a maker gives about `size` bytes. Nothing here is of any real page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

Maker: TypeAlias = Callable[[], bytes]

_RECORD: Final = b'{"title":"Harbour film","mp4":"/v/1.mp4"}'

WRAPPINGS: Final[dict[str, tuple[bytes, bytes]]] = {
    "json-ld": (b'<script type="application/ld+json">{"@type":"VideoObject","a":', b"}</script>"),
    "data-attribute": (b'<div data-video=\'{"mp4":"/v/1.mp4","a":', b"}'>"),
    "player-setup": (b'<script>jwplayer("p").setup({"file":"/v/1.mp4","a":', b"});</script>"),
    "js-call": (b"<script>init(", b");</script>"),
    "js-assignment": (b"<script>window.state = ", b";</script>"),
    "js-variables": (b"<script>var video_title='Film';var video_url='/v/1.mp4';var video_text=", b";</script>"),
    "json-parse": (b'<script>window.state = JSON.parse(\'{"file":"/v/1.mp4","a":', b"}');</script>"),
    "json-script": (b'<script type="application/json">', b"</script>"),
    "next-data": (b'<script id="__NEXT_DATA__" type="application/json">', b"</script>"),
    "next-flight": (b'<script>self.__next_f.push([1,"1:[\\"/v/1.mp4\\",', b']"])</script>'),
    "nuxt-function": (b"<script>window.__NUXT__=(function(a,b){return ", b'}("/v/1.mp4",2));</script>'),
    "nuxt-array": (b'<script id="__NUXT_DATA__" type="application/json">', b"</script>"),
    "media-element": (b'<video src="/v/1.mp4" title="', b'"></video>'),
    "embed": (b'<iframe src="https://player.vimeo.com/video/123456?', b'"></iframe>'),
    "media-link": (b'<a href="/v/1.mp4" title="', b'">film</a>'),
    "open-graph": (b'<meta property="og:video" content="/v/1.mp4"><meta property="', b'" content="x">'),
    "microdata": (
        b'<div itemscope itemtype="https://schema.org/VideoObject"><meta itemprop="contentUrl" content="/v/1.mp4">',
        b"</div>",
    ),
    "rdfa": (
        b'<div typeof="VideoObject" vocab="https://schema.org/"><meta property="contentUrl" content="/v/1.mp4">',
        b"</div>",
    ),
    "microformats": (
        b'<div class="h-entry"><p class="p-name">Film</p><video class="u-video" src="/v/1.mp4">',
        b"</video></div>",
    ),
    "text": (b"See /v/1.mp4 and ", b"."),
    "document": (b"", b""),
}
"""What stands in front of and behind a trap: form by form."""

_DEEP: Final = b'{"a":'
_TRAPS: Final[dict[str, tuple[bytes, bytes, bytes]]] = {
    # name: what begins it, what is repeated, what ends it
    "plain-records": (b"[", _RECORD + b",", _RECORD + b"]"),
    "paths": (b"[", b'"/v/1.mp4",', b'"/v/2.mp4"]'),
    "marks-only": (b"", b"a.mp4 ", b""),
    "unclosed-string": (b'{"mp4":"/v/1.mp4","b":"', b"words without an end ", b""),
    "unclosed-strings": (b'{"mp4":', b'"/v/1.mp4, ', b""),
    "quotes": (b'{"mp4":"/v/1.mp4"', b"\"'`", b".mp4}"),
    "open-braces": (b"", b"{", b'"a.mp4"'),
    "open-brackets": (b"", b"[", b'"a.mp4"'),
    "braces-and-marks": (b"", b'{"a.mp4"', b""),
    "closing": (b"", b"}]) a.mp4 ", b""),
    "deep-object": (b"", _DEEP, b'"/v/1.mp4"'),
    "deep-list": (b'{"mp4":"/v/1.mp4","a":', b'["/v/1.mp4",', b""),
    "brackets-in-comments": (b'{"mp4":"/v/1.mp4",', b"/* {[( */", b'"b":1}'),
    "comment-starts": (b'{"mp4":"/v/1.mp4",', b"/*a.mp4 ", b""),
    "line-comments": (b'{"mp4":"/v/1.mp4",', b"// ' a.mp4\n", b'"b":1}'),
    "html-comments": (b'{"mp4":"/v/1.mp4",', b"<!-- a.mp4 ", b""),
    "backslashes": (b'{"mp4":"/v/1.mp4","b":"', b"\\", b'a.mp4"}'),
    "escaped-quotes": (b'{\\"mp4\\":\\"/v/1.mp4\\",', b'\\"a\\":\\"/v/1.mp4\\",', b'\\"b\\":1}'),
    "entities": (
        b"{&quot;mp4&quot;:&quot;/v/1.mp4&quot;,",
        b"&quot;a&quot;:&quot;/v/1.mp4&quot;,",
        b"&quot;b&quot;:1}",
    ),
    "entity-flood": (b"{&quot;mp4&quot;:&quot;/v/1.mp4&quot;,", b"&quot;", b"a.mp4}"),
    "percent": (b"%7B%22mp4%22%3A%22/v/1.mp4%22%2C", b"%22a%22%3A%22/v/1.mp4%22%2C", b"%22b%22%3A1%7D"),
    "functions": (b"[", b"function(a,b){return {mp4:'/v/1.mp4',", b"}"),
    "called-functions": (b"[", b"function(a){return {mp4:a}}('/v/1.mp4'),", b"1]"),
    "templates": (b"{mp4:`", b"${`/v/1.mp4`", b"}`}"),
    "numbers": (b'{"mp4":"/v/1.mp4","b":', b"1234567890", b"}"),
    "bare-words": (b'{"mp4":"/v/1.mp4","b":', b"word+", b"1}"),
    "joined-strings": (b'{"mp4":"/v/1.mp4","b":', b'"a"+', b'""}'),
    "same-key": (b"{", b'"mp4":"/v/1.mp4",', b'"b":1}'),
    "nested-json": (b'{"mp4":"/v/1.mp4","b":[', b'"{\\"mp4\\":\\"/v/1.mp4\\"}",', b"1]}"),
    "nested-markup": (b'{"mp4":"/v/1.mp4","b":[', b'"<video src=/v/1.mp4><source src=/v/2.mp4></video>",', b"1]}"),
    "base64": (
        b'{"mp4":"/v/1.mp4","b":[',
        b'"eyJ2aWRlbyI6Ii92LzEubXA0IiwidGl0bGUiOiJIYXJib3VyIGZpbG0ifQ==",',
        b"1]}",
    ),
    "ids": (b"[", b'{"videoId":"1"},', b"1]"),
    "values": (b"{" + _RECORD[1:-1] + b',"b":[', b"1,", b"1]}"),
    "references": (b"[", b'{"__ref":"Video:1"},', b'{"Video:1":{"mp4":"/v/1.mp4"}}]'),
    "flat": (b'[{"a":1},', b'{"a":1},', b'"/v/1.mp4"]'),
    "self-references": (b"[[1,1,1,1,1,1,1,1],", b"[1,2,3,4,5,6,7,8],", b'"/v/1.mp4"]'),
    "assignments": (b"1;", b"a='v.mp4';", b"b=1"),
    "id-assignments": (b"1;", b"videoId='a1';", b"b=1"),
    "written": (b"1;", b"document.write('<video src=/v/1.mp4>');", b"b=1"),
    "setups": (b"1;", b'jwplayer("p").setup({"id":"a-1","file":"/v/1.mp4"});', b"b=1"),
    "used-lists": (b"1;", b"films=['/v/1.mp4'];play({title:'x',s:films});", b"b=1"),
    "pushed": (b"1;", b"films.push({file:'/v/1.mp4'});play({s:films});", b"b=1"),
    "lines": (b"", _RECORD + b"\n", b""),
    "scripts": (b"</script>", b"<script>a={mp4:'/v/1.mp4'}</script>", b"<script>"),
    "open-scripts": (b"", b"<script>a={mp4:'/v/1.mp4'}", b""),
    "json-scripts": (b"</script>", b'<script type="application/ld+json">{"contentUrl":"/v/1.mp4"}</script>', b""),
    "ten-thousand-scripts": (
        b"</script>",
        b"<script>a={mp4:'/v/1.mp4',b:'" + b"words " * 320 + b"'};c=[1,2,{d:3}]</script>\n",
        b"",
    ),
    "empty-scripts": (b"</script>", b"<script></script>", b""),
    "videos": (b'">', b"<video>", b'<video src="/v/1.mp4">'),
    "videos-with-source": (b'">', b"<video src=/v/1.mp4><source src=/v/2.mp4>", b""),
    "links": (b'">', b"<a ", b"href=/v/1.mp4>"),
    "links-and-marks": (b'">', b"<a .mp4 ", b""),
    "media-links": (b'">', b"<a href=/v/1.mp4>", b""),
    "aside-links": (b'"><title>Film</title><aside>', b"<a href=/v/1.mp4>a</a>", b""),
    "frames": (b'">', b'<iframe src="https://www.youtube.com/embed/aaaaaaaaaaa"></iframe>', b""),
    "frame-heads": (b'">', b"<iframe height=9", b""),
    "image-objects": (b'">', b'ImageObject"contentUrl":"', b""),
    "labels": (b'">', b'label="youtube" ', b""),
    "less-than": (b'">', b"<", b"a.mp4"),
    "unclosed-tags": (b'">', b'<a b="a.mp4', b""),
    "attributes": (b'"', b" a=/v/1.mp4", b">"),
    "attribute-names": (b'"', b" a.mp4", b">"),
    "json-attributes": (b'">', b'<span data-a=\'{"mp4":"/v/1.mp4"}\'>', b""),
    "quoted-elements": (b'">', b'<video src=\\"/v/1.mp4\\">', b""),
    "markup-in-attributes": (
        b'">',
        b'<div data-a=\'{"a":"%3Cvideo src=/v/1.mp4>","b":"PHZpZGVvIHNyYz0vdi8xLm1wND4"}\'></div>',
        b"",
    ),
    "markup-in-strings": (b"[", b'"%3Cvideo src=/v/1.mp4>","PHZpZGVvIHNyYz0vdi8xLm1wND4",', b"1]"),
    "buttons": (b'">', b"<div><a class=popup href=/v/1.mp4></a><img src=/p.jpg alt=Fox></div>", b""),
    "metas": (b'">', b'<meta property="og:video" content="/v/1.mp4">', b""),
    "distinct-metas": (
        b'">',
        b'<meta property="og:video" content="/v/1.mp4"><meta property="og:video" content="/v/2.mp4">',
        b"",
    ),
    "escaped-tags": (b'">', b"&lt;video src=/v/1.mp4&gt;", b""),
    "escaped-texts": (b'">', b"<i>&lt;video src=/v/1.mp4&gt;</i>", b""),
    "hidden-fields": (b'">', b"<input type=hidden name=a value=/v/1.mp4>", b""),
    "headings": (b'">', b"<h2>a</h2><video src=/v/1.mp4></video>", b""),
    "bold-texts": (b'">', b"<b>", b"<video src=/v/1.mp4></video>"),
    "og-marks": (b'">', b"og:video ", b""),
    "itemprops": (b'">', b"<i itemprop=name>", b""),
    "itemprop-words": (b'">', b"itemprop= ", b""),
    "itemscopes": (b'">', b'<span itemscope itemtype="https://schema.org/VideoObject" itemprop="video">', b""),
    "scope-marks": (b'">', b"schema.org/VideoObject ", b""),
    "other-items": (b'">', b'<span itemscope itemtype="https://schema.org/Thing">', b""),
    "properties": (b'">', b'<span typeof="VideoObject" property="video">', b""),
    "classes": (b'">', b'<i class="u-video p-name">', b""),
    "class-words": (b'">', b"class= ", b""),
    "entries": (b'">', b'<span class="h-entry">', b'<video class="u-video" src="/v/1.mp4">'),
    "pushes": (b'"])</script><script>', b'self.__next_f.push([1,"1:[\\"/v/1.mp4\\"]\\n"]);', b""),
    "push-heads": (b'"])</script><script>', b"self.__next_f.push([1,", b""),
    "rows": (b"", b'1:[\\"/v/1.mp4\\"]\\n', b""),
    "text-rows": (b"", b"1:T1,a", b"a.mp4"),
    "urls": (b'">', b"https://example.org/v/1.mp4 ", b""),
    "long-url": (b'">', b"https://example.org/v", b"/1.mp4"),
    "dots": (b'">', b"a.", b"mp4"),
}


def pages(size: int) -> Iterator[tuple[str, str, Maker]]:
    """Give wrapping, trap and maker of every page."""
    for wrapping, (head, tail) in WRAPPINGS.items():
        for trap, (first, repeated, last) in _TRAPS.items():
            yield wrapping, trap, _maker(head + first, repeated, last + tail, size)


def _maker(head: bytes, repeated: bytes, tail: bytes, size: int) -> Maker:
    return lambda: head + repeated * max(1, (size - len(head) - len(tail)) // len(repeated)) + tail
