"""Who comes in, as whom, and what a stranger's page can make of it."""

from __future__ import annotations

import pytest

from stemma.archive.views import Line
from stemma.notebook import accounts
from stemma.show.web.door.place import Place
from stemma.show.web.frame import see
from stemma.show.web.frame.frame import Frame
from stemma.show.web.screens.account import leads_to
from tests.show.web.serving.conftest import OWN, WORDS, enter, token


def test_nobody_sees_anything_before_the_door(browser, lines: dict[str, Line]) -> None:
    stranger, known = browser(), lines["post"].statement
    for address in ("/", "/search?q=lamps", f"/s/{known.id}", f"/a/{known.document}", "/problems", "/nowhere"):
        answer = stranger.get(address)
        assert (answer.status_code, answer.headers["location"][:7]) == (303, "/log-in"), address
        assert "lamps" not in answer.text
    for address in (f"/s/{known.id}.json", "/api/statements", "/api/openapi.json", "/api/nothing"):
        answer = stranger.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json"), address
    for address in ("/log-in", "/feed/nosuch.atom", "/static/none.js", "/log-in/x"):
        assert "outlet" not in stranger.get(address).text.lower(), "not even what the archive covers"
    assert stranger.get("/log-in/../").status_code == 303
    assert stranger.get("/static/%2e%2e/").status_code in {303, 307, 404}
    assert stranger.get("/feed/%2e%2e/search").status_code == 404


def test_log_in_leads_back_and_log_out_ends_it(browser) -> None:
    one = browser()
    led = one.get("/search?q=lamps").headers["location"]
    assert led == "/log-in?next=%2Fsearch%3Fq%3Dlamps"
    answer = enter(one, next="/search?q=lamps")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=lamps")
    page = one.get("/search?q=lamps")
    assert page.status_code == 200
    kept = dict(one.cookies)
    assert one.post("/log-out", data={"token": token_of(one)}).headers["location"] == "/log-in"
    assert one.get("/").status_code == 303
    again = browser(cookies=kept)
    assert again.get("/").status_code == 303, "the session is over on the server, not in the browser alone"


def token_of(browser) -> str:
    shown = browser.cookies["stemma"]
    return accounts.form_token(shown)


@pytest.mark.parametrize("secure", [False, True])
def test_cookies_are_out_of_reach(browser, secure: bool) -> None:
    base = "https://stemma.example" if secure else OWN
    answer = enter(browser(secure=secure, base=base, public="stemma.example" if secure else None))
    told = answer.headers.get_list("set-cookie")
    session = next(each for each in told if each.startswith("__Host-stemma=" if secure else "stemma="))
    for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in session
    assert ("Secure" in session) is secure
    assert "Domain" not in session


def test_a_session_id_from_elsewhere_is_never_taken_up(browser, notebook) -> None:
    """Session fixation: the id before the log-in is worth nothing after it."""
    planted = accounts.log_in(notebook, "Ilse Marn", 1_000_000.0)
    victim = browser(cookies={"stemma": "planted-by-a-stranger"})
    assert enter(victim).status_code == 303
    assert victim.cookies["stemma"] != "planted-by-a-stranger"
    assert browser(cookies={"stemma": "planted-by-a-stranger"}).get("/").status_code == 303
    victim = browser(cookies={"stemma": planted})
    victim.post("/log-out", data={"token": accounts.form_token(planted)})
    assert enter(victim).status_code == 303
    assert browser(cookies={"stemma": planted}).get("/").status_code == 303


def test_a_session_expires(browser, clock) -> None:
    one = browser()
    enter(one)
    assert one.get("/").status_code == 200
    clock.now += 13 * 3600
    assert one.get("/").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1:8742"},
        {"origin": "http://127.0.0.1:8743"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_forms_of_other_pages_are_refused(browser, headers) -> None:
    """CSRF: with the right cookie and even the right token."""
    one = browser()
    enter(one)
    answer = one.post("/log-out", data={"token": token_of(one)}, headers=headers)
    assert answer.status_code == 403
    assert one.get("/").status_code == 200


def test_a_form_carries_its_own_sessions_token(browser) -> None:
    one, other = browser(), browser()
    enter(one)
    enter(other, "Ilse Marn")
    for wrong in ("", "0" * 64, token_of(other)):
        assert one.post("/log-out", data={"token": wrong}).status_code == 403
    assert one.get("/").status_code == 200
    door = browser()
    assert door.post("/log-in", data={"name": "Dana Wirt", "password": WORDS, "token": "0" * 64}).status_code == 403
    assert "stemma" not in door.cookies


def test_a_page_prints_the_token_of_its_session(browser, archive) -> None:
    one = browser()
    shown = token(one.get("/log-in").text)
    assert shown == token(one.get("/log-in").text)
    assert shown != token(browser().get("/log-in").text)


def test_guesses_wait_and_the_right_password_too(browser, clock) -> None:
    one = browser()
    statuses = [enter(one, password=f"guess number {n}").status_code for n in range(6)]
    assert statuses == [403, 403, 403, 403, 429, 429]
    answer = enter(one)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert "Too many wrong passwords" in answer.text
    clock.now += 3
    assert enter(one).status_code == 303


def test_it_is_not_told_whether_a_name_has_an_account(browser) -> None:
    pages = [enter(browser(), name, "guess number 1").text.replace(name, "") for name in ("Dana Wirt", "Nobody")]
    told, other = (page.split("<main")[1].split("token")[0] for page in pages)
    assert told == other


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a b", "/x\r\nSet-Cookie: a=b", "javascript:1"],
)
def test_the_door_leads_nowhere_else(browser, address: str) -> None:
    """Open redirects and header injection."""
    assert leads_to(address) == "/"
    answer = enter(browser(), next=address)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert len(answer.headers.get_list("set-cookie")) == 2


def test_readers_change_nothing_and_editors_sign_with_their_name(archive, notebook, browser, monkeypatch) -> None:
    said = []

    def routes(frame: Frame):
        async def change(request, form):
            said.append((frame.signer(request), frame.desk is not None))
            return see("/")

        return [frame.change("/change", change), frame.change("/note", change, by="reader")]

    monkeypatch.setattr("stemma.show.web.SCREENS", [routes])
    for name in ("Dana Wirt", "Ilse Marn", "Guest"):
        one = browser(cookies={"by": "Somebody Else"})
        enter(one, name)
        answers = [one.post(address, data={"token": token_of(one)}).status_code for address in ("/change", "/note")]
        assert answers == ([303, 303] if name == "Dana Wirt" else [403, 303])
    assert said == [("Dana Wirt", True), ("Dana Wirt", True), ("Ilse Marn", False), ("Guest", False)]
    assert browser().post("/change", data={"token": ""}).headers["location"] == "/log-in"


def test_a_key_reads_and_does_nothing_else(browser, notebook) -> None:
    key = {"Authorization": f"Bearer {accounts.log_in(notebook, 'Dana Wirt', 0.0, 'key')}"}
    assert browser().get("/api/statements", headers=key).status_code == 200
    assert browser().post("/log-out", data={"token": ""}, headers=key).headers["location"] == "/log-in"
    assert browser().get("/api/statements", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_no_door_where_none_is_needed(archive) -> None:
    assert not Place().log_in
