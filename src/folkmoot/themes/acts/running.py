"""Long work done by a worker, from its beginning to its end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial

from django.db import DatabaseError, connections

from folkmoot.publishing.clock import now
from folkmoot.themes.acts.double import draw_double
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.learning import learn_suggestions
from folkmoot.themes.acts.placing import place_answers
from folkmoot.themes.acts.suggesting import current_frame, suggest_themes
from folkmoot.themes.acts.working import Attempt, Finish, StoppedError, Tell
from folkmoot.themes.models import Work
from folkmoot.themes.searching.tasks import make_answers_findable

SECONDS_BETWEEN_BEATS = 10


def run_work(work_id: int, number: int) -> None:
    """Do one attempt at some work; one that was cancelled or is another's is left alone."""
    attempt = Attempt.begun(work_id, number)
    if attempt is None:
        return
    with _beating(attempt):
        try:
            DONE_BY[attempt.work.kind](
                attempt.work,
                attempt.tell,
                lambda outcome: attempt.end(Work.State.DONE, outcome, now()),
            )
        except StoppedError:
            return
        except ThemesError as error:
            _fail(attempt, str(error))
        except Exception:
            _fail(
                attempt,
                "A fault of the site ended it, and nothing was changed: start it again, and tell "
                "whoever runs the site if it happens twice.",
            )
            raise


def _fail(attempt: Attempt, why: str) -> None:
    with suppress(StoppedError):
        attempt.end(Work.State.FAILED, why, now())


@contextmanager
def _beating(attempt: Attempt) -> Iterator[None]:
    """Give signs of life from beside while a step takes its time."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(SECONDS_BETWEEN_BEATS):
            try:
                attempt.beat()
            except StoppedError:
                break
            except DatabaseError:
                # Such as while what was found is written: the next beat is heard.
                continue
        connections.close_all()

    heart = threading.Thread(target=beat, name="signs of life", daemon=True)
    heart.start()
    try:
        yield
    finally:
        is_over.set()


def _suggest(work: Work, tell: Tell, finish: Finish) -> None:
    suggest_themes(
        work.survey,
        work.question,
        now(),
        work.asked_by,
        replace_confirmed=bool(work.options.get("replace_confirmed")),
        tell=tell,
        finish=finish,
    )
    make_answers_findable.enqueue(work.survey_id, work.question)


def _draw(work: Work, tell: Tell, finish: Finish) -> None:
    frame = current_frame(work.survey, work.question)
    tell("Drawing lots", 0)
    draw_double(frame, work.options["share"], work.asked_by, now(), finish=finish)


def _of_frame(act: Callable[..., object], work: Work, tell: Tell, finish: Finish) -> None:
    frame = current_frame(work.survey, work.question)
    act(frame, now(), work.asked_by, tell=tell, finish=finish)


DONE_BY: Mapping[str, Callable[[Work, Tell, Finish], None]] = {
    Work.Kind.SUGGEST: _suggest,
    Work.Kind.LEARN: partial(_of_frame, learn_suggestions),
    Work.Kind.PLACE: partial(_of_frame, place_answers),
    Work.Kind.DRAW: _draw,
}
