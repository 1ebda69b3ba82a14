"""Recorded searches, answered."""

import magewright

from .compare import same
from .files import lines, store
from .refusals import is_refusal


class Searches:
    """The store that searches were sent to."""

    def __init__(self, folder):
        self.store = store(folder, "search-data.ndjson")
        self.customers = {customer["id"]: customer for customer in lines(folder / "search-data.ndjson")}

    def holds(self, case):
        """Whether a query is read, answered and written again as recorded."""
        read = magewright.decode_criteria(case["query"])
        if read.refused is not None:
            return is_refusal(read.refused, case["status"], case.get("error"))
        found = magewright.answer_search(read.criteria, store=self.store)
        if isinstance(found, magewright.Refusal):
            return is_refusal(found, case["status"], case.get("error"))
        return (
            case["status"] == 200
            and found["total_count"] == case["total_count"]
            and same(found["search_criteria"], case["criteria"])
            and self.rows(case, read.criteria, found)
            and self.items(case, found)
            and self.read_back(read)
        )

    def rows(self, case, criteria, found):
        """Ids in order where the order is total, else as a set; of one page of many only what may stand there."""
        ids, expected = [item["id"] for item in found["items"]], case["ids"]
        if case["ordered"]:
            return ids == expected
        if len(expected) == found["total_count"]:
            return sorted(ids) == sorted(expected)
        whole = {key: value for key, value in criteria.items() if key not in ("page_size", "current_page")}
        matching = [item["id"] for item in magewright.answer_search(whole, store=self.store)["items"]]
        return len(ids) == len(expected) and set(expected) <= set(matching)

    def items(self, case, found):
        """Whether the items that a search lists otherwise than a GET are those recorded, and listed so."""
        listed = {item["id"]: item.get("custom_attributes", []) for item in found["items"]}

        def differs(id):
            return not self.alike(self.customers[id].get("custom_attributes", []), listed[id])

        there = [id for id in case["ids"] if id in listed]
        expected = case.get("items_differ") or []
        attributes = (case.get("item_attributes") or {}).items()
        return sorted(filter(differs, there)) == sorted(id for id in expected if id in listed) and all(
            self.alike(recorded, listed[int(id)]) for id, recorded in attributes if int(id) in listed
        )

    @staticmethod
    def alike(one, other):
        return same({"custom_attributes": one}, {"custom_attributes": other})

    @staticmethod
    def read_back(read):
        queries = (magewright.encode_criteria(read.criteria, spelling=spelling) for spelling in ("camel", "snake"))
        forms = [magewright.decode_criteria(query).criteria for query in queries]
        forms.append(magewright.Criteria(read.text).to_dict())
        return all(same(form, read.criteria) for form in forms)
