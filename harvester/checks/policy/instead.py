"""What it means that a page or a text came where a medium was expected."""

from __future__ import annotations

from harvester.checks.policy import page as pages
from harvester.checks.policy.sniff import Sniffed
from harvester.checks.policy.status import gate_of, page_of, redirected
from harvester.checks.policy.target import Target, host, names_a_file, split
from harvester.model.exchange import Answer


def instead(target: Target, answer: Answer, found: Sniffed) -> tuple[str, str]:
    """Reason, and the kind of page, for text that came with status 2xx in place of a medium.

    The first row that holds decides. Rows that hold something back stand before those that call it gone, and what
    explains nothing stays undetermined:

    | what came | reason | kind |
    |---|---|---|
    | a bot wall, by its marks or its words | bot-challenge | wall |
    | redirected to an address of a login, a consent or age gate, a paywall, a border | that | gate |
    | title, heading or a short text speak of country, law, permission, payment, login | that | refusal |
    | … of too many requests; of maintenance or an error on their side | rate-limited, server-error | busy |
    | … of something that is not there, was removed, 404 | soft-404 | absent |
    | a password field | login | gate |
    | a captcha | bot-challenge | wall |
    | no text, but a script or refresh that leads on: maybe a wall that we don't know | unknown | scripted |
    | redirected to another site: its owner's, a parking firm's, a filter's on the way | unknown | elsewhere |
    | redirected to the front page or a folder above, same site | soft-404 | front-page |
    | a page with a player in it: the URL was that of a page all along | unknown | player |
    | HTML for a URL that names a media file | soft-404 | page |
    | anything else | unknown | page, or text |

    Of the unknown ones `page`, `text` and `player` become soft-404 where the control probe gets the same.
    """
    page = page_of(answer)
    gate = gate_of(answer)
    refused = pages.refusal(page)
    if page.challenge:
        return "bot-challenge", "wall"
    if gate or refused:
        return gate or refused or "forbidden", "gate" if gate else "refusal"
    later = pages.busy(page)
    if later:
        return later, "busy"
    if pages.absent(page):
        return "soft-404", "absent"
    return _silent(target, answer, found, page)


def _silent(target: Target, answer: Answer, found: Sniffed, page: pages.Page) -> tuple[str, str]:
    """The rows for a page that does not say what it is."""
    rows = (
        (page.asks_password, "login", "gate"),
        (page.mentions_captcha, "bot-challenge", "wall"),
        (page.scripted, "unknown", "scripted"),
        (redirected(answer) and not _same_site(answer), "unknown", "elsewhere"),
        (redirected(answer) and _upwards(answer), "soft-404", "front-page"),
        (page.plays, "unknown", "player"),
        (found.family == "html" and names_a_file(target.url), "soft-404", "page"),
        (found.family == "html", "unknown", "page"),
    )
    return next(((reason, kind) for holds, reason, kind in rows if holds), ("unknown", "text"))


def _same_site(answer: Answer) -> bool:
    """Whether both hosts end in the same two labels: `cdn.example.com` and `www.example.com` do."""
    before, after = host(answer.ask.url), host(answer.url)
    if before == after or after.endswith("." + before) or before.endswith("." + after):
        return True
    numeric = before.replace(".", "").isdigit() or after.replace(".", "").isdigit()
    return not numeric and ":" not in before and before.split(".")[-2:] == after.split(".")[-2:]


def _upwards(answer: Answer) -> bool:
    """Whether a redirect went to the front page, in whatever language, or to a folder above what was asked for."""
    before, after = split(answer.ask.url).path, split(answer.url).path
    if after.rpartition("/")[2].lower() in ("", "index.html", "index.htm", "index.php", "default.aspx", "home"):
        after = after.rpartition("/")[0] + "/"
    return len(after.strip("/")) <= 5 or before.startswith(after.rstrip("/") + "/")
