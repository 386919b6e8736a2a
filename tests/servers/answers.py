"""Statuses, redirects, and pages that stand where a video should."""

from __future__ import annotations

from email.utils import formatdate
from time import time

from files import MP4
from wire import Reply, Request, Wire, behaviour, constant, file_reply

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}


def page(title: str, text: str = "") -> bytes:
    """A small web page."""
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>".encode()
    )


# Plain statuses


@behaviour("/status/")
def _status(request: Request, _wire: Wire) -> Reply:
    """Any status: /status/404.mp4 (also 402, 410, 451, 5xx, 520…); 404 where the name is no status."""
    name = request.path.rsplit("/", 1)[1].partition(".")[0]
    status = int(name) if name.isdigit() and 200 <= int(name) <= 999 else 404
    return Reply(status, HTML, page(f"Status {status}"))


constant("/204.mp4", "204, nothing", Reply(204))
constant("/205.mp4", "205, nothing", Reply(205))
constant(
    "/401.mp4", "401 with a challenge", Reply(401, HTML | {"WWW-Authenticate": 'Basic realm="x"'}, page("Sign in"))
)
constant("/402.mp4", "402, payment", Reply(402, HTML, page("Payment required")))
constant("/403.mp4", "403 without a word why", Reply(403, HTML, page("Forbidden")))
constant("/404.mp4", "404", Reply(404, HTML, page("Not found")))
constant("/410.mp4", "410", Reply(410, HTML, page("Gone")))
constant(
    "/451.mp4",
    "451 with the blocking authority",
    Reply(451, HTML | {"Link": '<https://court.example/>; rel="blocked-by"'}, page("Unavailable For Legal Reasons")),
)
constant("/408.mp4", "408", Reply(408, HTML, page("Request timeout"), close=True))
for _code in (500, 501, 502, 503, 504, 505, 520, 521, 522, 523, 524, 525, 526, 530):
    constant(f"/{_code}.mp4", f"{_code}", Reply(_code, HTML, page(f"Error {_code}")))
constant("/503-seconds.mp4", "503 with Retry-After in seconds", Reply(503, {"Retry-After": "2"}))
constant("/429.mp4", "429 without Retry-After", Reply(429, HTML, page("Too many requests")))
constant("/429-seconds.mp4", "429 with Retry-After: 2", Reply(429, {"Retry-After": "2"}))
constant("/429-long.mp4", "429 with Retry-After: 3600", Reply(429, {"Retry-After": "3600"}))
constant("/429-nonsense.mp4", "429 with a Retry-After that nobody understands", Reply(429, {"Retry-After": "soon"}))


@behaviour("/429-date.mp4")
def _limited_date(_request: Request, _wire: Wire) -> Reply:
    """429 with Retry-After as a date, two seconds after the answer's Date; both clocks an hour fast."""
    now = time() + 3600
    return Reply(429, {"date": formatdate(now, usegmt=True), "Retry-After": formatdate(now + 2, usegmt=True)})


@behaviour("/ratelimit.mp4")
def _rate_limit(request: Request, _wire: Wire) -> Reply:
    """Fine, with RateLimit fields that say nothing is left for two seconds."""
    reply = file_reply(request, MP4, "video/mp4")
    fields = {"RateLimit-Limit": "10", "RateLimit-Remaining": "0", "RateLimit-Reset": "2"}
    return Reply(reply.status, reply.headers | fields, reply.body)


constant(
    "/ratelimit-draft.mp4",
    "429 with the structured RateLimit field",
    Reply(429, {"RateLimit": '"default";r=0;t=2', "RateLimit-Policy": '"default";q=10;w=60'}),
)

# Refusals with a reason in them


@behaviour("/needs-referer.mp4")
def _needs_referer(request: Request, _wire: Wire) -> Reply:
    """403 without Referer, fine with any."""
    if "referer" in request.headers:
        return file_reply(request, MP4, "video/mp4")
    return Reply(403, HTML, page("Hotlinking is not allowed"))


def _s3_error(code: str, message: str, extra: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message>{extra}'
        "<RequestId>1</RequestId></Error>"
    ).encode()


constant(
    "/expired.mp4",
    "403, an object store's XML: the signature has expired",
    Reply(403, XML, _s3_error("AccessDenied", "Request has expired", "<Expires>2016-12-15T00:00:00Z</Expires>")),
)
constant(
    "/s3-denied.mp4",
    "403, an object store's XML: access denied",
    Reply(403, XML, _s3_error("AccessDenied", "Access Denied")),
)
constant(
    "/s3-no-key.mp4",
    "404, an object store's XML: no such key",
    Reply(404, XML, _s3_error("NoSuchKey", "The specified key does not exist.")),
)
constant(
    "/akamai.mp4",
    "403 by an edge server's access rules, with a reference number",
    Reply(
        403,
        HTML | {"Server": "AkamaiGHost"},
        page("Access Denied", "You don't have permission to access this. Reference #18.1"),
    ),
)
constant(
    "/cloudfront.mp4",
    "403 by a CDN that says the country is blocked",
    Reply(
        403,
        HTML | {"Server": "CloudFront", "X-Cache": "Error from cloudfront"},
        page(
            "ERROR: The request could not be satisfied", "CloudFront is configured to block access from your country."
        ),
    ),
)
constant(
    "/cloudfront-key.mp4",
    "403 by a CDN that misses its key pair",
    Reply(
        403,
        XML | {"Server": "CloudFront"},
        _s3_error("MissingKey", "Missing Key-Pair-Id query parameter or cookie value"),
    ),
)
for _code in (403, 503):
    constant(
        f"/challenge-{_code}.mp4",
        f"{_code} with a browser challenge (cf-mitigated)",
        Reply(_code, HTML | {"Server": "cloudflare", "cf-mitigated": "challenge"}, page("Just a moment...")),
    )
