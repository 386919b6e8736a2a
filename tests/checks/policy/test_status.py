"""What status, headers and bodies say."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.status import reason_of
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.vocabulary import STATE_OF

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HTML = {"content-type": "text/html"}
CF = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
LONG = "<p>" + "word " * 300 + "</p>"


def page(title, text=""):
    return f"<html><head><title>{title}</title></head><body>{text}</body></html>"


CASES = [
    (200, "", {}, None),
    (206, "", {}, None),
    (204, "", {}, "unknown"),
    (202, page("x", '<script src="challenge.js"></script> captcha'), {}, "bot-challenge"),
    (202, "", {"x-amzn-waf-action": "challenge"}, "bot-challenge"),
    (200, "", {"cf-mitigated": "challenge"}, "bot-challenge"),
    (302, "", {}, "protocol-error"),
    (302, "", {"location": "/x"}, "redirect-loop"),
    (300, "", {}, "unknown"),
    (304, "", {}, "unknown"),
    (400, "", {}, "unknown"),
    (401, "", {}, "login"),
    (402, "", {}, "payment"),
    (403, "", {}, "forbidden"),
    (403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", {}, "forbidden"),
    (403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", {}, "expired-signature"),
    (400, "<Error><Code>ExpiredToken</Code></Error>", {}, "expired-signature"),
    (403, "Signature not valid in the specified time frame: Start", {}, "expired-signature"),
    (403, "URL signature expired", {}, "expired-signature"),
    (403, page("Error", "CloudFront is configured to block access from your country."), {}, "geo-blocked"),
    (403, "Dieses Video ist in Ihrem Land nicht verfügbar", HTML, "geo-blocked"),
    (403, CF, {"server": "cloudflare"}, "bot-challenge"),
    (403, page("Denied", '<script src="https://ct.captcha-delivery.com/c.js">'), {}, "bot-challenge"),
    (403, "", {"x-datadome": "protected"}, "bot-challenge"),
    (403, page("Access to this page has been denied", '<div id="px-captcha">'), {}, "bot-challenge"),
    (403, page("x", "Request unsuccessful. Incapsula incident ID: 1"), {}, "bot-challenge"),
    (403, page("Robot check"), {}, "bot-challenge"),
    (403, page("x", '<div class="g-recaptcha">'), {}, "bot-challenge"),
    (403, "Hotlinking is not allowed", {}, "needs-referer"),
    (403, page("Subscribers only"), {}, "payment"),
    (403, page("Please sign in"), {}, "login"),
    (404, page("404 Not Found"), {}, "not-found"),
    (404, page("Not found", LONG + '<script src="recaptcha/api.js"></script><input type="password">'), {}, "not-found"),
    (404, page("Not found", LONG + '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">'), {}, "not-found"),
    (404, CF, {}, "bot-challenge"),
    (404, page("Sorry", "This content is not available in your country"), {}, "geo-blocked"),
    (410, "", {}, "gone"),
    (405, "", {}, "unknown"),
    (407, "", {}, "unknown"),
    (408, "", {}, "timeout"),
    (416, "", {}, "unknown"),
    (418, "", {}, "unknown"),
    (429, "", {}, "rate-limited"),
    (440, "", {}, "login"),
    (451, "", {}, "legal"),
    (500, "", {}, "server-error"),
    (501, "", {}, "server-error"),
    (503, "", {}, "server-error"),
    (503, CF, {}, "bot-challenge"),
    (509, "", {}, "rate-limited"),
    (522, "", {}, "server-error"),
    (530, page("404"), {}, "server-error"),
    (999, "", {}, "bot-challenge"),
    (700, "", {}, "protocol-error"),
]


@pytest.mark.parametrize(("status", "body", "headers", "reason"), CASES)
def test_each_answer_has_its_reason(answered, status, body, headers, reason):
    """A status means what its number says unless headers or body say better."""
    assert reason_of(answered(status, body, headers)) == reason


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("?Expires=1481834900&Signature=x", 403, "expired-signature"),
        ("?Expires=1481834900&Signature=x", 404, "expired-signature"),
        ("?Expires=1881834900&Signature=x", 404, "not-found"),
        ("?X-Amz-Date=20260301T100000Z&X-Amz-Expires=3600", 403, "expired-signature"),
        ("?X-Amz-Date=20260301T113000Z&X-Amz-Expires=3600", 403, "forbidden"),
        ("?se=2020-01-01T00%3A00%3A00Z&sig=x", 403, "expired-signature"),
        ("?hdnts=exp=1481834900~acl=/*~hmac=0", 403, "expired-signature"),
        ("?oe=5f000000&oh=x", 403, "expired-signature"),
        ("?id=1481834900", 404, "not-found"),
    ],
)
def test_a_signature_that_has_run_out_explains_a_refusal(answered, query, status, reason):
    """An expiry time in the URL is measured against the answer's own time."""
    assert reason_of(answered(status, url="https://cdn.example/a.mp4" + query)) == reason


def test_a_known_end_of_the_signature_counts_too(answered):
    """What the document says of the expiry is used as well."""
    assert reason_of(answered(403), datetime(2020, 1, 1, tzinfo=UTC)) == "expired-signature"


@pytest.mark.parametrize(
    ("final", "reason"),
    [
        ("https://media.example/login?next=1", "login"),
        ("https://accounts.example/x", "login"),
        ("https://media.example/subscribe", "payment"),
        ("https://media.example/access-denied", "forbidden"),
        ("https://media.example/missing", "not-found"),
    ],
)
def test_a_404_behind_a_gate_is_the_gate(answered, final, reason):
    """A redirect to a login whose page is gone still held the medium back."""
    assert reason_of(answered(404, final=final)) == reason


def test_a_failure_is_its_own_reason(answered):
    """What the network did is passed on; words that nobody knows become unknown."""
    assert reason_of(answered(None, failure=Failure(reason="timeout", transient=True, errors=()))) == "timeout"
    assert reason_of(answered(None, failure=Failure(reason="weather", transient=True, errors=()))) == "unknown"
    assert reason_of(answered(None)) == "unknown"


SCRAPS = st.lists(
    st.sampled_from(
        [
            *("404", "not found", "<title>", "</title>", "captcha", "login", "<h1>", "</h1>", "<script>", "</script>"),
            *("gone", "deleted", "your region", "<", ">", "charset=utf-16", "charset=euc_kr", "try again", "<!--"),
        ]
    )
).map("".join)


@given(
    status=st.one_of(st.integers(100, 599).filter(lambda code: code not in (404, 410)), st.just(999)),
    body=st.one_of(st.binary(max_size=300), SCRAPS.map(str.encode)),
    headers=st.dictionaries(
        st.sampled_from(["content-type", "cf-mitigated", "location", "retry-after", "x-datadome"]), st.text(max_size=20)
    ),
)
def test_no_other_status_is_ever_unavailable(status, body, headers):
    """Only 404 and 410 lead to unavailable by status, whatever stands in the body."""
    ask = Ask(url="http://media.example/a.mp4", method="GET")
    answer = Answer(ask=ask, url=ask.url, status=status, started_at=NOW, duration_s=0, headers=headers, body=body)
    reason = reason_of(answer)
    assert reason is None or STATE_OF[reason] != "unavailable"
