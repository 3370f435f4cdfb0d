"""Prints "N passed, N failed" for one run of `bazel test`, counted in test cases.

Usage: count_tests.py EVENTS STATUS, with the file that --build_event_json_file wrote and Bazel's exit status. Cases that
were skipped or disabled count on neither side. A test that could not be built or wrote no readable result counts as one
failed case, as does a run that failed for any other reason.
"""

import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree

NO_TESTS_FOUND = 4  # Bazel's exit status


def count_cases(xml_path):
    """Returns (passed, failed) of one test.xml, in GoogleTest's form or in the one that Bazel writes for other tests."""
    passed = failed = 0
    for case in ElementTree.parse(xml_path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.get("status") != "notrun" and case.get("result") not in ("skipped", "suppressed"):
            passed += 1
    return passed, failed


def count_result(result):
    """Returns (passed, failed) of one run of one test target."""
    succeeded = result.get("status") in ("PASSED", "FLAKY")
    passed = failed = 0
    for output in result.get("testActionOutput", []):
        if output.get("name") == "test.xml":
            try:
                passed, failed = count_cases(urllib.parse.unquote(urllib.parse.urlparse(output["uri"]).path))
            except (OSError, ElementTree.ParseError):
                passed = 1 if succeeded else 0
    if not succeeded and failed == 0:
        failed = 1  # for example a leak found after the last case
    return passed, failed


def main():
    results, broken = {}, set()
    with open(sys.argv[1], encoding="utf-8") as events:
        for line in events:
            event = json.loads(line)
            identity = event.get("id", {})
            if "testResult" in event:
                key = identity["testResult"]
                # A later attempt takes the place of an earlier one.
                results[key["label"], key.get("run"), key.get("shard")] = count_result(event["testResult"])
            elif "targetCompleted" in identity and not event.get("completed", {}).get("success"):
                broken.add(identity["targetCompleted"]["label"])
    broken -= {label for label, _, _ in results}
    passed = sum(result[0] for result in results.values())
    failed = sum(result[1] for result in results.values()) + len(broken)
    if failed == 0 and int(sys.argv[2]) not in (0, NO_TESTS_FOUND):
        failed = 1
    print(f"{passed} passed, {failed} failed")


if __name__ == "__main__":
    main()