constant(
    "/challenge-200.mp4",
    "200 with a captcha page",
    Reply(200, HTML, page("Are you a robot?", '<div class="g-recaptcha"></div>')),
)
constant(
    "/geo.mp4",
    "403 with a page about the viewer's country",
    Reply(403, HTML, page("Not available", "This video is not available in your country.")),
)
constant(
    "/geo-200.mp4",
    "200 with a page about the viewer's country",
    Reply(200, HTML, page("Sorry", "This content is not available in your region.")),
)
constant("/payment.html", "200 with a page that asks for a subscription", Reply(200, HTML, page("Subscribe to watch")))
constant("/login", "200 with a sign-in form", Reply(200, HTML, page("Sign in", '<form><input type="password"></form>')))

# Pages that pretend

constant("/", "the home page", Reply(200, HTML, page("Home", "Welcome")))
constant("/html.mp4", "200 text/html where a video was", Reply(200, HTML, page("Home")))
constant("/html-as-video.mp4", "a web page called video/mp4", Reply(200, {"Content-Type": "video/mp4"}, page("Home")))
constant(
    "/json.mp4", "200 with a JSON error", Reply(200, {"Content-Type": "application/json"}, b'{"error":"not found"}')
)
constant(
    "/soft/",
    "every name is 200 with the same page that says not found",
    Reply(200, HTML, page("404", "Page not found")),
)
constant("/soft-home/", "every name is redirected to the home page", Reply(302, {"Location": "/"}))


@behaviour("/shelf/")
def _shelf(request: Request, _wire: Wire) -> Reply:
    """Names that begin with `ok` are videos, all others 404."""
    if request.path.rsplit("/", 1)[1].startswith("ok"):
        return file_reply(request, MP4, "video/mp4")
    return Reply(404, HTML, page("Not found"))


# Redirects


def _redirect(path: str, location: str, status: int = 302, description: str = "") -> None:
    constant(path, description or f"{status} to {location}", Reply(status, {"Location": location}))


for _code in (301, 302, 303, 307, 308):
    _redirect(f"/redirect/{_code}.mp4", "/ok.mp4", _code)
    _redirect(f"/redirect/{_code}-gone.mp4", "/404.mp4", _code)
_redirect("/redirect/html.mp4", "/html.mp4")
_redirect("/redirect/home.mp4", "/", 301)
_redirect("/redirect/login.mp4", "/login?next=/redirect/login.mp4")
_redirect("/redirect/payment.mp4", "/payment.html")
_redirect("/redirect/loop.mp4", "/redirect/loop.mp4")
_redirect("/redirect/loop-a.mp4", "/redirect/loop-b.mp4")
_redirect("/redirect/loop-b.mp4", "/redirect/loop-a.mp4")
_redirect("/redirect/relative/here.mp4", "../../ok.mp4")
_redirect("/redirect/private.mp4", "http://10.0.0.1/ok.mp4")
_redirect("/redirect/metadata.mp4", "http://169.254.169.254/latest/meta-data/")
_redirect("/redirect/number.mp4", "http://2130706433/ok.mp4")
_redirect("/redirect/port.mp4", "http://127.0.0.1:22/ok.mp4")
_redirect("/redirect/file.mp4", "file:///etc/passwd")
_redirect("/redirect/ftp.mp4", "ftp://127.0.0.1/ok.mp4")
_redirect("/redirect/javascript.mp4", "javascript:alert(1)")
_redirect("/redirect/userinfo.mp4", "http://user:secret@127.0.0.1/ok.mp4")
_redirect("/redirect/bad.mp4", "http://[::1/ok.mp4", description="302 to something that is no URL")
_redirect("/redirect/unicode.mp4", "/percent/é ü.mp4", description="302 to a Location of raw UTF-8 with a space")
_redirect("/redirect/fragment.mp4", "/ok.mp4#t=10")
constant("/redirect/none.mp4", "302 without Location", Reply(302, HTML, page("Moved")))
constant("/redirect/300.mp4", "300 with choices and no Location", Reply(300, HTML, page("Multiple choices")))


@behaviour("/redirect/many.mp4")
def _redirect_many(request: Request, _wire: Wire) -> Reply:
    """?n=11 redirects one after the other, then the file."""
    left = int(request.query("n", "11"))
    return Reply(302, {"Location": f"/redirect/many.mp4?n={left - 1}" if left > 1 else "/ok.mp4"})


@behaviour("/redirect/host.mp4")
def _redirect_host(request: Request, _wire: Wire) -> Reply:
    """302 to the same port of another address, ?to=127.0.0.2, and ?path=/ok.mp4 there."""
    place = f"http://{request.query('to', '127.0.0.2')}:{request.port}{request.query('path', '/ok.mp4')}"
    return Reply(302, {"Location": place})


@behaviour("/percent/")
def _percent(request: Request, _wire: Wire) -> Reply:
    """The file under any name; the log shows how the name was spelt."""
    return file_reply(request, MP4, "video/mp4")
