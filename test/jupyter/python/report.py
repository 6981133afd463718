"""Run the unittest classes of one module, or list them, one line of JSON a test: what vitest shows as its own tests.

usage: python report.py MODULE [--list]
"""

import importlib
import json
import sys
import time
import unittest


def tests_of(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from tests_of(item)
        else:
            yield item


def name_of(test):
    return f"{type(test).__name__}.{test._testMethodName}"


class JsonResult(unittest.TestResult):
    """Says how each test ended. A failed subtest, or class setup, fails what it belongs to."""

    def startTest(self, test):
        super().startTest(test)
        self.problems, self.skipped_because, self.started = [], None, time.perf_counter()

    def addError(self, test, err):
        text = self._exc_info_to_string(err, test)
        if isinstance(test, unittest.TestCase):
            self.problems.append(text)
        else:  # setUpClass failed: there is no test to report it
            say({"setup": str(test), "problem": text})

    addFailure = addError

    def addSkip(self, test, reason):
        self.skipped_because = reason

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.problems.append(f"{subtest}\n{self._exc_info_to_string(err, test)}")

    def stopTest(self, test):
        super().stopTest(test)
        say(
            {
                "test": name_of(test),
                "problem": "\n".join(self.problems) or None,
                "skipped": self.skipped_because,
                "seconds": round(time.perf_counter() - self.started, 3),
            }
        )


def say(line):
    print(json.dumps(line), flush=True)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(sys.argv[1]))
    if "--list" in sys.argv[2:]:
        for test in tests_of(suite):
            say({"test": name_of(test)})
    else:
        suite.run(JsonResult())


main()
