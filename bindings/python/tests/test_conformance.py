"""Recorded cases of a real store, asked of the Python package: the figures are those of the Rust runner.

Runs on the cases beside the package; on any folder of that format with ``pytest --cases DIR``.
"""

import json

import pytest

import magewright
from recorded.compare import Bindings, same
from recorded.files import figures, lines, overlaid, store
from recorded.refusals import is_refusal
from recorded.searches import Searches
from recorded.signatures import Signatures
from recorded.stage import NOW, Stage
from recorded.updates import Updates

LATEST = "2.4.7-p3"
RELEASES = ["2.4.6-p2", "2.4.7-p1", LATEST, "2.4.8-p1"]


def held(name, cases, holds, release=LATEST):
    """Holds the cases to the figure of the core: no more may fail than fail there."""
    if not cases:
        pytest.skip("no such cases in the folder")
    failed = [case["id"] for case in cases if not holds(case)]
    passed, total = figures(release)[name]
    print(f"{name} {len(cases) - len(failed)}/{len(cases)}")
    assert len(failed) <= total - passed, failed


def test_error_replies(cases):
    def holds(case):
        reply, text = case["reply"], isinstance(case["reply"], str)
        error = magewright.decode_error(case["status"], reply if text else json.dumps(reply))
        is_json = error.shape == "json"
        said = not text or error.shape == "xml" or error.template == reply.strip()
        return (
            said
            and error.status == case["status"]
            and (error.message if is_json else None) == case["rendered"]
            and ((error.errors or None) if is_json else None) == case.get("rendered_errors")
        )

    held("errors", lines(cases / "errors.jsonl"), holds)


def test_selected_fields(cases):
    def holds(case):
        if "message" in case["input"]:
            return case["input"] == case["output"]
        try:
            selected = magewright.select_fields(case["input"], case["fields"])
            return case["status"] == 200 and selected == case["output"]
        except magewright.MagewrightError as fatal:
            return case["status"] != 200 and str(fatal).strip() == case["output"].strip()

    held("fields", lines(cases / "fields.jsonl"), holds)


@pytest.mark.parametrize("release", RELEASES)
def test_creates(cases, release):
    there = store(cases, "state/create-customers.ndjson", release=release)

    def ordered(saved):
        if release == "2.4.8-p1" and saved:
            return saved | {"addresses": sorted(saved["addresses"], key=lambda address: str(address["id"]))}
        return saved

    def holds(case):
        body = case["raw_body"] if "raw_body" in case else json.dumps(case["body"]) if "body" in case else ""
        sent = {"content_type": case.get("content_type", "application/json"), "caller": case["caller"]}
        found = magewright.predict_post(case["path"], body, **sent, store=there)
        if found.refused is None:
            return case["status"] == 200 and same(ordered(found.saved), ordered(case["saved"]))
        return is_refusal(found.refused, case["status"], case["reply"]) and same(
            ordered(found.kept), ordered(case.get("saved"))
        )

    held("create", overlaid(cases, release, "create"), holds, release)


@pytest.mark.parametrize("release", RELEASES)
def test_updates(cases, release):
    held("update", overlaid(cases, release, "update"), Updates(cases, release).holds, release)


def test_searches(cases):
    held("search", lines(cases / "search.jsonl"), Searches(cases).holds)


@pytest.mark.parametrize("release", [LATEST, "2.4.8-p1"])
def test_signatures(cases, release):
    recorded = overlaid(cases, release, "oauth")
    held("oauth", recorded, Signatures(cases, recorded, release).holds, release)


def test_bulk_submissions(cases):
    recorded = lines(cases / "bulk.jsonl")
    with Stage(cases, accounts="state/update-customers.ndjson", password="Passw0rd!x") as stage:
        right, uuids = {}, {}

        def asked(case, endpoint):
            path = f"/rest/V1/bulk/{uuids[case['id']]}/{endpoint}"
            return stage.ask({"path": path, "caller": "admin"})[1]

        def is_so(case, name, endpoint):
            return name not in case or Bindings().same(case[name], asked(case, endpoint))

        for case in recorded:
            status, reply = stage.ask(case)
            uuids[case["id"]] = reply.get("bulk_uuid") if isinstance(reply, dict) else None
            submitted = status == case["status"] and Bindings().same(case["reply"], reply)
            right[case["id"]] = submitted and is_so(case, "open_status", "status")
        stage.sandbox.run_consumer()

        def holds(case):
            operations = "operations" not in case or Bindings().same(
                {"operations_list": case["operations"]},
                {"operations_list": asked(case, "status").get("operations_list")},
            )
            counts = case.get("operation_counts", {}).items()
            return (
                right[case["id"]]
                and operations
                and is_so(case, "final_status", "status")
                and is_so(case, "detailed_status", "detailed-status")
                and all(asked(case, f"operation-status/{of}") == count for of, count in counts)
            )

        held("bulk", recorded, holds)


def test_scenarios(cases):
    def holds(case):
        bindings = Bindings()
        with Stage(cases, config=case.get("config")) as stage:
            for second, step in enumerate(case["steps"]):
                # A second passes between two requests: tokens issued in the same one are equal.
                stage.sandbox.set_now(NOW + second)
                if step.get("action") == "run_consumer":
                    stage.sandbox.run_consumer()
                    continue
                status, body = stage.ask(step["request"], bindings)
                expected = step["response"]
                if status != expected["status"] or not bindings.same(expected["body"], body):
                    return False
        return True

    held("scenarios", lines(cases / "scenarios.jsonl"), holds)


def test_limits(cases):
    """In the order of their ids on customers 1 to 8, of which a case may change one."""
    with Stage(cases) as stage:
        for number in range(8):
            customer = {"email": f"pre{number}@example.test", "firstname": "A", "lastname": "B"}
            stage.ask({"method": "POST", "path": "/rest/V1/customers", "body": {"customer": customer}})
        customers = stage.sandbox.customers()

    def holds(case):
        nonlocal customers
        with Stage(cases, config=case["config"], accounts=customers) as stage:
            status, reply = stage.ask(case)
            customers = [customer for customer in stage.sandbox.customers() if customer["id"] <= 8]
        wanted = case["error"] if case.get("error") is not None else case["summary"]
        return status == case["status"] and same(wanted, reply if case.get("error") is not None else summary(reply))

    held("limits", sorted(lines(cases / "limits.jsonl"), key=lambda case: case["id"]), holds)


def summary(reply):
    """The counts of a reply: of a list, of a submission or of a customer."""
    if "search_criteria" in reply:
        return {key: reply[key] for key in ("total_count", "search_criteria")} | {"items": len(reply["items"])}
    if "request_items" in reply:
        return {"request_items": len(reply["request_items"])}
    return {key: len(reply.get(key, [])) for key in ("addresses", "custom_attributes")}
