# SPDX-License-Identifier: Apache-2.0
"""Runs the tests: python3 tests/run.py [REPORT], where REPORT is a file in the form of Maven's surefire."""

import pathlib
import sys
import time
import unittest
from xml.sax.saxutils import quoteattr

HERE = pathlib.Path(__file__).resolve().parent
SUITE = "packages-python"


class Listed(unittest.TextTestResult):
    """Keeps the name of each test; a test with subtests that fail has failed."""

    def __init__(self, *settings, **more):
        super().__init__(*settings, **more)
        self.names = []

    def stopTest(self, test):
        super().stopTest(test)
        self.names.append(test.id())


def report(result, seconds):
    bad = {test.id(): text for test, text in result.failures + result.errors}
    # What broke outside of a test, such as an import, is a test of its own.
    bad = {getattr(name, "test_case", name): text for name, text in bad.items()}
    names = result.names + [name for name in bad if not any(name.startswith(known) for known in result.names)]
    skipped = {test.id(): why for test, why in result.skipped}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(
        f'<testsuite name="{SUITE}" time="{seconds:.3f}" tests="{len(names)}" errors="0"'
        f' failures="{sum(1 for name in names if is_bad(name, bad))}" skipped="{len(skipped)}">'
    )
    for name in names:
        inside = "<failure/>" if is_bad(name, bad) else ""
        if name in skipped:
            inside = f"<skipped message={quoteattr(skipped[name])}/>"
        lines.append(f'  <testcase classname="{SUITE}" name={quoteattr(name)}>{inside}</testcase>')
    return "\n".join(lines + ["</testsuite>", ""])


def is_bad(name, bad):
    """The id of a subtest begins with that of its test."""
    return any(one.startswith(name) for one in bad)


def main(arguments):
    sys.path[:0] = [str(HERE), str(HERE.parent / "src")]
    sys.dont_write_bytecode = True
    tests = unittest.defaultTestLoader.discover(str(HERE), top_level_dir=str(HERE))
    began = time.monotonic()
    result = unittest.TextTestRunner(resultclass=Listed, verbosity=1).run(tests)
    if arguments:
        target = pathlib.Path(arguments[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(report(result, time.monotonic() - began), encoding="utf-8")
    return 0 if result.wasSuccessful() and result.testsRun > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
