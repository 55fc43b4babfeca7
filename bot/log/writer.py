"""One writes the log at a time, as a rule a thread for it; whoever wants something written queues a job and waits for the disk.

Jobs that are waiting when the thread comes round share one commit (group commit). A failing job takes back itself alone: when
one fails, all of that commit are done again, each in a savepoint. A job's future is resolved after the commit: what it answers
is on disk.

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
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from operator import attrgetter
from queue import Empty, SimpleQueue
from typing import Any

from bot.log.faults import CannotSave, as_cannot_save
from bot.log.saved import Saved, T, resolve

Job = Callable[[sqlite3.Connection], T]

MOST_IN_A_COMMIT = 256  # jobs in one commit: bounds how long the first waits for the last
BUSY_TRIES = 3
IDLE_AFTER = 1.0  # seconds without a job before idle work (the search index) is done
CHECKPOINT_AFTER = 500  # commits: then the write-ahead log is checkpointed, after whoever waits has been told


@dataclass(slots=True)
class _Queued:
    job: Callable[[sqlite3.Connection], Any]
    future: Saved[Any]
    alone: bool = False  # runs outside a transaction: VACUUM, checkpoints
    lazy: bool = False  # need not be synced: survives the end of the process, but perhaps not of the power
    single: bool = False  # one statement, which takes back itself when it fails


_is_lazy = attrgetter("lazy")


class Writer:
    """The only writing connection of the process. `guard` runs before each commit and raises CannotSave to refuse it."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        *,
        guard: Callable[[], None] | None = None,
        idle: Callable[[sqlite3.Connection], bool] = lambda db: False,
    ) -> None:
        self._jobs: deque[_Queued] = deque()  # taken from by whoever holds `_writing`, so that order is kept
        self._guard = guard or (lambda: None)
        self._idle = idle
        self._idle_work = False  # there may be idle work
        self._closed = self._gone = False
        self._writing = threading.Lock()  # held by whoever writes
        self._asleep = False  # the thread has to be woken; a wake-up too many does no harm
        self._waking: asyncio.AbstractEventLoop | None = None  # the loop that will, at the end of its round
        self._wakeups: SimpleQueue[None] = SimpleQueue()
        self._syncs: bool | None = None  # whether commits are to be synced; asked at the first
        self._syncing = False
        self._busy_timeout: int | None = (
            None  # milliseconds that another program's lock is waited for; asked at the first
        )
        self.commits = 0
        self._checkpointed = 0  # commits when the write-ahead log was last checkpointed
        self.fault: CannotSave | None = None
        self.waiting_since: float | None = None
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(connect, opened), name="log-writer", daemon=True)
        self._thread.start()
        opened.result()

    def write(self, job: Job[T], *, lazy: bool = False, single: bool = False, here: bool = False) -> Saved[T]:
        """Queue a job; its future is done when the commit that holds it is on disk (or, `lazy`, with the system). `single`: it is
        one statement, and needs no savepoint among others. `here`: the caller waits for it in a thread of its own, and does it
        at once where nothing is being written or waits to be; that saves two changes of thread."""
        queued = _Queued(job, Saved(), lazy=lazy, single=single)
        if not (here and self._done_here(queued)):
            self._enqueue(queued)
        return queued.future

    def mark(self, job: Job[T]) -> Saved[T]:
        """Note in one statement what has been done outside: at once, also in a loop, before whatever waits to be written; only
        while somebody is writing does it wait for the next commit. An end of the process between the deed and its mark leaves a
        doubt, so neither a sync nor a change of thread is to lie between them."""
        queued = _Queued(job, Saved(), lazy=True, single=True)
        if not self._marked_here(queued):
            self._enqueue(queued)
        return queued.future

    def alone(self, job: Job[T]) -> Saved[T]:
        """Queue a job that must run outside a transaction."""
        queued = _Queued(job, Saved(), alone=True)
        self._enqueue(queued)
        return queued.future

    def _enqueue(self, queued: _Queued) -> None:
        if self._closed:
            queued.future.settle(None, CannotSave("closed", "the log has been closed"))
            return
        queued.future.help = self._help
        self._jobs.append(queued)
        if self._asleep:
            self._wake_soon()
        if self._gone:
            self._refuse_the_rest()

    def _wake_soon(self) -> None:
        # From a loop when its round is over: what the round's other tasks write goes into the same commit, and the two threads
        # do not fight over the interpreter while they do.
        loop = asyncio._get_running_loop()
        if loop is None:
            self._wake()
        elif loop is not self._waking:
            self._waking = loop
            loop.call_soon(self._wake)

    def _wake(self) -> None:
        self._asleep, self._waking = False, None
        self._wakeups.put(None)

    def interrupt(self) -> None:
        """Break off what is being done now; it fails as if the disk had."""
        self._db.interrupt()

    def close(self) -> None:
        """Finish what is queued, and close."""
        if not self._closed:
            self._closed = True
            self._wake()
            self._thread.join()

    # -- in the thread of who waits ------------------------------------------------------------------

    def _done_here(self, queued: _Queued) -> bool:
        if not self._writing.acquire(blocking=False):
            return False
        try:
            if self._jobs or self._closed:
                return False
            self._serve([queued])
        finally:
            self._writing.release()
        return True

    def _marked_here(self, queued: _Queued) -> bool:
        if not self._writing.acquire(blocking=False):
            return False
        try:
            if self._closed or not self._begin_at_once():
                return False
            self._serve([queued])
        finally:
            self._writing.release()
        return True

    def _help(self) -> None:
        if not self._writing.acquire(blocking=False):
            return
        try:
            if self._jobs and not self._gone:
                self._serve(self._batch())
        finally:
            self._writing.release()

    # -- in the thread -----------------------------------------------------------------------------

    def _run(self, connect: Callable[[], sqlite3.Connection], opened: Future[None]) -> None:
        try:
            self._db = connect()
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(None)
        while True:
            with self._writing:
                if self._jobs:
                    self._serve(self._batch())
                if self._checkpoint_due:
                    self._checkpoint()
            if not self._jobs:
                if self._closed:
                    break
                self._wait_for_work()
        with self._writing:  # nobody is helping any more
            self._gone = True
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
        self._refuse_the_rest()

    def _wait_for_work(self) -> None:
        """Sleep until there is something to do; when nobody has written anything for a while, do the idle work."""
        self._asleep, seen = True, self.commits
        if self._jobs or self._closed:  # it came before `_asleep` was seen
            self._asleep = False
            return
        try:
            self._wakeups.get(timeout=IDLE_AFTER if self._idle_work else None)
        except Empty:
            with self._writing:
                if not self._jobs and self.commits == seen:
                    self._idle_work = self._do_idle()
        self._asleep = False

    @property
    def _checkpoint_due(self) -> bool:
        return self.commits - self._checkpointed >= CHECKPOINT_AFTER

    def _checkpoint(self) -> None:
        # SQLite would do it inside a commit, and an answer would wait for two syncs more.
        self._checkpointed = self.commits
        with contextlib.suppress(sqlite3.Error, CannotSave):
            self._guard()
            self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _refuse_the_rest(self) -> None:
        with contextlib.suppress(IndexError):
            while True:
                resolve([(self._jobs.popleft().future, None, CannotSave("closed", "the log has been closed"))])

    def _batch(self) -> list[_Queued]:
        batch = [self._jobs.popleft()]
        while self._jobs and len(batch) < MOST_IN_A_COMMIT and not batch[-1].alone:
            batch.append(self._jobs.popleft())
        return batch

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
        self.waiting_since = time.monotonic()
        alone = batch.pop() if batch[-1].alone else None
        if batch:
            self._commit(batch)
        if alone is not None:
            self._run_alone(alone)
        self.waiting_since = None
        if not self._idle_work or self._checkpoint_due:
            self._idle_work = True
            if self._asleep:  # somebody did this in a thread of their own
                self._wake()

    def _commit(self, batch: list[_Queued], *, carefully: bool = False) -> None:
        """One transaction for all. `carefully`: each in a savepoint of its own, after one of them has failed without."""
        results: list[tuple[Saved[Any], Any, Exception | None]] = []
        try:
            self._guard()
            self._be_durable(not all(map(_is_lazy, batch)))
            if not self._db.in_transaction:
                self._begin()
            for queued in batch:
                value, error = self._attempt(queued, carefully=carefully)
                if error is not None and not (carefully or queued.single):
                    self._rollback()
                    if len(batch) > 1:
                        self._commit(batch, carefully=True)
                    else:
                        resolve([(queued.future, None, error)])
                    return
                results.append((queued.future, value, error))
            self._db.execute("COMMIT")
        except (sqlite3.Error, CannotSave) as error:
            self._rollback()
            self._after_fault(batch, error)
            return
        self.commits += 1
        self.fault = None
        resolve(results)

    def _be_durable(self, durable: bool) -> None:
        # A sync at each commit, but for commits of marks alone: those a later sync takes along.
        if self._syncs is None:
            self._syncs = self._db.execute("PRAGMA synchronous").fetchone()[0] == 2
            self._syncing = self._syncs
        if self._syncs and durable != self._syncing:
            self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._syncing = durable

    def _begin(self) -> None:
        for attempt in range(BUSY_TRIES):
            try:
                self._db.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                fault = as_cannot_save(error)
                if fault is None or fault.reason != "locked" or attempt == BUSY_TRIES - 1:
                    raise

    def _begin_at_once(self) -> bool:
        """Begin a commit without a sync, unless another program is writing."""
        try:
            self._be_durable(False)
            if self._busy_timeout is None:
                self._busy_timeout = self._db.execute("PRAGMA busy_timeout").fetchone()[0]
            self._db.execute("PRAGMA busy_timeout = 0")
            try:
                self._db.execute("BEGIN IMMEDIATE")
            finally:
                self._db.execute(f"PRAGMA busy_timeout = {self._busy_timeout}")
        except sqlite3.Error:
            return False  # whatever it is, the thread can wait for its end, or meets it again
        return True

    def _attempt(self, queued: _Queued, *, carefully: bool) -> tuple[Any, Exception | None]:
        """Run one job. A storage fault goes up and takes back the commit; its own mistake is given back, and has taken back
        itself alone when it was `carefully` run or is a single statement."""
        nested = carefully and not queued.single
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
            return None, error
        if nested:
            self._db.execute("RELEASE job")
        return value, None

    def _after_fault(self, batch: list[_Queued], error: sqlite3.Error | CannotSave) -> None:
        fault = error if isinstance(error, CannotSave) else as_cannot_save(error)
        if fault is None:  # a mistake of ours around the transaction itself
            resolve((queued.future, None, error) for queued in batch)
            return
        if len(batch) > 1 and fault.reason not in ("locked", "moved"):
            for queued in batch:  # each alone: a fault that hit one commit need not hit them all
                self._commit([queued])
            return
        self.fault = fault
        resolve((queued.future, None, fault) for queued in batch)

    def _run_alone(self, queued: _Queued) -> None:
        try:
            self._guard()
            value = queued.job(self._db)
        except Exception as error:
            self._rollback()
            fault = as_cannot_save(error) if isinstance(error, sqlite3.Error) else None
            resolve([(queued.future, None, fault or error)])
        else:
            resolve([(queued.future, value, None)])

    def _rollback(self) -> None:
        if self._db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
