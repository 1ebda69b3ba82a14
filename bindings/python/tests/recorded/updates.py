"""Recorded updates, predicted."""

import re

import magewright

from .compare import same, tidy
from .files import RECORDED, lines, profile
from .refusals import is_refusal

PATH = re.compile(r"/rest/(?:(?!V1|async)([^/?]+)/)?[^?]*?([^/?]*)(?:\?.*)?\Z")


class Updates:
    """The store that updates were sent to."""

    def __init__(self, folder, release):
        customers = lines(folder / "state/update-customers.ndjson")
        self.known = {customer["id"] for customer in customers}
        self.addresses = {address["id"] for customer in customers for address in customer["addresses"]}
        options = {"profile": profile(folder), "accounts": customers, "now": RECORDED, "release": release}
        self.at = lambda scope: magewright.Store(**options, scope=scope)
        self.stores = {}

    def holds(self, case):
        """Whether a case is predicted whole: reply, customers changed, operations of the queue."""
        scope, last = PATH.match(case["path"]).groups()
        if scope not in self.stores:
            self.stores[scope] = self.at(scope)
        asked = {"caller": case["caller"], "store": self.stores[scope]}
        if case["mode"] == "bulk":
            found = magewright.predict_update_in_bulk(case.get("body"), **asked)
            answered = self.queued(found, case)
        else:
            route = {"route": "me"} if case["mode"] == "me" else {"route": "id", "path_id": last}
            found = magewright.predict_update(case["before"], case.get("body"), **route, **asked)
            answered = self.replied(found, case)
        return answered and self.left(found.customers, case)

    def replied(self, found, case):
        if found.refused is None:
            return case["status"] == 200 and same(self.settled(found.saved), self.settled(case["reply"]))
        return is_refusal(found.refused, case["status"], case["reply"], self.assigned)

    def queued(self, found, case):
        if found.refused is not None:
            return case["http_status"] == found.refused.status and is_refusal(found.refused, case["status"], case["reply"])
        told = [
            {"status": one.status, "error_code": one.error_code, "result_message": self.masked(one.message)}
            for one in found.operations
        ]
        listed = [{"id": at} | one for at, one in enumerate(told)]
        first = told[0] if told else {}
        reply = case.get("reply")
        if first:
            reply = {"status": case["status"]} | reply | {"result_message": self.masked(reply["result_message"])}
        return (
            case["http_status"] == 202
            and (not first or same(first, reply))
            and ("operations" not in case or same(listed, self.operations(case["operations"])))
        )

    def operations(self, recorded):
        return [one | {"result_message": self.masked(one["result_message"])} for one in recorded]

    def left(self, changed, case):
        """Whether the case's own customer, others and new ones are as recorded."""
        own = next((one for one in changed if one.get("id") == case["before"]["id"]), case["before"])
        new = [one for one in changed if isinstance(one.get("id"), str)]
        others = [one for one in changed if one is not own and one not in new]
        return (
            same(self.settled(own), self.settled(case["after"]))
            and same([*map(self.settled, others)], [*map(self.settled, case.get("other_after", []))])
            and same(self.settled(new[0]) if new else None, self.settled(case.get("created")))
        )

    def settled(self, customer):
        """A customer without what is the recorder's choice: the order of addresses, defaults that are nobody's."""
        if not isinstance(customer, dict):
            return customer
        made = tidy(customer)
        made["addresses"] = sorted(made.get("addresses", []), key=lambda address: str(address.get("id")))
        own = {str(address.get("id")) for address in made["addresses"]}
        for key in ("default_billing", "default_shipping"):
            value = str(made.get(key))
            new = value.startswith("<new") or (value.isdigit() and int(value) > 1000 and int(value) not in self.addresses)
            if key in made and value not in own and new:
                made[key] = "<dangling>"
        return made

    def assigned(self, parameters):
        """Parameters without the id of a customer that the save had begun to create."""
        if isinstance(parameters, dict) and isinstance(parameters.get("customer_id"), int):
            if parameters["customer_id"] not in self.known:
                return parameters | {"customer_id": "<id>"}
        return parameters

    def masked(self, message):
        def mask(found):
            return found[0] if found[1].isdigit() and int(found[1]) in self.known else 'customer ID "<id>"'

        return re.sub(r'customer ID "([^"]*)"', mask, message or "")
