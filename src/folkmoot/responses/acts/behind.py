"""One thing after another done by the database while the next is made ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection

# What writes with a cursor, and asks nothing of Django, whose connection is another thread's.
Write = Callable[[Any], None]


class Behind:
    """Writes within the transaction that is open. Made by `written_behind`.

    PostgreSQL works in a process of its own, so a thread waits for it while this one goes on.
    SQLite works in this one: there each thing is done at once.
    """

    def __init__(self, pool: ThreadPoolExecutor | None) -> None:
        self._pool = pool
        self._pending: Future[None] | None = None

    @property
    def is_ahead(self) -> bool:
        """Whether the next can be made ready while the last is still being written."""
        return self._pool is not None

    def do(self, write: Write) -> None:
        """Begin to write something, once what was begun before is written."""
        if self._pool is None:
            with connection.cursor() as cursor:
                write(cursor)
            return
        self.settle()
        connection.ensure_connection()
        self._pending = self._pool.submit(_written, connection.connection, write)

    def settle(self) -> None:
        """Wait until all is written. Raises what kept the database from it."""
        pending, self._pending = self._pending, None
        if pending is not None:
            with connection.wrap_database_errors:
                pending.result()


@contextmanager
def written_behind() -> Iterator[Behind]:
    """Give what writes behind the back of this thread, until all of it is written.

    Whoever asks the database for something meanwhile waits for what is being written, so that two
    never speak to it at once.
    """
    if connection.vendor != "postgresql":
        yield Behind(None)
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="written-behind") as pool:
        behind = Behind(pool)

        def after_it(execute: Callable[..., Any], *asked: Any) -> Any:
            behind.settle()
            return execute(*asked)

        with connection.execute_wrapper(after_it):
            try:
                yield behind
            except BaseException:
                # What went wrong first is what is said; the transaction ends in any case.
                with suppress(Exception):
                    behind.settle()
                raise
            behind.settle()


def _written(opened: Any, write: Write) -> None:
    with opened.cursor() as cursor:
        write(cursor)
        # Keys of other tables are looked up now, a batch at a time, and not all at the very end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
