"""``/metrics``: figures for a monitoring system, in the text form of Prometheus.

Routes by name, counts, times; never an address, an id or a name.

Only for whoever brings FENER_METRICS_TOKEN (``Authorization: Bearer ...``); without one, or with a wrong one, it is not
there. The counts are of the whole node, and small ones say that something happened just now: the token is for those who
watch the machine, and for nobody who should not know that.

With several processes each counts its own requests; ``fener serve`` gives them one folder (PROMETHEUS_MULTIPROC_DIR),
and any of them answers for all.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from fener.casework.selectors.queues import queue_lengths
from fener.contact.selectors import queues as contact_queues
from fener.trust import runs
from fener.trust.standing import node_level

# Of our own: the library's default one tells about the process and the interpreter.
REGISTRY = CollectorRegistry()
LABELS = ("route", "method", "status")
REQUESTS = Counter("fener_requests", "Requests answered", LABELS, registry=REGISTRY)
SECONDS = Histogram(
    "fener_request_seconds",
    "Time until an answer was ready",
    ("route",),
    buckets=(0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0),
    registry=REGISTRY,
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    """``route``: its name. Anybody can make up a method, so unknown ones are one."""
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)


class NodeFigures(Collector):
    """What the database says, asked at the moment of the scrape."""

    def collect(self) -> Iterator[Metric]:
        """Queues, and when the work of timers was last done (seconds since 1970)."""
        with node_level(reason="counts of the whole node, without anything of a case"):
            now = timezone.now()
            queues = queue_lengths(now) | contact_queues.queue_lengths(now)
            done = {name: runs.last_run(name) for name in (runs.TICK, runs.BACKUP)}
        waiting = GaugeMetricFamily("fener_waiting", "What waits for an answer, by queue", labels=("queue",))
        for name, count in sorted(queues.items()):
            waiting.add_metric([name], count)
        yield waiting
        last = GaugeMetricFamily("fener_last_run_timestamp_seconds", "When it last ended well", labels=("job",))
        for name, run in done.items():
            if run is not None:
                last.add_metric([name], run.at.timestamp())
        yield last
        program = GaugeMetricFamily("fener_build_info", "The program's version", labels=("version",))
        program.add_metric([_version()], 1)
        yield program


def _version() -> str:
    try:
        return version("fener")
    except PackageNotFoundError:
        return "unknown"


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 unless the token fits."""
    token, brought = settings.FENER_METRICS_TOKEN, request.headers.get("Authorization", "")
    if not token or not secrets.compare_digest(f"Bearer {token}".encode(), brought.encode()):
        raise Http404
    figures = CollectorRegistry()
    figures.register(NodeFigures())
    counted = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(counted) + generate_latest(figures), content_type=CONTENT_TYPE)
