"""The measurement of lateness, small: it works, and the worker is not late by much."""

import json
import os
import subprocess
import sys

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.xdist_group("processes")
# What the product promises at most, in seconds.
PROMISED = 5.0


class TestLateness:
    def test_is_measured_on_a_real_worker_without_a_broker(self) -> None:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "bench.lateness", "--without-broker"),
                *("--tweets", "5", "--seconds", "2"),
            ],
            cwd=ROOT,
            env=os.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        assert done.returncode == 0, done.stderr
        (line,) = done.stdout.splitlines()
        said = json.loads(line)
        assert (said["n"], said["broker"]) == (5, "away")
        assert 0 <= said["p50"] <= said["p95"] <= said["max"] <= PROMISED
