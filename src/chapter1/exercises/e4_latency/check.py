"""Checks exercise 4: latency without self-deception. No time passes: the clock is virtual."""

import math
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from exercises import Misconception, Wrong

MEASURING = "networking/measuring_latency.md"

INVENTED = Misconception(
    "A percentile by nearest rank is one of the samples.",
    "This value was never measured. statistics.quantiles and friends draw a line between two"
    " samples, or beyond the last. With few samples, that line is a guess.",
    MEASURING,
)
ONE_TOO_FAR = Misconception(
    "Ranks count from 1, indexes from 0.",
    "The rank is ceil(percent * n / 100), and the sample with rank r stands at index r - 1. Without"
    " the -1 every percentile is one sample too slow, and P100 does not exist.",
    MEASURING,
)
ROUNDED = Misconception(
    "A rank is rounded up.",
    "percent of the samples must not exceed the result. Rounded down, or to the nearest, the rank"
    " is too low whenever it is no whole number.",
    MEASURING,
)
FRACTION = Misconception(
    "0.55 * 100 is a little more than 55.",
    "A float is rarely the decimal number you wrote, and ceil turns the smallest excess into a"
    " whole rank. Multiply the integers first: percent * n, then divide by 100.",
    MEASURING,
)
UNSORTED = Misconception(
    "Samples arrive in the order of time, not of size.",
    "A rank means something only after sorting.",
    MEASURING,
)
CHANGED = Misconception(
    "A question must not change its object.",
    "list.sort() sorts the list of your caller, as in JavaScript. sorted() makes a new one.",
    "python/for_javascript_readers.md",
)
OTHER_CLOCK = Misconception(
    "Measure with the clock you are given.",
    "On a virtual clock a second costs nothing, and every run gives the same figures. A call of"
    " time.time() or time.perf_counter() inside makes the function untestable.",
    MEASURING,
)
COLD_INSIDE = Misconception(
    "The first request pays for the connection.",
    "Name resolution, handshake, empty caches: it measures something else than the others do."
    " Report it, and leave it out of the percentiles.",
    MEASURING,
)
FAILED_INSIDE = Misconception(
    "A quick failure is not a quick answer.",
    "A refused connection takes no time, so a service looks faster the more it fails. Count"
    " failures apart, by status and by exception.",
    MEASURING,
)
FAILED_LOST = Misconception(
    "A failed request is a result.",
    "It has a duration, and whoever reads the report must see how many there were. An exception of"
    " one request must not end the measurement, nor vanish in it.",
    MEASURING,
)
TOO_FEW = Misconception(
    "Below a few hundred samples, P99 is a guess.",
    "Among 100 requests, a slow one in a hundred is missing one time in three. With 300 at least"
    " one is there with odds of 95 percent. Below that, say None. Count only what goes into it.",
    MEASURING,
)
WITHHELD = Misconception(
    "With 300 samples there is a P99.",
    "Fewer than 300 means None; exactly 300 is enough. P50 and P95 need fewer.",
    MEASURING,
)
Step = tuple[float, int | None]  # seconds, status; None: no answer at all


def test_percentile(solution: ModuleType) -> None:
    """A percentile is the sample with rank ceil(percent * n / 100); asking changes no sample."""
    samples = [30.0, 10.0, 50.0, 20.0, 40.0]
    given = list(samples)
    for percent in (50, 40, 30, 95, 100):
        done = f"percentile([30, 10, 50, 20, 40], {percent})"
        try:
            came = solution.percentile(given, percent)
        except IndexError as problem:
            raise Wrong(ONE_TOO_FAR, done=done, came=f"IndexError: {problem}") from problem
        if given != samples:
            raise Wrong(CHANGED, done=done, came=f"The list is {given} now.")
        rank = math.ceil(percent * 5 / 100)
        if came != rank * 10:
            wrong = f"{came}, not {rank * 10}"
            raise Wrong(why(came, samples, percent), done=done, came=wrong)
    hundred = [float(number) for number in range(1, 101)]
    for percent in (55, 7, 99):
        came = solution.percentile(hundred, percent)
        if came != percent:
            done = f"percentile([1, 2, … 100], {percent})"
            known = FRACTION if came == percent + 1 else why(came, hundred, percent)
            raise Wrong(known, done=done, came=f"{came}, not {percent}")


