"""Processes that do one task after another, and that may crash or hang without harm to other tasks."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any

from policytext.errors import BatchError

_READY = "ready"
_DONE = "done"
_RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Stopped:
    """A task that came to no end: it took too long (`late`), or its process died of `cause`."""

    cause: str
    late: bool = False


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection
    ready: bool = False
    task: int | None = None
    deadline: float | None = None

    def end(self) -> int | None:
        """End the process if it still runs; return its exit code."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


class Workers:
    """A number of processes; use it in a ``with`` statement, which ends them all.

    Parameters
    ----------
    work : callable
        A module's function of one task. An error that it raises is raised here.
    processes : int
        How many tasks run at once.
    prepare : callable, optional
        Run once in each process before its first task.
    time_limit : float, optional
        Seconds that a task may take; its process is ended and replaced when it takes longer.
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        *,
        processes: int,
        prepare: Callable[[], None] | None = None,
        time_limit: float | None = None,
    ) -> None:
        self._work = work
        self._processes = processes
        self._prepare = prepare
        self._time_limit = time_limit
        self._workers: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._workers:
            self._workers.pop().end()

    def run(self, tasks: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Yield the number and the result of each task as they end; `Stopped` where there is none.

        Raises
        ------
        BatchError
            If a process dies before its first task.
        Exception
            What a task raised.
        """
        waiting = iter(range(len(tasks)))
        left = len(tasks)
        while left:
            while len(self._workers) < min(self._processes, left):
                self._workers.append(self._start())
            for worker in self._workers:
                if worker.ready and worker.task is None:
                    self._give(worker, waiting, tasks)
            for number, result in self._ended():
                left -= 1
                yield number, result

    def _give(self, worker: _Worker, waiting: Iterator[int], tasks: Sequence[Any]) -> None:
        number = next(waiting, None)
        if number is None:
            return
        worker.task = number
        worker.deadline = None if self._time_limit is None else time.monotonic() + self._time_limit
        with contextlib.suppress(OSError):  # it has died since; reading from it will tell
            worker.connection.send(tasks[number])

    def _ended(self) -> list[tuple[int, Any]]:
        """Wait until a process speaks, dies or has used up its time; return the tasks that ended."""
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        pause = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        spoken = wait([worker.connection for worker in self._workers], pause)
        ended: list[tuple[int, Any]] = []
        for worker in list(self._workers):
            number = worker.task
            if worker.connection in spoken:
                result = self._hear(worker)
            elif worker.deadline is not None and time.monotonic() >= worker.deadline:
                self._workers.remove(worker)
                worker.end()
                result = Stopped(f"it took longer than {self._time_limit:g} s", late=True)
            else:
                continue
            if number is not None:
                ended.append((number, result))
        return ended

    def _hear(self, worker: _Worker) -> Any:
        try:
            kind, value = worker.connection.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.process.join(1)
            cause = _cause(worker.end())
            if not worker.ready:
                raise BatchError(
                    f"a process could not start ({cause}); in a script of your own, start the run below "
                    "`if __name__ == '__main__':`, or use one process"
                ) from None
            return Stopped(cause)
        worker.ready = True
        worker.task = worker.deadline = None
        if kind == _RAISED:
            raise value
        return value

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._work, self._prepare), daemon=True)
        with _interrupts_ignored():  # Ctrl-C reaches the whole group; only the first process heeds it
            process.start()
        theirs.close()
        return _Worker(process, ours)


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(connection: Connection, work: Callable[[Any], Any], prepare: Callable[[], None] | None) -> None:
    """Do what comes over the connection until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare is not None:
        prepare()
    connection.send((_READY, None))
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            result = (_DONE, work(task))
        except Exception as error:  # raised again where it is read
            result = (_RAISED, error)
        connection.send(result)


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return f"ended by {name}" + (", as when memory runs out" if name == "SIGKILL" else "")
    return f"ended with exit code {code}"
