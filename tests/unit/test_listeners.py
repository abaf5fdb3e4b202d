"""Who is told what, in which order, and until when."""

from __future__ import annotations

from interview_app.services.listeners import Listeners, StateListeners


def test_whoever_left_hears_no_more_and_the_others_go_on_hearing() -> None:
    listeners = Listeners[str]()
    first: list[str] = []
    second: list[str] = []
    leave = listeners.add(first.append)
    listeners.add(second.append)
    listeners.notify("one")
    leave()
    leave()
    listeners.notify("two")
    assert (first, second) == (["one"], ["one", "two"])


def test_leaving_while_being_told_takes_nothing_from_the_next() -> None:
    listeners = Listeners[str]()
    heard: list[str] = []
    leave = listeners.add(lambda _event: leave())
    listeners.add(heard.append)
    listeners.notify("one")
    assert heard == ["one"]


def test_an_event_that_leads_to_another_reaches_everybody() -> None:
    listeners = Listeners[str]()
    heard: list[str] = []
    listeners.add(lambda event: listeners.notify("two") if event == "one" else None)
    listeners.add(heard.append)
    listeners.notify("one")
    assert sorted(heard) == ["one", "two"]


def test_a_state_that_is_no_longer_so_is_told_to_nobody() -> None:
    listeners = StateListeners[str]()
    heard: list[str] = []
    listeners.add(lambda state: listeners.notify("two") if state == "one" else None)
    listeners.add(heard.append)
    listeners.notify("one")
    assert heard == ["two"]
