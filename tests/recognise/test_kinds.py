"""What kind of medium a page's data tells."""

from __future__ import annotations

from harvester import extract

PAGE = "https://news.example/story/1.html"


def test_what_stands_under_a_name_of_sound_is_audio() -> None:
    """A container that films have as well holds sound where the keys say so."""
    data = '{"title":"Read aloud","audio":{"urls":{"mp4":"https://m.example/a.mp4","mp3":"https://m.example/a.mp3"}}}'
    (item,) = extract(f'<script type="application/json">{data}</script>'.encode(), url=PAGE)
    assert item.kind == "audio"


def test_a_film_with_its_sound_is_video() -> None:
    """A track of sound beside the film makes it no audio."""
    data = '{"title":"A film","video":{"mp4":"https://m.example/a.mp4","audio":"https://m.example/a.m4a"}}'
    items = extract(f'<script type="application/json">{data}</script>'.encode(), url=PAGE)
    assert items[0].kind == "video"


def test_sound_in_a_container_for_browsers_is_audio() -> None:
    """A WebM file beside a sound file of the same name is the same sound."""
    (item,) = extract(b"<script>var s = new Howl({src: ['/s/waves.webm', '/s/waves.mp3']})</script>", url=PAGE)
    assert item.kind == "audio"
    (item,) = extract(b"<script>var s = play({src: ['/s/waves.webm', '/s/waves.mp4']})</script>", url=PAGE)
    assert item.kind == "video"


def test_the_file_of_subtitles_describes_nothing():
    """What stands under a name for subtitles is a description only where it is a text."""
    clip = '{"title": "Foxes", "mp4": "https://a.test/f.mp4", "subtitle": "%s"}'
    for subtitle, said in (("https://a.test/f.vtt", None), ("How they live", "How they live")):
        (item,) = extract((clip % subtitle).encode())
        assert item.description == said
