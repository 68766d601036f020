"""The measurement of how many tweets go out a second, small: it works, and counts everything."""

import json
import os
import subprocess
import sys

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.xdist_group("processes")


class TestTheRate:
    def test_is_measured_on_real_workers(self) -> None:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "bench.dispatch"),
                *("--posts", "40", "--many", "60", "--workers", "2"),
            ],
            cwd=ROOT,
            env=os.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )
        assert done.returncode == 0, done.stderr
        (line,) = done.stdout.splitlines()
        said = json.loads(line)
        assert said["postgres"].keys() == said["from_due"].keys() == {"2"}
        assert said["sqlite"].keys() == {"1"}
        assert said["due_at_once"] == 60
        assert min(said["noop"], said["postgres"]["2"], said["sqlite"]["1"]) > 0
        # Nobody is held to a speed here, where other tests run at the same time.
        assert 0 < said["urgent_late"] < 30
