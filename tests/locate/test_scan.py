"""What a document's scripts and texts hold, seen before anything is read."""

from harvester.locate.scan import Scan
from harvester.model import DEFAULT, Document, Limits


def scan_of(text, limits=DEFAULT):
    return Scan(Document(uri="x", data=text, utf8=text, encoding="utf-8", media_type="text/html"), limits)


def test_style_sheets_have_no_marks():
    """Rules for players and pictures in a style sheet are no signs of media."""
    page = b"<style>.instagram-media{a:url(b.mp4)}</style><p>c.mp4</p><STYLE>d.mp4</STYLE>"
    assert [page[at - 1 : at] for at, _ in scan_of(page).outside] == [b"c"]


def test_ids_given_by_name_are_code_unless_names_are_bound():
    """`videoId:e` is how programs are written; a function that gets its values as arguments is data."""
    code = b'<script>f({videoId:e,title:t});g={videoId:"abc"}</script>'
    assert [code[at : at + 11] for script in scan_of(code).scripts for at in script.marks] == [b'videoId:"ab']
    bound = b'<script>__NUXT__=(function(a){return {videoId:a,b:1}}("abc"))</script>'
    assert len(scan_of(bound).scripts[0].marks) == 1


def test_scripts_beyond_the_limit_are_told():
    """Only so many scripts with marks are read; that there are more is known, and that there are just as many."""
    page = b"<script>f('a.mp4')</script>" * 3 + b"<script>g()</script>"
    for most in (2, 3):
        scan = scan_of(page, Limits(scripts=most))
        assert (len(scan.scripts), scan.has_more_scripts) == (most, most < 3)


def test_one_script_does_not_use_up_what_another_one_may_take():
    """A script that is too tangled to be scanned is told, and others are scanned all the same."""
    tangled = b"<script>" + b"[{" * 200_000 + b'"a.mp4"</script>'
    page = tangled + b"<script>x={file:'b.mp4'}</script>"
    scan = scan_of(page)
    first, second = (script.body for script in scan.scripts)
    scan.budget(first).spend(scan.budget(first).left)
    assert scan.exhausted == [first]
    assert scan.budget(second).left > 0


def test_running_text_goes_on_behind_scripts_and_styles():
    """Where JSON may begin in a text is told by the script or style that ends before it."""
    page = b"ab<script>c</script>de<style>f</style>gh"
    scan = scan_of(page)
    assert scan.text_from(1) == 0
    assert page[scan.text_from(page.index(b"de")) :].startswith(b"</script>de")
    assert page[scan.text_from(page.index(b"gh")) :].startswith(b"</style>gh")
