#!/usr/bin/env python3
"""Schemes as a unit meets them: every shipped one, and one that nobody here wrote, goes the whole road to the disc; the unit's own
layout goes over a self-check that is begun; what one self-check knows is offered to the next."""
import json
import pathlib
import subprocess

from zicha import SAMPLES, ZICHA, environment, main, run

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "schemes"
FIRE = FIXTURES / "fire-safety.xml"


def at(clock):
    return environment(ZICHA_CLOCK=clock.strip())


def filled(name, scheme, folder):
    """A self-check, filled by the sample in @folder, on the sample's own day."""
    env = at((folder / "clock").read_text())
    run("new", name, "--scheme", scheme, env=env)
    run("set", name, "--from", folder / "statements.txt", env=env)
    return env


def printed(folder):
    return "".join(subprocess.run(["pdftotext", str(path), "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
                   for path in sorted(pathlib.Path(folder).glob("*.pdf")))


def whole_road(scheme, folder):
    env = filled("s.zicha", scheme, folder)
    results = json.loads(run("preflight", "s.zicha", "--json", env=env))
    assert [r for r in results if r["level"] == "must"] == []
    unit = run("get", "s.zicha", "unit.name", env=env).strip()
    shown = json.loads(run("scheme", "show", scheme, "--json", env=env))
    code = run("seal", "s.zicha", env=env).strip()
    files = json.loads(run("report", "s.zicha", "-o", "docs", "--json", env=env))["files"]
    assert {d["id"] for d in shown["documents"]} <= {f["document"] for f in files}, files
    text = printed("docs").replace("\n", "").replace(" ", "")
    assert unit in text and code in text
    if any(d["confidence"] == "derived" for d in shown["documents"]):
        assert "非官方附件" in text, "a derived document says that it is none of the office's"
    run("keygen", "--office", "示例受理办公室", "-o", "office", env=env)
    run("pack", "s.zicha", "-o", "p.zcp", "--to", "office/office.crt", env=env)
    run("disc", "image", "p.zcp", "-o", "d.iso", env=env)
    answer = json.loads(run("verify", "d.iso", "--key", "office/office.key", "--code", code, "--json", env=env))
    assert answer["whole"] and answer["paper"] == "matches" and answer["unit"] == unit, answer


def road_of(scheme, folder):
    def test():
        whole_road(scheme, folder)
    test.__name__ = "road_of_" + folder.name
    return test


def scheme_of_strangers_is_checked_and_imported():
    run("scheme", "check", FIRE)
    run("scheme", "import", FIRE)
    assert "fire-2026" in {s["id"] for s in json.loads(run("schemes", "--json"))}
    shown = run("scheme", "show", "fire-2026")
    for words in ("F02  疏散演练", "fire.drills", "devices  消防设施台账", "R4", "plan for 2026-03-26", "2 copies",
                  "not the official attachment"):
        assert words in shown, words


def starter_becomes_a_scheme():
    run("scheme", "new", "mine.xml")
    run("scheme", "check", "mine.xml")
    run("new", "m.zicha", "--scheme", "mine.xml")
    run("scheme", "new", "mine.xml", status=2)


def check_tells_every_line():
    text = FIRE.read_text().replace("total('devices', 'broken')", "total('devices', 'brokn')").replace('fact="unit.staff"', 'fact="unit.stuff"')
    text = text.replace("num('fire.drills') >= 1 or", "num('fire.drills' >= 1 or")
    pathlib.Path("bad.xml").write_text(text)
    done = subprocess.run([ZICHA, "scheme", "check", "bad.xml", "--json"], env=environment(), stdout=subprocess.PIPE, check=False)
    assert done.returncode == 3
    wanted = {text[:text.index(word)].count("\n") + 1 for word in ("unit.stuff", "brokn", "'fire.drills' >= 1")}
    assert wanted <= {fault["line"] for fault in json.loads(done.stdout)}, done.stdout.decode()


OVERLAY = """<overlay for="fire-2026" version="1"><documents>
<document id="table" kind="form" style="form" title="官方检查表" confidence="form" file="jianchabiao"><title>官方检查表</title>
<table columns="4 8"><row><cell label="yes">单位</cell><cell fact="unit.name"/></row></table></document>
</documents></overlay>"""


def statements(file, env):
    """All but the record's own head: what the unit stated."""
    text = run("export", file, env=env)
    return text[text.index("<facts"):]


def layout_is_replaced_without_touching_answers():
    env = filled("s.zicha", FIRE, FIRE.with_suffix(""))
    before = statements("s.zicha", env)
    pathlib.Path("own.xml").write_text(OVERLAY)
    run("scheme", "apply", "s.zicha", "own.xml", env=env)
    assert statements("s.zicha", env) == before
    run("preflight", "s.zicha", env=env)
    run("report", "s.zicha", "-o", "docs", env=env)
    text = printed("docs").replace("\n", "")
    assert "官方检查表" in text and "消防安全检查表" not in text
    assert "消火栓" in text, "what the new layout has no cell for is in an annex"
    run("undo", "s.zicha", env=env)
    run("report", "s.zicha", "-o", "docs2", env=env)
    assert "消防安全检查表" in printed("docs2").replace("\n", "")


def layout_that_loses_answers_is_refused():
    env = filled("s.zicha", FIRE, FIRE.with_suffix(""))
    before = run("export", "s.zicha", env=env)
    pathlib.Path("other.xml").write_text(OVERLAY.replace("fire-2026", "xicheng-2016"))
    run("scheme", "apply", "s.zicha", "other.xml", status=3, env=env)
    less = FIRE.read_text()
    start = less.index('<fact id="fire.exits"')
    less = less[:start] + less[less.index("</fact>", start) + 7:]
    less = "\n".join(line for line in less.splitlines() if "fire.exits" not in line)
    pathlib.Path("less.xml").write_text(less)
    run("scheme", "check", "less.xml")
    said = run("scheme", "apply", "s.zicha", "less.xml", status=2, env=env)
    assert "fire.exits" in said, said
    run("scheme", "apply", "s.zicha", SAMPLES.parent / "schemes" / "xicheng-2016.xml", status=2, env=env)
    run("scheme", "apply", "s.zicha", status=2, env=env)
    assert run("export", "s.zicha", env=env) == before


def begun_with_the_units_layout():
    pathlib.Path("own.xml").write_text(OVERLAY)
    run("new", "s.zicha", "--scheme", FIRE, "--overlay", "own.xml")
    run("report", "s.zicha", "-o", "docs")
    assert "官方检查表" in printed("docs").replace("\n", "")


def second_scheme_is_prefilled_and_says_from_where():
    filled("first.zicha", "xicheng-2016", SAMPLES / "xicheng-2016")
    env = at((SAMPLES / "national-2016" / "clock").read_text())
    run("new", "second.zicha", "--scheme", "national-2016", "--from", "first.zicha", env=env)
    name = json.loads(run("get", "second.zicha", "unit.name", "--json", env=env))
    assert name["value"] == "示例区档案服务中心" and name["previous"] == name["value"] and "first.zicha" in name["from"], name
    carried = json.loads(run("carried", "second.zicha", "--json", env=env))
    places = {value["place"] for value in carried["values"]}
    assert "fact:unit.name" in places and any(place.startswith("row:systems/") for place in places), places
    assert carried["promises"] == [], "items of another scheme are other items"
    waiting = carried["unconfirmed"]
    assert waiting and not any(answer["shown"] for answer in waiting), "only items that ask for values have something to confirm"
    status = json.loads(run("status", "second.zicha", "--json", env=env))["all"]
    assert status["unconfirmed"] == len(waiting) and status["review"] == 0, status
    run("set", "second.zicha", waiting[0]["place"].replace("conformity", "confirmed"), "", env=env)
    assert len(json.loads(run("carried", "second.zicha", "--json", env=env))["unconfirmed"]) == len(waiting) - 1
    run("set", "second.zicha", "unit.name", "示例区档案馆", env=env)
    changed = json.loads(run("get", "second.zicha", "unit.name", "--json", env=env))
    assert changed["from"] is None and changed["previous"] == "示例区档案服务中心"


def last_years_answers_wait():
    filled("last.zicha", "xicheng-2016", SAMPLES / "xicheng-2016")
    words = (SAMPLES.parent / "schemes" / "xicheng-2016.xml").read_text()
    old = "建立信息安全责任制，责任落实到领导、部门和人员。"
    assert old in words
    pathlib.Path("next.xml").write_text(words.replace(old, "责任制落实到每一个人。"))
    env = at("2017-03-01T09:00:00+08:00")
    run("new", "next.zicha", "--scheme", "next.xml", "--from", "last.zicha", env=env)
    status = json.loads(run("status", "next.zicha", "--json", env=env))["all"]
    assert status["unconfirmed"] >= 40 and status["answered"] == 0, status
    said = run("status", "next.zicha", env=env)
    assert f"{status['not-applicable']} of " in said or f"{status['not-applicable'] + status['answered'] + status['problem']} of " in said, said

    carried = json.loads(run("carried", "next.zicha", "--json", env=env))
    assert len(carried["promises"]) == 3 and all(p["measure"] and p["due"] for p in carried["promises"]), carried["promises"]
    promise = carried["promises"][0]["place"]

    def asked():
        done = subprocess.run([ZICHA, "preflight", "next.zicha", "--json"], env=env, stdout=subprocess.PIPE, check=False)
        return {r["place"] for r in json.loads(done.stdout) if (r["level"], r["rule"]) == ("must", "promised")}

    assert asked() == {p["place"] for p in carried["promises"]} and all(p["waits"] for p in carried["promises"])
    run("set", "next.zicha", promise, carried["promises"][0]["state"], env=env)
    assert asked() == {p["place"] for p in carried["promises"]} - {promise}

    changed = [a for a in carried["unconfirmed"] if a["words-then"]]
    assert [a["place"] for a in changed] == ["answer:X08/conformity"]
    assert old in changed[0]["words-then"] and "责任制落实到每一个人。" in changed[0]["words-now"]

    evidence = SAMPLES / "xicheng-2016" / "evidence" / "zerenzhi-wenjian.pdf"
    run("attach", "next.zicha", "X08", evidence, env=env)
    assert json.loads(run("evidence", "next.zicha", "--json", env=env))[0]["same-as-last-year"]

    def results():
        done = subprocess.run([ZICHA, "preflight", "next.zicha", "--json"], env=env, stdout=subprocess.PIPE, check=False)
        return {(r["level"], r["rule"]) for r in json.loads(done.stdout) if r["place"] == "item:X08"}

    assert {("must", "confirmed"), ("should", "wording"), ("should", "former")} <= results(), results()
    run("set", "next.zicha", "X08", "yes", env=env)
    assert results() == {("should", "former")} | {r for r in results() if r[1] == "evidence"}, results()


def period_comes_from_notice_and_day():
    for scheme, clock, begin, end in (("xicheng-2016", "2016-07-01", "2016-01-01", "2016-12-31"),
                                      ("shenzhen-2013", "2014-06-30", "2014-01-01", "2014-06-30"),
                                      ("shenzhen-2013", "2014-07-01", "2014-07-01", "2014-12-31"),
                                      ("national-2016", "2018-02-01", "2018-01-01", "2018-12-31")):
        env = at(clock + "T09:00:00+08:00")
        name = f"{scheme}-{clock}.zicha"
        run("new", name, "--scheme", scheme, env=env)
        status = json.loads(run("status", name, "--json", env=env))
        assert (status["from"], status["to"]) == (begin, end), status
        assert run("get", name, "period.year", env=env).strip() == begin[:4]
    status = json.loads(run("status", "xicheng-2016-2016-07-01.zicha", "--json", env=at("2016-07-01T09:00:00+08:00")))
    assert (status["due"], status["plan"]) == ("2016-07-08", "2016-07-07"), status


def days_follow_the_period_and_the_calendar():
    """A standing duty is due at the end of its own half-year; the working day before a date is no holiday."""
    for clock, due, plan in (("2014-06-02", "2014-06-30", "2014-06-30"), ("2017-09-01", "2017-12-31", "2017-12-29")):
        env = at(clock + "T09:00:00+08:00")
        name = f"{clock}.zicha"
        run("new", name, "--scheme", "shenzhen-2013", env=env)
        status = json.loads(run("status", name, "--json", env=env))
        assert (status["due"], status["plan"]) == (due, plan), status
    run("set", name, "period.to", "2017-11-30", env=env)
    assert json.loads(run("status", name, "--json", env=env))["due"] == "2017-11-30"
    env = at("2019-05-20T09:00:00+08:00")
    run("new", "e.zicha", "--scheme", "beijing-education-2019", env=env)
    status = json.loads(run("status", "e.zicha", "--json", env=env))
    assert (status["due"], status["plan"]) == ("2019-06-10", "2019-06-06"), status


def rows_are_tried_before_they_are_taken():
    filled("s.zicha", "xicheng-2016", SAMPLES / "xicheng-2016")
    before = run("export", "s.zicha")
    run("ledger", "s.zicha", "systems", "export", "a.csv")
    run("ledger", "s.zicha", "systems", "import", "a.csv", "--replace")
    run("ledger", "s.zicha", "systems", "export", "b.csv")
    assert pathlib.Path("a.csv").read_bytes() == pathlib.Path("b.csv").read_bytes()
    run("undo", "s.zicha")
    lines = pathlib.Path("a.csv").read_text(encoding="utf-8-sig").splitlines()
    lines[2] = lines[2].replace("政务云平台", "月球")
    pathlib.Path("bad.csv").write_text("\n".join(lines) + "\n")
    seen = json.loads(run("ledger", "s.zicha", "systems", "import", "bad.csv", "--dry-run", "--json", status=1))
    assert [(f["row"], f["column"]) for f in seen["faults"]] == [(3, "建设方式")] and seen["good"] == seen["rows"] - 1, seen
    run("ledger", "s.zicha", "systems", "import", "bad.csv", status=3)
    assert run("export", "s.zicha") == before, "nothing is imported on error, or by a trial"
    run("ledger", "s.zicha", "systems", "import", "bad.csv", "--rows", "2", "--replace")
    run("ledger", "s.zicha", "systems", "export", "c.csv")
    assert len(pathlib.Path("c.csv").read_text().splitlines()) == 2


main([road_of(FIRE, FIRE.with_suffix(""))] +
     [road_of(folder.name, folder) for folder in sorted(SAMPLES.iterdir()) if folder.is_dir()] +
     [scheme_of_strangers_is_checked_and_imported, starter_becomes_a_scheme, check_tells_every_line,
      layout_is_replaced_without_touching_answers, layout_that_loses_answers_is_refused, begun_with_the_units_layout,
      second_scheme_is_prefilled_and_says_from_where, last_years_answers_wait, period_comes_from_notice_and_day,
      days_follow_the_period_and_the_calendar,
      rows_are_tried_before_they_are_taken])
