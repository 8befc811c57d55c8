# SPDX-License-Identifier: GPL-3.0-or-later
"""What a sample unit states, in the order and under the names in which the window asks for it."""
import json
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

# What every finding is asked for, and every item (src/core/inspection/zc-fields.c): the printed words, so Chinese always.
FINDING = {
    "source": ("choice", "问题来源", {"detect": "技术检测", "self": "单位自查", "monitor": "日常监测"}),
    "problem": ("prose", "存在问题", {}),
    "severity": ("choice", "风险等级", {"high": "高", "medium": "中", "low": "低"}),
    "measure": ("prose", "整改措施", {}),
    "person": ("text", "责任人", {}),
    "due": ("date", "完成时限", {}),
    "state": ("choice", "整改状态", {"open": "未整改", "doing": "整改中", "done": "已整改"}),
}
CONFORMITY = {"yes": "符合", "partly": "部分符合", "no": "不符合", "na": "不适用"}
REASON, NOTE = "不适用的理由", "说明"


class Field:
    """A field as the window shows it."""

    def __init__(self, kind, label, options):
        self.kind, self.label, self.options = kind, label, options


class Plan:
    """The scheme, and the statements to be made: places and values, evidence with the items it is for."""

    def __init__(self, zicha, root, scheme, statements):
        shown = subprocess.run([zicha, "scheme", "show", scheme, "--json"], check=True, capture_output=True, text=True).stdout
        self.scheme = json.loads(shown)
        self.title = self.scheme["title"]
        self.items = self.scheme["items"]
        self.options = read_options(os.path.join(root, "data/schemes"), scheme)
        self.values, self.evidence = {}, []
        for line in statements.splitlines():
            cells = line.split("\t")
            if line.startswith("#") or len(cells) < 2:
                continue
            if re.fullmatch(r"evidence:\d+", cells[0]):
                self.evidence.append((cells[0], cells[1].split(","), cells[2]))
            else:
                self.values[cells[0]] = cells[1].replace("\\n", "\n")

    def get(self, place):
        return self.values.get(place, "")

    def fields(self, facts, asked):
        """The facts that are stated and asked for: (place, field, value)."""
        for fact in facts:
            place = f"fact:{fact['id']}"
            if place in self.values and fact["id"] in asked and not fact["select"]:
                yield place, Field(fact["type"], fact["label"], self.options.get(fact["id"], {})), self.values[place]

    def unit_facts(self):
        of_items = {field["id"] for item in self.items for field in item["fields"]}
        return list(self.fields(self.scheme["facts"], {f["id"] for f in self.scheme["facts"]} - of_items))

    def item_facts(self, item):
        return list(self.fields(item["fields"], {field["id"] for field in item["fields"]}))

    def ledgers(self):
        """Every ledger with rows: (label, first column, rows), a row: [(place, field, value)] of its columns."""
        for ledger in self.scheme["ledgers"]:
            rows = []
            numbers = [int(p.split("/")[1]) for p in self.values if p.startswith(f"row:{ledger['id']}/")]
            for number in sorted(numbers):
                row = []
                for column in ledger["columns"]:
                    place = f"cell:{ledger['id']}/{number}/{column['id']}"
                    options = self.options.get((ledger["id"], column["id"]), {})
                    if place in self.values:
                        row.append((place, Field(column["type"], column["label"], options), self.values[place]))
                rows.append(row)
            if rows:
                yield ledger["label"], ledger["columns"][0]["label"], rows

    def findings(self, item):
        """The findings of an item: [(number, [(place, field, value)])]."""
        out = []
        for place, value in self.values.items():
            match = re.fullmatch(r"finding:(\d+)/item", place)
            if match and value == item:
                number = int(match.group(1))
                out.append((number, [(f"finding:{number}/{name}", Field(*FINDING[name]), self.get(f"finding:{number}/{name}"))
                                     for name in FINDING]))
        return out

    def without(self, *places):
        for place in places:
            del self.values[place]
        return self

    def statements(self):
        """All of it as `zicha set --from` reads it."""
        lines = [f"{place}\t{','.join(items)}\t{name}" for place, items, name in self.evidence]
        lines += [f"{place}\t{value}".replace("\n", "\\n") for place, value in self.values.items()]
        return "\n".join(lines) + "\n"


def read_options(folder, scheme):
    """What the options of every choice are called: by the fact's id, or by the ledger's and the column's."""
    out = {}
    for name in ("facts", scheme):
        tree = ElementTree.parse(os.path.join(folder, f"{name}.xml"))
        for fact in tree.iter("fact"):
            if fact.find("option") is not None:
                out[fact.get("id")] = options_of(fact)
        for ledger in [*tree.iter("ledger"), *tree.iter("use")]:
            for column in ledger.iter("column"):
                out[ledger.get("id") or ledger.get("ledger"), column.get("id")] = options_of(column)
    return out


def options_of(element):
    return {option.get("id"): option.text for option in element.findall("option")}


def content_of(record):
    """What a record states, without what differs each time: when it was begun, its nonce, the numbers of the files."""
    root = ElementTree.fromstring(record)
    for name in ("created", "id", "nonce"):
        root.attrib.pop(name, None)
    files = root.find("evidence")
    for file in list(files):
        file.attrib.pop("id", None)
    files[:] = sorted(files, key=lambda file: file.get("name"))
    return ElementTree.tostring(root, encoding="unicode").replace("><", ">\n<").splitlines()
