"""What a page says that came instead of a medium or with an error: a wall, a refusal, "come back later", "not here"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TITLE: Final = re.compile(r"<title[^>]{0,200}>([^<]{0,300})")
_HEADING: Final = re.compile(r"<h[12](?:\s[^>]{0,300})?>(.{0,300}?)</h[12]>", re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_SPACE: Final = re.compile(r"\s+")
_CHARSET: Final = re.compile(
    r"charset=[\"']?((?:utf|windows|iso-8859|cp125|koi8|gb|big5|euc|shift)[\w-]{0,16})", re.IGNORECASE
)
_SHORT_CHARS: Final = 600
"""Visible text up to this long is one message; in a longer one only title and headings speak for the whole page."""

_READ_BYTES: Final = 64 << 10

_SCRIPTED: Final = (
    *("document.cookie", "location.reload", "location.href", "location.replace", "window.location", "location="),
    *('http-equiv="refresh"', "http-equiv=refresh", "http-equiv='refresh'", "eval(", "atob("),
)
_PLAYERS: Final = (
    *("<video", "<audio", "<source", "og:video", "twitter:player", ".m3u8", "application/x-mpegurl", "jwplayer("),
    *("videoobject", "audioobject", "og:audio"),
)
_CHALLENGE_MARKS: Final = (
    *("_cf_chl_opt", "cf_chl_", "cf-browser-verification", "cf-challenge-running", "captcha-delivery.com"),
    *("px-captcha", "incapsula incident id", "sec-if-cpt-container", "gokuprops", "awswafcaptcha", "anubis_challenge"),
    *("sucuri_cloudproxy_js", "check.ddos-guard.net", "distil_r_captcha", "geo.captcha", "/_sec/cp_challenge"),
)
"""Scraps of challenge pages that the same products don't put into the pages they let through."""

_CAPTCHA_MARKS: Final = ("g-recaptcha", "h-captcha", "cf-turnstile", "hcaptcha.com", "recaptcha/api.js", "captcha")
"""These stand in honest pages too (a comment form), and count only where nothing else explains the page."""

