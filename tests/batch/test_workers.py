import math
import os
import signal
import time
from functools import partial
from operator import call

import pytest

from policytext.batch.workers import Stopped, Workers
from policytext.errors import AnalysisError, BatchError


def crash(code):
    return partial(os._exit, code)


def raises(error):
    return partial(exec, "raise error", {"error": error})


def results(tasks, **options):
    with Workers(call, **{"processes": 2, **options}) as workers:
        return dict(workers.run(tasks))


def test_each_task_gives_its_own_result():
    assert results([partial(math.sqrt, number**2) for number in range(7)]) == dict(enumerate(map(float, range(7))))


def test_no_task_needs_no_process():
    assert results([]) == {}


@pytest.mark.parametrize(
    ("task", "cause"),
    [
        pytest.param(crash(7), "ended with exit code 7", id="leaves"),
        pytest.param(os.abort, "ended by SIGABRT", id="aborts"),
        pytest.param(
            partial(signal.raise_signal, signal.SIGKILL), "ended by SIGKILL, as when memory runs out", id="killed"
        ),
    ],
)
def test_a_task_that_kills_its_process_costs_nothing_else(task, cause):
    found = results([partial(abs, -1), task, partial(abs, -3), partial(abs, -4)])
    assert found == {0: 1, 1: Stopped(cause), 2: 3, 3: 4}


def test_a_task_that_hangs_is_ended_and_the_others_finish():
    begun = time.monotonic()
    found = results([partial(time.sleep, 600), partial(abs, -2), partial(abs, -3)], time_limit=0.5)
    assert found == {0: Stopped("it took longer than 0.5 s", late=True), 1: 2, 2: 3}
    assert time.monotonic() - begun < 30


def test_preparing_is_not_charged_to_the_first_task():
    assert results([partial(abs, -2)], prepare=partial(time.sleep, 1), time_limit=0.8) == {0: 2}


def test_an_error_of_a_task_is_raised_here():
    with pytest.raises(AnalysisError, match="no such column"):
        results([raises(AnalysisError("no such column"))])


def test_a_process_that_cannot_start_is_told():
    with pytest.raises(BatchError, match=r"a process could not start \(ended with exit code 3\)"):
        results([partial(abs, -2)], prepare=crash(3))


def test_leaving_ends_all_processes():
    with Workers(call, processes=2) as workers:
        running = workers.run([partial(abs, -1), partial(time.sleep, 600)])
        assert next(running) == (0, 1)
        processes = [worker.process for worker in workers._workers]
        running.close()
    assert [process.is_alive() for process in processes] == [False, False]
