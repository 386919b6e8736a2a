"""Output saved whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import sys
import threading

import pytest

from harvester.errors import OutputError
from harvester.manifest.write import prepare, save


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    """A new file is made with the permissions that the user's mask leaves."""
    old = os.umask(0o027)
    try:
        save(str(tmp_path / "m"), [b"a", b"b"])
    finally:
        os.umask(old)
    assert (tmp_path / "m").read_bytes() == b"ab"
    assert stat.S_IMODE((tmp_path / "m").stat().st_mode) == 0o640


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path):
    """The new file has the old one's permissions, and another inode: readers keep the old one."""
    path = tmp_path / "m"
    path.write_bytes(b"old")
    path.chmod(0o604)
    before = path.stat().st_ino
    with path.open("rb") as reader:
        save(str(path), [b"new"])
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert path.stat().st_ino != before


@pytest.mark.parametrize("old", [None, b"old"])
def test_what_stops_in_the_middle_leaves_nothing_behind(tmp_path, old):
    """When making the output fails, what stood there before stands there still, and nothing else."""
    path = tmp_path / "m"
    if old:
        path.write_bytes(old)

    def chunks():
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(str(path), chunks())
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == ({"m": old} if old else {})


def test_a_full_disk_is_an_error_of_the_output(tmp_path, monkeypatch):
    """When the disk is full the user is told, and nothing half-written is left."""

    def fsync(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OutputError, match="No space left"):
        save(str(tmp_path / "m"), [b"x"])
    assert list(tmp_path.iterdir()) == []


def test_links_are_followed(tmp_path):
    """A link to a file stays a link, and its target is replaced."""
    target, link = tmp_path / "sub" / "target", tmp_path / "link"
    target.parent.mkdir()
    link.symlink_to(target)
    save(str(link), [b"x"])
    assert link.is_symlink()
    assert target.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("none/m", "doesn't exist"),
        (".", "is a folder"),
        ("new/", "is a folder"),
        ("file/m", "file"),
        ("x" * 300, "name too long"),
    ],
)
def test_what_can_not_be_written_is_found_out_before_the_work(tmp_path, monkeypatch, path, message):
    """A missing folder, a folder in the file's place and impossible names raise, with a hint."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=f"(?i){message}") as caught:
        prepare(path)
    assert caught.value.hint


@pytest.mark.parametrize("refused", ["m", "."])
def test_files_and_folders_without_permission_are_refused(tmp_path, monkeypatch, refused):
    """A file that its owner made read-only is not replaced, and in a read-only folder nothing is made."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m").write_bytes(b"old")
    wrong = str((tmp_path / refused).resolve())
    monkeypatch.setattr(os, "access", lambda path, _mode: str(path) != wrong)
    with pytest.raises(OutputError, match="not writable"):
        save("m", [b"new"])
    assert (tmp_path / "m").read_bytes() == b"old"


def test_inputs_are_never_replaced(tmp_path):
    """An output that is one of the inputs would destroy it, and is refused, by whatever name."""
    path = tmp_path / "page.html"
    path.write_bytes(b"page")
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(OutputError, match="inputs"):
        prepare(str(tmp_path / "link"), keep=[str(path)])
    prepare(str(tmp_path / "other"), keep=[str(path), str(tmp_path)])


def test_devices_and_pipes_are_written_through(tmp_path):
    """What is no regular file is written to as it is, and not replaced."""
    save(os.devnull, [b"x"])
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)  # noqa: PTH116 - a device
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    save(str(pipe), [b"a", b"b"])
    reader.join()
    assert got == [b"ab"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_dash_is_standard_output(monkeypatch):
    """A dash writes bytes to standard output."""
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out))
    prepare("-")
    save("-", [b"\xc3", b"\xa9"])
    assert out.getvalue() == b"\xc3\xa9"