_CHALLENGE_WORDS: Final = (
    *("just a moment", "attention required", "checking your browser", "you are human", "are you a robot"),
    *("are you human", "not a bot", "not a robot", "ddos protection", "ddos-guard", "pardon our interruption"),
    *("access to this page has been denied", "unusual traffic", "security check", "bot verification", "captcha"),
    *("human verification", "robot check", "enable javascript and cookies", "enable cookies", "suspicious activity"),
    *("automated requests", "automated access", "bot detected", "browser verification"),
)
_GEO_WORDS: Final = (
    *("in your country", "from your country", "your region", "in your location", "geo-block", "geoblock", "geo block"),
    *("geo-restrict", "georestrict", "in ihrem land", "in deinem land", "votre pays", "tu país", "su país", "seu país"),
    *("tuo paese", "suo paese", "uw land", "вашей стране", "вашем регионе", "في بلدك", "في منطقتك", "کشور شما"),
    *("所在的地区", "所在地区", "所在的国家", "お住まいの地域", "お住まいの国", "해당 국가", "bölgenizde", "ülkenizde"),
)
_LEGAL_WORDS: Final = (
    *("legal reasons", "court order", "due to copyright", "copyright claim", "dmca notice"),
    *("due to a copyright", "dmca takedown", "dmca complaint", "legal request", "legal demand"),
    *("rechtlichen gründen", "raisons légales", "motivos legales", "motivos legais"),
)
_DENIED_WORDS: Final = (
    *("access denied", "forbidden", "not authorized", "not authorised", "unauthorized", "permission", "blocked"),
    *("request rejected", "url was rejected", "private video", "is private", "zugriff verweigert", "accès refusé"),
    *("acceso denegado", "acesso negado", "accesso negato", "доступ запрещ", "доступ ограничен", "access restricted"),
    *("hotlink", "拒绝访问", "没有权限", "권한이 없", "erişim engellendi"),
)
_PAYMENT_WORDS: Final = (
    *("payment required", "subscribe to", "subscription required", "subscribers only", "for subscribers", "paywall"),
    *("premium content", "become a member", "members only", "purchase", "nur für abonnenten", "réservé aux abonnés"),
)
_LOGIN_WORDS: Final = (
    *("log in", "login", "log-in", "sign in", "signin", "sign-in", "logon", "authentication required", "consent"),
    *("before you continue", "age verification", "confirm your age", "verify your age", "anmelden", "einloggen"),
    *("se connecter", "connexion", "iniciar sesi", "inicia sesi", "iniciar sess", "fazer login", "accedi", "inloggen"),
    *("войти", "вход", "авториза", "تسجيل الدخول", "ورود به", "giriş yap", "登录", "登錄", "ログイン", "로그인"),
)
_LIMIT_WORDS: Final = ("too many requests", "rate limit", "quota exceeded", "bandwidth limit", "limit exceeded")
_BUSY_WORDS: Final = (
    *("temporarily", "maintenance", "try again", "back soon", "service unavailable", "bad gateway", "gateway time"),
    *("server error", "database error", "database connection", "over capacity", "overloaded", "went wrong"),
    *("error occurred", "under construction", "wartung", "mantenimiento", "manutenção"),
    *(
        "manutenzione",
        "onderhoud",
        "техническ",
        "позже",
        "صيانة",
        "تعمیر",
        "bakım",
        "维护",
        "稍后",
        "メンテナンス",
        "점검",
    ),
)
_ABSENT_WORDS: Final = (
    *("410 gone", "not found", "not be found", "can't be found", "cannot find", "can't find", "could not find"),
    *("couldn't find", "doesn't exist", "does not exist", "no longer exist", "no longer available", "no such file"),
    *("been removed", "been deleted", "was removed", "was deleted", "page missing", "nothing here", "dead link"),
    *(
        "nicht gefunden",
        "existiert nicht",
        "nicht mehr verfügbar",
        "gelöscht",
        "introuvable",
        "non trouvé",
        "n'existe p",
    ),
    *("no encontrad", "no existe", "não encontrad", "não existe", "non trovat", "non esiste", "niet gevonden"),
    *("bestaat niet", "hittades inte", "ikke funnet", "ikke fundet", "ei löydy", "nie znaleziono", "nie istnieje"),
    *("не найден", "не существует", "удален", "удалён", "не знайден", "غير موجود", "لم يتم العثور", "یافت نشد"),
    *("پیدا نشد", "حذف شده", "bulunamad", "לא נמצא", "tidak ditemukan", "không tìm thấy", "ไม่พบ", "未找到"),
    *(
        "不存在",
        "找不到",
        "已删除",
        "見つかりません",
        "削除され",
        "存在しません",
        "찾을 수 없",
        "삭제된",
        "존재하지 않",
    ),
)

_PATH_OF_LOGIN: Final = re.compile(
    r"(?:^|[/._-])(?:login|log-in|logon|signin|sign-in|sign_in|wp-login|sso|oauth2?|authorize|authenticate|auth|saml2?|"
    r"openid|consent|agegate|age-gate|age-verification|session/new|sessions/new|identity)(?:$|[/._-])",
    re.IGNORECASE,
)
_PATH_OF_PAYMENT: Final = re.compile(
    r"(?:^|[/._-])(?:paywall|subscribe|subscription|checkout)(?:$|[/._-])", re.IGNORECASE
)
_PATH_OF_CHALLENGE: Final = re.compile(
    r"(?:^|[/._-])(?:captcha|sorry/index|challenge|robot-check)(?:$|[/._-])", re.IGNORECASE
)
_PATH_OF_REFUSAL: Final = re.compile(
    r"(?:^|[/._-])(?:forbidden|access-denied|accessdenied|denied|403|blocked|restricted)(?:$|[/._-])", re.IGNORECASE
)
_PATH_OF_BORDER: Final = re.compile(
    r"(?:^|[/._-])(?:geo-?block(?:ed)?|geo-?restrict\w*|geo)(?:$|[/._-])", re.IGNORECASE
)
_HOST_OF_LOGIN: Final = re.compile(r"(?:^|\.)(?:login|signin|accounts?|auth|sso|consent|idp|id)\.", re.IGNORECASE)


_GATES: Final = (
    ("bot-challenge", _PATH_OF_CHALLENGE),
    ("geo-blocked", _PATH_OF_BORDER),
    ("payment", _PATH_OF_PAYMENT),
    ("login", _PATH_OF_LOGIN),
    ("forbidden", _PATH_OF_REFUSAL),
)


def _number(status: int) -> re.Pattern[str]:
    """A status code as pages write it, not part of another number."""
    return re.compile(rf"(?<![0-9#/.,-]){status}(?![0-9/.,-])")


