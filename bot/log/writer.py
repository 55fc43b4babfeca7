"""One thread writes the log; whoever wants something written queues a job and waits for the disk.

Jobs that are waiting when the thread comes round share one commit (group commit): each in a savepoint of its own, so that a
failing job takes back itself alone. A job's future is resolved after the commit: what it answers is on disk.

    saved = writer.write(lambda db: db.execute("…"))
    saved.result()                                        # or, in a coroutine: await saved

A job may be run twice (once taken back); it must do nothing but talk to the database it is given.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.log.faults import CannotSave, as_cannot_save

T = TypeVar("T")


class Saved(Future[T]):
    """What a job answered, once it is on disk: `.result()` waits for it in a thread, `await` in a coroutine."""

    help: Callable[[], None] | None = None

    def result(self, timeout: float | None = None) -> T:
        """Wait for the disk. Whoever waits in a thread does the writing itself if nobody is at it: that saves two changes
        of thread, which on a busy machine cost more than the disk."""
        if timeout is None and self.help is not None and not self.done():
            self.help()
        return super().result(timeout)

    def __await__(self) -> Generator[Any, None, T]:
        # Shielded: who is cancelled while waiting must not take back what is queued.
        return asyncio.shield(asyncio.wrap_future(self)).__await__()


Job = Callable[[sqlite3.Connection], T]

TOGETHER = 256  # jobs in one commit: bounds how long the first waits for the last
BUSY_TRIES = 3
IDLE_AFTER = 1.0  # seconds without a job before idle work (the search index) is done


@dataclass(slots=True)
class _Queued:
    job: Callable[[sqlite3.Connection], Any]
    future: Saved[Any]
    alone: bool = False  # runs outside a transaction: VACUUM, checkpoints
    lazy: bool = False  # need not be synced: survives the end of the process, but perhaps not of the power


class Writer:
    """The only writing connection of the process. `guard` runs before each commit and raises CannotSave to refuse it."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        *,
        guard: Callable[[], None] | None = None,
        idle: Callable[[sqlite3.Connection], bool] = lambda db: False,
    ) -> None:
        self._queue: SimpleQueue[_Queued | None] = SimpleQueue()
        self._guard = guard or (lambda: None)
        self._idle = idle
        self._restless = False  # there may be idle work
        self._closed = self._gone = False
        self._at_it = threading.Lock()  # held by whoever writes
        self._full: bool | None = None  # whether commits are to be synced; asked at the first
        self._now_full = False
        self.commits = 0
        self.fault: CannotSave | None = None
        self.waiting_since: float | None = None
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(connect, opened), name="log-writer", daemon=True)
        self._thread.start()
        opened.result()

    def write(self, job: Job[T], *, lazy: bool = False) -> Saved[T]:
        """Queue a job; its future is done when the commit that holds it is on disk (or, `lazy`, with the system)."""
        return self._put(_Queued(job, Saved(), lazy=lazy))

    def alone(self, job: Job[T]) -> Saved[T]:
        """Queue a job that must run outside a transaction."""
        return self._put(_Queued(job, Saved(), alone=True))

    def _put(self, queued: _Queued) -> Saved[Any]:
        if self._closed:
            queued.future.set_exception(CannotSave("closed", "the log has been closed"))
        else:
            queued.future.help = self._help
            self._queue.put(queued)
            if self._gone:
                self._refuse_the_rest()
        return queued.future

    def interrupt(self) -> None:
        """Break off what is being done now; it fails as if the disk had."""
        self._db.interrupt()

    def close(self) -> None:
        """Finish what is queued, and close."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    # -- in the thread -----------------------------------------------------------------------------

    def _run(self, connect: Callable[[], sqlite3.Connection], opened: Future[None]) -> None:
        try:
            self._db = connect()
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(None)
        while (first := self._first()) is not None:
            with self._at_it:
                self._serve(self._with_more(first))
        with self._at_it:  # nobody is helping any more
            self._gone = True
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
        self._refuse_the_rest()

    def _refuse_the_rest(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                late = self._queue.get_nowait()
                if late is not None:
                    _resolve(late, None, CannotSave("closed", "the log has been closed"))

    def _help(self) -> None:
        if not self._at_it.acquire(blocking=False):
            return
        try:
            first = self._queue.get_nowait()
            if first is None or self._gone:
                self._queue.put(first)
            else:
                self._serve(self._with_more(first))
        except Empty:
            return
        finally:
            self._at_it.release()

    def _with_more(self, first: _Queued) -> list[_Queued]:
        batch = [first]
        while len(batch) < TOGETHER and not batch[-1].alone:
            try:
                more = self._queue.get_nowait()
            except Empty:
                break
            if more is None:
                self._queue.put(None)  # close after this batch
                break
            batch.append(more)
        self.waiting_since = time.monotonic()
        return batch

    def _first(self) -> _Queued | None:
        while self._restless:
            try:
                return self._queue.get(timeout=IDLE_AFTER)
            except Empty:
                with self._at_it:
                    self._restless = self._do_idle()
        return self._queue.get()

    def _do_idle(self) -> bool:
        try:
            self._guard()
            self._db.execute("BEGIN IMMEDIATE")
            more = self._idle(self._db)
            self._db.execute("COMMIT")
        except (sqlite3.Error, CannotSave):
            self._rollback()
            return False  # the index can wait; the next turn wakes it again
        return more

    def _serve(self, batch: list[_Queued]) -> None:
        together = [q for q in batch if not q.alone]
        if together:
            self._commit(together)
        for queued in batch:
            if queued.alone:
                self._run_alone(queued)
        self.waiting_since = None
        self._restless = True

    def _commit(self, batch: list[_Queued]) -> None:
        results: list[tuple[_Queued, Any, Exception | None]] = []
        try:
            self._guard()
            self._be_durable(not all(queued.lazy for queued in batch))
            self._begin()
            for queued in batch:
                results.append((queued, *self._attempt(queued, nested=len(batch) > 1)))
            self._db.execute("COMMIT")
        except (sqlite3.Error, CannotSave) as error:
            self._rollback()
            self._after_fault(batch, error)
            return
        self.commits += 1
        self.fault = None
        for queued, value, mistake in results:
            _resolve(queued, value, mistake)

    def _be_durable(self, durable: bool) -> None:
        # A sync at each commit, but for commits of marks alone: those a later sync takes along.
        if self._full is None:
            self._full = self._db.execute("PRAGMA synchronous").fetchone()[0] == 2
            self._now_full = self._full
        if self._full and durable != self._now_full:
            self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._now_full = durable

    def _begin(self) -> None:
        for attempt in range(BUSY_TRIES):
            try:
                self._db.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                fault = as_cannot_save(error)
                if fault is None or fault.reason != "locked" or attempt == BUSY_TRIES - 1:
                    raise

    def _attempt(self, queued: _Queued, *, nested: bool) -> tuple[Any, Exception | None]:
        """Run one job. Its own mistake takes back itself alone; a storage fault goes up and takes back the commit."""
        if nested:
            self._db.execute("SAVEPOINT job")
        try:
            value = queued.job(self._db)
        except Exception as error:
            if isinstance(error, CannotSave) or (isinstance(error, sqlite3.Error) and as_cannot_save(error)):
                raise
            if nested:
                self._db.execute("ROLLBACK TO job")
                self._db.execute("RELEASE job")
            else:
                self._db.execute("ROLLBACK")
                self._db.execute("BEGIN IMMEDIATE")
            return None, error
        if nested:
            self._db.execute("RELEASE job")
        return value, None

    def _after_fault(self, batch: list[_Queued], error: sqlite3.Error | CannotSave) -> None:
        fault = error if isinstance(error, CannotSave) else as_cannot_save(error)
        if fault is None:  # a mistake of ours around the transaction itself
            for queued in batch:
                _resolve(queued, None, error)
            return
        if len(batch) > 1 and fault.reason not in ("locked", "moved"):
            for queued in batch:  # each alone: a fault that hit one commit need not hit them all
                self._commit([queued])
            return
        self.fault = fault
        for queued in batch:
            _resolve(queued, None, fault)

    def _run_alone(self, queued: _Queued) -> None:
        try:
            self._guard()
            value = queued.job(self._db)
        except Exception as error:
            self._rollback()
            fault = as_cannot_save(error) if isinstance(error, sqlite3.Error) else None
            _resolve(queued, None, fault or error)
        else:
            _resolve(queued, value, None)

    def _rollback(self) -> None:
        if self._db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")


def _resolve(queued: _Queued, value: Any, error: Exception | None) -> None:
    if not queued.future.set_running_or_notify_cancel():
        return
    if error is not None:
        queued.future.set_exception(error)
    else:
        queued.future.set_result(value)
