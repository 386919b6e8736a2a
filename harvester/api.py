"""What the command line does, as functions; `harvester` itself offers them."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, overload

from msgspec.structs import replace

from harvester import __version__
from harvester.containers.media import CONTAINERS
from harvester.containers.unpack import unpack
from harvester.errors import InputError, ProfileError
from harvester.manifest import write
from harvester.manifest.build import build
from harvester.manifest.select import Selection, select
from harvester.manifest.serial import dumps, plain
from harvester.model import DEFAULT, Generator, Item, Limits, Manifest, Observation, Problem, Run, Source
from harvester.pipeline import DocumentResult, Options, extract_document
from harvester.resolve.merge import merge
from harvester.resolve.profiles import Profiles
from harvester.settings import Format, Settings, load
from harvester.sources.inputs import Inputs, Named, expand
from harvester.sources.profiles import SHIPPED, load_file, load_folder
from harvester.sources.reading import read

if TYPE_CHECKING:
    from harvester.checks.client.options import CheckPolicy

Input: TypeAlias = str | os.PathLike[str]
Clock: TypeAlias = Callable[[], datetime]
Progress: TypeAlias = Callable[[int, int, str], None]
"""Told before each document: how many are done, how many there are, which one is next."""


class Extraction(Sequence[Item]):
    """The items of one document, in document order."""

    def __init__(self, result: DocumentResult, of_unpacking: Callable[[], Sequence[Problem]]) -> None:
        self._items = result.items
        self._about = result.about
        self._problems = result.problems
        self._of_unpacking = of_unpacking

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be done."""
        return (*self._of_unpacking(), *self._problems)

    @property
    def source(self) -> Source:
        """The document as a manifest names it."""
        return self._about.source

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<Extraction of {len(self)} items from {self.source.uri or self.source.id}>"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a run is told beside its settings.

    Attributes:
        now: Gives the time; aware.
        arguments: The command line, as the manifest's `run` keeps it.
    """

    now: Clock = lambda: datetime.fromtimestamp(time.time(), tz=UTC)
    arguments: Sequence[str] = ()
    progress: Progress | None = None


def extract(
    data: bytes,
    *,
    url: str | None = None,
    media_type: str | None = None,
    captured_at: datetime | None = None,
    profiles: Profiles = SHIPPED,
    limits: Limits = DEFAULT,
    uri: str = "",
) -> Extraction:
    """List the media that one document describes. Nothing is read or asked beyond what is given.

    Args:
        data: The document's bytes as saved.
        url: Its own URL, against which relative paths resolve.
        media_type: What it is, where that is known better than its content tells.
        captured_at: When it was saved, aware.
        profiles: What is known of sites.
        limits: Caps on what it may cost.
        uri: What the sightings' source is called; its id is made of this and of the bytes.
    """
    document, of_unpacking = unpack(data, uri=uri, media_type=media_type, url=url, captured_at=captured_at)
    return Extraction(extract_document(document, Options(base_url=url, profiles=profiles, limits=limits)), of_unpacking)


def harvest(inputs: Input | Iterable[Input], *, config: Input | None = None, **settings: object) -> Manifest:
    """List the media that saved documents describe.

    Args:
        inputs: Files, folders, globs, `-` for standard input; one or several.
        config: A TOML file of settings.
        **settings: As the command's options, such as `base_url="…"`, `kind=["video"]`, `guess=False`.

    Raises:
        SettingsError: A setting that there is not, or a value that it can't have.
        ProfileError: A profile that can't be used.
        InputError: None of the inputs can be read.
    """
    words = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
    put_together = load(config=None if config is None else os.fspath(config), options=settings)
    made = run([os.fspath(word) for word in words], put_together)
    if not put_together.check:
        return made
    from harvester.checking import check_manifest  # noqa: PLC0415 - the network, for who asks for it

    value = plain(made)
    check_manifest(value, put_together.checks, profiles_of(put_together))
    from harvester.manifest.read import of_json  # noqa: PLC0415 - only a check reads one back

    return of_json(value, "the manifest")


def run(words: Sequence[str], settings: Settings, told: Told | None = None) -> Manifest:
    """Do the main job with settings that are put together already.

    Raises:
        ProfileError: A profile that can't be used.
        InputError: None of the inputs can be read.
    """
    told = told or Told()
    started_at = told.now()
    profiles = profiles_of(settings)
    inputs = expand(words)
    results = list(_results(inputs, settings, profiles, told.progress))
    if not any(result.source.media_type not in CONTAINERS for result in results):
        problems = [*inputs.problems, *(problem for result in results for problem in result.problems)]
        raise _nothing_readable(words, [problem for problem in problems if problem.severity == "error"])
    selection = Selection(min_confidence=settings.min_confidence, kinds=settings.kind, relations=settings.relation)
    return build(
        generator=Generator(name="harvester", version=__version__),
        run=Run(
            id=f"{started_at:%Y%m%dT%H%M%SZ}-{os.urandom(3).hex()}",
            started_at=started_at,
            finished_at=told.now(),
            arguments=tuple(told.arguments),
            profiles=profiles.digests,
        ),
        sources=[result.source for result in results],
        items=select(_items(results), selection),
        problems=[*inputs.problems, *(problem for result in results for problem in result.problems)],
    )


async def check(items: Iterable[Item], policy: CheckPolicy) -> AsyncIterator[Observation]:
    """Ask which locations of items are available; give what was seen as it comes, one observation a URL.

    Raises:
        SettingsError: An allowed address is none.
    """
    from harvester.checks.client.entry import check as checked  # noqa: PLC0415 - the network, for who asks for it

    async for observation in checked(items, policy):
        yield observation


def save(manifest: Manifest | Mapping[str, object], path: str, form: Format = "json") -> None:
    """Save a manifest or its JSON: a file is replaced atomically, `-`, a device or a pipe is written through.

    Raises:
        OutputError: It can't be written.
    """
    if form == "jsonl":
        from harvester.manifest.jsonl import lines  # noqa: PLC0415 - for who asks for it

        write.save(path, lines(manifest))
    else:
        write.save(path, [dumps(manifest)])


def profiles_of(settings: Settings) -> Profiles:
    """Give the profiles that settings name: the shipped ones, the user's folder, files, or of these only some.

    Raises:
        ProfileError: One that there is not, or that can't be used.
    """
    files = [word for word in settings.profile if word.endswith(".toml") or "/" in word]
    names = [word for word in settings.profile if word not in files]
    profiles = SHIPPED.plus(load_folder(Path(settings.profiles))) if settings.profiles else SHIPPED
    for name in names:
        if name not in profiles:
            from difflib import get_close_matches  # noqa: PLC0415 - for mistakes only

            near = get_close_matches(name, [profile.name for profile in profiles], n=1)
            hint = f"did you mean {near[0]}?" if near else "harvest profiles list names them all."
            raise ProfileError(f"there is no profile {name!r}", f"{hint} A file's name ends in .toml")
    if names:
        profiles = Profiles([profiles[name] for name in names])
    return profiles.plus([load_file(Path(file)) for file in files]) if files else profiles


class _Kept(NamedTuple):
    """What is kept of a document that is done: not its bytes."""

    source: Source
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


def _results(inputs: Inputs, settings: Settings, profiles: Profiles, progress: Progress | None) -> Iterator[_Kept]:
    options = Options(base_url=settings.base_url, profiles=profiles, limits=settings.limits, guess=settings.guess)
    for done, named in enumerate(inputs.files):
        if progress is not None:
            progress(done, len(inputs.files), named.uri)
        result = _result(named, options, inputs.problems)
        if result is not None:
            yield result


def _items(results: Sequence[_Kept]) -> Iterable[Item]:
    """Join what several documents say of the same media; what one says is joined already."""
    if len(results) == 1:
        return results[0].items
    return merge(item for result in results for item in result.items)


def _result(named: Named, options: Options, problems: list[Problem]) -> _Kept | None:
    """Read one file and extract what it holds; what can't be read at all has no source."""
    data, of_reading = read(named, options.limits)
    if data is None:
        problems += of_reading
        return None
    document, of_unpacking = unpack(data, uri=named.uri)
    result = extract_document(document, options)
    said = (*(replace(problem, source=document.id) for problem in of_reading), *of_unpacking())
    return _Kept(result.about.source, result.items, (*said, *result.problems))


def _nothing_readable(words: Sequence[str], problems: Sequence[Problem]) -> InputError:
    if not problems:
        return InputError(f"no documents in {', '.join(words)}", "name files, or a folder that holds some")
    first = problems[0]
    if len(problems) == 1:
        return InputError(first.message, first.hint)
    return InputError(f"none of {len(problems)} inputs can be read; the first: {first.message}", first.hint)