def test_virtual_clock(solution: ModuleType) -> None:
    """All times come from the clock it is given."""
    report = measured(solution, [(0.5, 200)] + [(0.02, 200)] * 10)
    if not near(report.cold, 0.5) or not near(report.p50, 0.02):
        done = "A cold request of 0.5 s and ten of 0.02 s, on a virtual clock."
        if near(report.p50, 0.02):
            raise Wrong(COLD_INSIDE, done=done, came=f"cold is {said(report.cold)}")
        raise Wrong(
            OTHER_CLOCK, done=done, came=f"cold is {said(report.cold)}, p50 is {said(report.p50)}"
        )


def test_cold(solution: ModuleType) -> None:
    """The first request is reported as cold and goes into no percentile."""
    report = measured(solution, [(0.9, 200)] + [(0.02, 200)] * 10)
    if not near(report.cold, 0.9) or not near(report.p95, 0.02):
        done = "A cold request of 0.9 s and ten of 0.02 s."
        raise Wrong(
            COLD_INSIDE, done=done, came=f"cold is {said(report.cold)}, p95 is {said(report.p95)}"
        )


def test_failed(solution: ModuleType) -> None:
    """Failed requests, by status or by exception, are listed apart and go into no percentile."""
    steps: list[Step] = [(0.5, 200), *[(0.001, None), (0.002, 503), (0.03, 200), (0.03, 404)] * 4]
    done = "A cold request; 8 of 0.03 s; 4 without an answer after 1 ms; 4 with 503 after 2 ms."
    try:
        report = measured(solution, steps)
    except OSError as problem:
        raise Wrong(FAILED_LOST, done=done, came=f"{type(problem).__name__} ends it.") from problem
    came = f"failed holds {len(report.failed)} requests, p50 is {said(report.p50)}"
    if not near(report.p50, 0.03):
        raise Wrong(FAILED_INSIDE, done=done, came=came)
    if len(report.failed) != 8 or not near(sum(report.failed), 4 * 0.001 + 4 * 0.002):
        raise Wrong(FAILED_LOST, done=done, came=came)


def test_p99(solution: ModuleType) -> None:
    """p99 is None below 300 warm, successful requests, and a value from 300 on."""
    steps = [(0.02, 200)] * 296 + [(0.2, 200)] * 4
    report = measured(solution, [(0.5, 200), *steps])
    if not near(report.p99, 0.2):
        done = "A cold request, 296 of 0.02 s, 4 of 0.2 s."
        raise Wrong(WITHHELD, done=done, came=f"p99 is {said(report.p99)}, not 0.200 s")
    for done, fewer in (
        ("A cold request, and 99 warm ones.", [(0.5, 200), *steps[:99]]),
        ("A cold request, and 299 warm ones.", [(0.5, 200), *steps[1:]]),
        ("A cold request, 299 that succeed, 50 that fail.", [*steps[:300], *[(0.01, 503)] * 50]),
    ):
        report = measured(solution, fewer)
        if report.p99 is not None:
            raise Wrong(TOO_FEW, done=done, came=f"p99 is {said(report.p99)}, not None")
        if report.p95 is None or report.p50 is None:
            raise Wrong(
                WITHHELD, done=done, came=f"p50 is {said(report.p50)}, p95 is {said(report.p95)}"
            )


def measured(solution: ModuleType, steps: Sequence[Step]) -> Any:  # noqa: ANN401 — the reader's class
    """Let the solution measure requests that take as long as `steps` say."""
    send, now = service(steps)
    return solution.measure(send, now, len(steps))


def service(steps: Sequence[Step]) -> tuple[Callable[[], int], Callable[[], float]]:
    """Return a service that answers in the given times, and the clock that it moves."""
    clock = 1000.0
    left = iter(steps)

    def send() -> int:
        nonlocal clock
        seconds, status = next(left)
        clock += seconds
        if status is None:
            raise ConnectionRefusedError("nobody listens")
        return status

    return send, lambda: clock


def why(came: float, samples: list[float], percent: int) -> Misconception:
    """Name the mistake behind a wrong percentile."""
    if came not in samples:
        return INVENTED
    rank = math.ceil(percent * len(samples) / 100)
    if came == samples[rank - 1]:
        return UNSORTED
    return ONE_TOO_FAR if came > sorted(samples)[rank - 1] else ROUNDED


def said(value: float | None) -> str:
    """Return a time as a reader wants to see it."""
    return "None" if value is None else f"{value:.3f} s"


def near(value: float | None, wanted: float) -> bool:
    """Compare two times, to a microsecond."""
    return value is not None and math.isclose(value, wanted, abs_tol=1e-6)
