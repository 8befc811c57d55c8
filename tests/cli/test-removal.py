#!/usr/bin/env python3
"""The sample is ready to be sealed; take any one compulsory thing away and preflight names exactly that place."""
import xml.etree.ElementTree as tree

from zicha import main, must, run, run_json, sample

SCHEME = "xicheng-2016"


def record(file):
    return tree.fromstring(run("export", file))


def each_answer():
    file = sample()
    for answer in record(file).iter("answer"):
        if not answer.get("conformity") or answer.get("conformity") in ("partly", "no"):
            continue  # those have findings, which have a test of their own
        item = answer.get("item")
        run("set", file, item, "")
        found = must(file)
        assert [place for _, place, _ in found if item in place], (item, found)
        assert all(item in place or item in message for _, place, message in found), (item, found)
        run("undo", file)
    assert must(file) == []


def each_evidence():
    file = sample()
    needed = 0
    for entry in run_json("evidence", file):
        for item in entry["items"]:
            run("detach", file, str(entry["id"]), item)
            found = must(file)
            assert all(item in place for _, place, _ in found), (item, found)
            needed += bool(found)
            run("undo", file)
    assert needed >= 3, "the scheme asks for compulsory evidence"
    assert must(file) == []


def each_finding_field():
    file = sample()
    for finding in record(file).iter("finding"):
        for field in ("problem", "measure", "person", "due"):
            place = f"finding:{finding.get('id')}/{field}"
            run("set", file, place, "")
            found = must(file)
            assert [p for _, p, _ in found if p == place], (place, found)
            run("undo", file)
    assert must(file) == []


def each_required_fact():
    file = sample()
    taken = 0
    for fact in record(file).iter("fact"):
        if fact.get("derived"):
            continue
        place = "fact:" + fact.get("id")
        run("set", file, place, "")
        found = must(file)
        if found:
            taken += 1
            assert [p for _, p, m in found if p == place], (place, found)
        run("undo", file)
    assert taken >= 20, taken
    assert must(file) == []


main([each_answer, each_evidence, each_finding_field, each_required_fact])