_DENIED_NUMBER: Final = _number(403)
_ABSENT_NUMBER: Final = _number(404)
_LIMIT_NUMBER: Final = _number(429)


@dataclass(frozen=True, slots=True)
class Page:
    """Text of a page, all in lower case.

    Attributes:
        markup: The page as it came, as far as it was read.
        headline: Title and main headings.
        says: The headline, and the visible text where that is short enough to be one message.
        text_chars: Length of the visible text.
    """

    markup: str
    headline: str
    says: str
    text_chars: int

    @property
    def challenge(self) -> bool:
        """Whether it asks for proof of a human or a browser, beyond doubt."""
        return _any(_CHALLENGE_MARKS, self.markup) or _any(_CHALLENGE_WORDS, self.says)

    @property
    def scripted(self) -> bool:
        """Whether it shows next to nothing and has a script or a refresh lead on: a wall that we don't know, maybe."""
        return self.text_chars < 120 and _any(_SCRIPTED, self.markup)

    @property
    def plays(self) -> bool:
        """Whether it is a page with a medium in it."""
        return _any(_PLAYERS, self.markup)

    @property
    def asks_password(self) -> bool:
        """Whether it has a password field."""
        return 'type="password"' in self.markup or "type=password" in self.markup or "type='password'" in self.markup

    @property
    def mentions_captcha(self) -> bool:
        """Whether a captcha of whatever purpose is in it."""
        return _any(_CAPTCHA_MARKS, self.markup)


def read(body: bytes, content_type: str = "") -> Page:
    """Read the beginning of a page, or of a text that came in place of one."""
    body = body[:_READ_BYTES]
    declared = _CHARSET.search(content_type) or _CHARSET.search(body[:1024].decode("latin-1"))
    try:
        markup = body.decode(declared[1] if declared else "utf-8", "replace").lower()
    except (LookupError, UnicodeError):
        markup = body.decode("utf-8", "replace").lower()
    text = _SPACE.sub(" ", _TAG.sub(" ", _without(_without(markup, "script"), "style"))).strip()
    parts = [*_TITLE.findall(markup)[:1], *(_TAG.sub(" ", heading) for heading in _HEADING.findall(markup)[:4])]
    headline = _SPACE.sub(" ", " | ".join(parts)).replace("\u2019", "'")
    says = f"{headline} | {text}".replace("\u2019", "'") if len(text) <= _SHORT_CHARS else headline
    return Page(markup, headline, says, len(text))


def refusal(page: Page) -> str | None:
    """The reason for which a page says that it holds something back; None where it says nothing of the kind."""
    if page.challenge:
        return "bot-challenge"
    for reason, words, where in (
        ("geo-blocked", _GEO_WORDS, page.says),
        ("legal", _LEGAL_WORDS, page.says),
        ("forbidden", _DENIED_WORDS, page.headline or page.says),
        ("payment", _PAYMENT_WORDS, page.headline),
        ("login", _LOGIN_WORDS, page.headline),
    ):
        if _any(words, where):
            return reason
    return "forbidden" if _DENIED_NUMBER.search(page.headline) else None


def walled(page: Page) -> str | None:
    """As `refusal`, but only what holds whatever the status says: a wall, a border, a court."""
    reason = refusal(page)
    return reason if reason in ("bot-challenge", "geo-blocked", "legal") else None


def busy(page: Page) -> str | None:
    """The reason for which a page asks to come back later."""
    if _any(_LIMIT_WORDS, page.says) or _LIMIT_NUMBER.search(page.headline):
        return "rate-limited"
    return "server-error" if _any(_BUSY_WORDS, page.says) else None


def absent(page: Page) -> bool:
    """Whether a page says that what was asked for is not there."""
    return _any(_ABSENT_WORDS, page.says) or _ABSENT_NUMBER.search(page.says) is not None


def gate(host: str, path: str) -> str | None:
    """What kind of gate an address is, by its words; a login stands for consent and age gates too."""
    for reason, pattern in _GATES:
        if pattern.search(path):
            return reason
    return "login" if _HOST_OF_LOGIN.search(host) else None


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)


def _without(markup: str, element: str) -> str:
    """Cut elements of one name out with their content; one that isn't closed takes all that follows."""
    kept: list[str] = []
    at = 0
    while (start := markup.find(f"<{element}", at)) >= 0:
        kept.append(markup[at:start])
        end = markup.find(f"</{element}", start)
        if end < 0:
            return " ".join(kept)
        at = end
    return " ".join([*kept, markup[at:]])
