"""Runs the fault suite: `make faults`, `make faults FULL=1`, `make faults-guards`."""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests import servers

if TYPE_CHECKING:
    from tests.faults.suite.judge import Verdict

# So many times shorter than in production are the protocol's waiting times.
SCALE = 20.0
LOG = servers.ROOT / "var" / "faults-full.jsonl"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults.suite",
        description="Kill, stop, starve and race real processes; the ledger is the judge."
        " Prints one line of JSON; ends with 1 when anything happened that never may.",
    )
    parser.add_argument("--only", nargs="*", metavar="F7", help="these scenarios (or guards) alone")
    parser.add_argument("--on", choices=["postgresql", "sqlite"], help="this database alone")
    parser.add_argument("--publisher", choices=["token", "lookup", "blind"])
    parser.add_argument("--remove", metavar="GUARD", default="", help="without this guard")
    parser.add_argument("--scale", type=float, default=SCALE, help="1 is production")
    parser.add_argument("--control", choices=["eta"], help="the usual design, which must fail")
    parser.add_argument("--guards", action="store_true", help="without each guard in turn")
    parser.add_argument("--full", action="store_true", help="100,000 tweets and 5,000 deaths")
    parser.add_argument("--rounds", type=int, default=0, help="of a full run, so many at most")
    parser.add_argument("--log", type=Path, default=LOG, help="where a full run goes on from")
    return parser.parse_args()


def as_line(verdict: "Verdict", seconds: float) -> str:
    """The result as its one line of JSON."""
    from tests.faults.suite.judge import COUNTS

    late = verdict.late or [0.0]
    p95 = statistics.quantiles(late, n=20, method="inclusive")[-1] if len(late) > 1 else late[0]
    return json.dumps(
        {
            **{name: getattr(verdict, name) for name in COUNTS},
            "lateness_p50": round(statistics.median(late), 3),
            "lateness_p95": round(p95, 3),
            "lateness_max": round(max(late), 3),
            "seconds": round(seconds, 1),
        }
    )


def main() -> int:
    asked = arguments()
    began = time.monotonic()
    run = servers.TestServers.start()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["BLUELAMP_DATA"] = str(servers.run_folder())
    django.setup()
    # After Django: it is the suite that knows the product, not this file.
    from tests.faults.suite import running
    from tests.faults.suite.judge import Verdict

    total = Verdict()
    try:
        if asked.guards:
            return 0 if running.without_each(run, asked) else 1
        if asked.full:
            log = running.Log(asked.log)
            total, seconds = running.full(run, asked, log, rounds_at_most=asked.rounds)
        else:
            for verdict in running.short(run, asked):
                total.add(verdict)
            seconds = time.monotonic() - began
    finally:
        run.stop()
    print(as_line(total, seconds))  # noqa: T201  it is what this prints
    return 0 if total.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
