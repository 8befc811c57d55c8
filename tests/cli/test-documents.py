#!/usr/bin/env python3
"""The printed documents by the real program: what is typed is found in them, what cannot be printed is told."""
import collections
import json
import pathlib
import random
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

from zicha import SAMPLES, ZICHA, environment, main, run, run_json, sample

SCHEMES = sorted(p.name for p in SAMPLES.iterdir() if p.is_dir())
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RARE = "𠮷䶮堃㑇𡘙"


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def bare(text):
    """Text without what a line end may have put in or taken away."""
    return "".join(unicodedata.normalize("NFC", text).split())


def texts(folder):
    """All PDFs and all DOCX of a folder, as one text each."""
    pdf = "".join(bare(output("pdftotext", "-raw", p, "-")) for p in sorted(pathlib.Path(folder).glob("*.pdf")))
    docx = ""
    for path in sorted(pathlib.Path(folder).glob("*.docx")):
        with zipfile.ZipFile(path) as package:
            docx += bare("".join(ET.fromstring(package.read("word/document.xml")).itertext()))
    return pdf, docx


def token(rand, number, length):
    """A text that occurs nowhere else: mixed writing, rare characters, and a number of its own at both ends."""
    pool = "政务信息系统安全检查情况说明ABCxyz0123456789，。（）" + RARE
    middle = "".join(rand.choice(pool) for _ in range(max(0, length - 12)))
    return f"始{number:05}{middle}终{number:05}"


def free_texts(scheme):
    """A token for each place of the sample that takes any words."""
    rand = random.Random(scheme)
    tokens = {}
    for line in (SAMPLES / scheme / "statements.txt").read_text(encoding="utf-8").splitlines():
        place = line.partition("\t")[0]
        if re.fullmatch(r"(answer:\w+/(note|reason)|finding:\d+/(problem|measure|person)|text:\w+)", place):
            tokens[place] = token(rand, len(tokens), 12 if place.endswith("person") else rand.choice([12, 20, 200]))
    return tokens


def lacks(found, value):
    """Whether a text is missing. The end of a page, with its number and mark, may part one piece of it, never more."""
    value = bare(value)
    pieces = [value[i:i + 12] for i in range(0, len(value), 12)]
    return value not in found and sum(piece not in found for piece in pieces) > (1 if len(pieces) > 2 else 0)


def every_token_is_printed():
    for scheme in SCHEMES:
        file = sample(f"{scheme}.zicha", scheme)
        tokens = free_texts(scheme)
        assert tokens, scheme
        pathlib.Path("tokens.txt").write_text("".join(f"{p}\t{t}\n" for p, t in tokens.items()), encoding="utf-8")
        run("set", file, "--from", "tokens.txt")
        run("set", file, "unit.name", "示例" + RARE + "单位")
        run("report", file, "-o", scheme, "--format", "pdf,docx")
        for kind, found in zip(("PDF", "DOCX"), texts(scheme)):
            for place, value in tokens.items():
                assert not lacks(found, value), f"{scheme}: {kind} lacks {place}: {value}"
            assert "示例" + RARE + "单位" in found, f"{scheme}: {kind} lacks the rare characters"


def long_text_is_printed_once():
    file = sample()
    rand = random.Random(1)
    value = token(rand, 77777, 20000)
    run("set", file, "answer:X08/note", value)
    run("report", file, "-o", "docs", "--format", "pdf,docx")
    pdf, docx = texts("docs")
    # Numbers of pages, marks and codes stand between the pages that it fills; its words are whole.
    assert pdf.count("始77777") == pdf.count("终77777") >= 1
    assert docx.count(bare(value)) == docx.count("始77777") >= 1
    printed = collections.Counter(c for c in pdf if c in RARE)
    assert all(printed[c] >= value.count(c) for c in RARE), printed


def coverage_is_complete():
    for scheme in SCHEMES:
        file = sample(f"{scheme}.zicha", scheme)
        run("export", file, "-o", "r.xml")
        record = ET.parse("r.xml").getroot()
        places = {f"fact:{f.get('id')}" for f in record.find("facts") if f.get("derived") != "yes"}
        for answer in record.find("answers"):
            places.add(f"answer:{answer.get('item')}/conformity")
            places |= {f"answer:{answer.get('item')}/{part.tag}" for part in answer}
        for ledger in record.find("ledgers"):
            places |= {f"cell:{ledger.get('id')}/{row.get('id')}/{cell.get('column')}" for row in ledger for cell in row}
        for finding in record.find("findings"):
            parts = {"source", "severity", "due", "state"} & set(finding.keys()) | {part.tag for part in finding}
            places |= {f"finding:{finding.get('id')}/{part}" for part in parts}
        places |= {f"text:{text.get('chapter')}" for text in record.find("texts")}
        for evidence in record.find("evidence"):
            places.add(f"evidence:{evidence.get('id')}/name")
            if evidence.get("caption"):
                places.add(f"evidence:{evidence.get('id')}/caption")
        report = run_json("report", file, "-o", scheme, "--coverage")
        pages = {entry["document"]: entry["pages"] for entry in report["files"]}
        covered = {entry["place"] for entry in report["coverage"]}
        missing = {p for p in places - covered if not p.endswith("/conformity") or answered(record, p)}
        assert not missing, f"{scheme}: {sorted(missing)[:5]}"
        for entry in report["coverage"]:
            assert entry["pages"] and max(entry["pages"]) <= pages[entry["document"]], entry
        assert report["defects"] == 0, report["warnings"]


def answered(record, place):
    item = place[len("answer:"):].split("/")[0]
    return any(a.get("item") == item and a.get("conformity") for a in record.find("answers"))


def coverage_in_words():
    file = sample()
    said = run("report", file, "-o", "docs", "--coverage", "--quiet")
    line = next(line for line in said.splitlines() if line.startswith("fact:unit.name\t"))
    place, label, document, pages = line.split("\t")
    assert label == "单位名称" and document and re.fullmatch(r"page \d+(, \d+)*", pages), line


SCHEME = """<?xml version="1.0" encoding="UTF-8"?>
<scheme id="small" version="1">
  <notice title="小" subject="自查" status="in-force"><full-title>小通知</full-title><issuer>某局</issuer>
    <recipient>某局</recipient><about>无。</about></notice>
  <period kind="once"/>
  <handin to="某局"><deliver id="d" medium="paper" document="d" due="2026-03-27">表</deliver></handin>
  <facts><fact id="a" type="text" label="甲"/><fact id="b" type="prose" label="乙"/></facts>
  <ledgers><ledger id="l" label="台账"><column id="name" type="text" label="名称"/></ledger></ledgers>
  <sections><section id="s" label="节"><item id="S1"><title>项</title><requirement>要求。</requirement>
    <field fact="a"/><field fact="b"/><rows ledger="l"/></item></section></sections>
  <documents><document id="d" kind="form" title="表" style="form" file="biao"><title>表</title><p>{a}</p></document></documents>
</scheme>
"""


def what_the_scheme_forgets_is_annexed():
    pathlib.Path("small.xml").write_text(SCHEME, encoding="utf-8")
    run("new", "f.zicha", "--scheme", "./small.xml")
    for place, value in (("a", "印在表上"), ("b", "表上没有"), ("answer:S1/note", "说明也没有")):
        run("set", "f.zicha", place, value)
    pathlib.Path("l.csv").write_text("名称\n台账里的\n", encoding="utf-8")
    run("ledger", "f.zicha", "l", "import", "l.csv")
    results = json.loads(subprocess_json("preflight", "f.zicha"))
    assert not [r for r in results if r["rule"] == "printed"], results
    report = run_json("report", "f.zicha", "-o", "docs", "--coverage")
    where = {entry["place"]: entry["document"] for entry in report["coverage"]}
    assert where["fact:a"] == "d" and where["fact:b"] == where["answer:S1/note"] == where["cell:l/1/name"] == "annex", where
    annex = bare(output("pdftotext", "docs/annex.pdf", "-"))
    for words in ("表上没有", "说明也没有", "台账里的"):
        assert words in annex, words
    assert "印在表上" not in annex


def subprocess_json(*words):
    """Of a command that may say no."""
    return subprocess.run([ZICHA, *words, "--json"], env=environment(), stdout=subprocess.PIPE, check=False).stdout.decode()


def a_character_that_no_font_has_is_told():
    file = sample()
    run("set", file, "leader.name", "方\U0003fff0远")
    found = [r for r in json.loads(subprocess_json("preflight", file)) if r["rule"] == "font"]
    assert [r["place"] for r in found] == ["fact:leader.name"] and "U+3FFF0" in found[0]["message"], found
    report = run_json("report", file, "-o", "docs", status=1)
    assert report["defects"] >= 1 and any("U+3FFF0" in w for w in report["warnings"]), report
    assert "方〓远" in texts("docs")[0] or "方\U0003fff0远" in texts("docs")[0]
    run("set", file, "leader.name", "方" + RARE + "远")
    assert not [r for r in json.loads(subprocess_json("preflight", file)) if r["rule"] == "font"]
    assert run_json("report", file, "-o", "docs2")["defects"] == 0


def what_does_not_fit_is_told():
    """A seal that is wider than its cell, and a unit's name of two pages, which cannot stand under one seal."""
    narrow = SCHEME.replace("<p>{a}</p>", '<table columns="1 9"><row><cell fact="a" seal="42"/><cell fact="b"/></row></table>'
                            '<signature seal="42"><unit>{b}</unit><date>2026年3月27日</date></signature>')
    pathlib.Path("narrow.xml").write_text(narrow, encoding="utf-8")
    run("new", "n.zicha", "--scheme", "./narrow.xml")
    run("set", "n.zicha", "a", "甲单位")
    run("set", "n.zicha", "b", "这里放得下")
    assert overflows("n.zicha") == [("fact:a", "should")], overflows("n.zicha")
    run("set", "n.zicha", "b", "放不下的单位名称" * 300)
    assert sorted(overflows("n.zicha")) == [("fact:a", "should"), ("fact:b", "should")], overflows("n.zicha")
    report = run_json("report", "n.zicha", "-o", "docs", "--coverage", status=1)
    assert report["defects"] == 2, report["warnings"]
    assert [e["overflows"] for e in report["coverage"] if e["place"] == "fact:b"] == [True], report["coverage"]
    assert "does not fit" in next(line for line in run("report", "n.zicha", "-o", "docs", "--coverage", "-q", status=1).splitlines()
                                  if line.startswith("fact:b"))
    assert texts("docs")[0].count("放不下的单位名称") >= 590, "what does not fit is printed all the same"


def overflows(file):
    return [(r["place"], r["level"]) for r in json.loads(subprocess_json("preflight", file)) if r["rule"] == "overflow"]


def fonts_say_what_stands_in():
    listed = run_json("fonts")
    assert [f["face"] for f in listed] == ["小标宋", "仿宋", "楷体", "黑体", "宋体", "西文"], listed
    said = run("fonts").splitlines()
    assert len(said) == len(listed)
    for line, font in zip(said, listed):
        assert font["wanted"] in line and font["found"] in line and ("stands in" in line) == font["substituted"], line


def pdf_is_furnished():
    file = sample()
    run("seal", file)
    run("report", file, "-o", "docs")
    for pdf in pathlib.Path("docs").glob("*.pdf"):
        info = output("pdfinfo", pdf)
        assert "示例区档案服务中心" in info and re.search(r"Tagged: +yes", info), info
        data = pdf.read_bytes()
        assert b"/Lang (zh-CN)" in data and b"/PageLabels" in data and b"/Outlines" in data, pdf
        fonts = output("pdffonts", pdf).splitlines()[2:]
        assert fonts and all(re.search(r"^[A-Z]{6}\+.* yes yes yes ", line) for line in fonts), fonts


def word_carries_the_seal():
    file = sample()
    code = run("seal", file).strip()
    run("report", file, "-o", "docs", "--format", "docx")
    for path in pathlib.Path("docs").glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            words = "".join(bare("".join(ET.fromstring(package.read(n)).itertext())) for n in package.namelist()
                            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", n))
        assert code in words and path.stem + ".pdf" in words, path


main([every_token_is_printed, long_text_is_printed_once, coverage_is_complete, coverage_in_words,
      what_the_scheme_forgets_is_annexed, a_character_that_no_font_has_is_told,
      what_does_not_fit_is_told, fonts_say_what_stands_in, pdf_is_furnished,
      word_carries_the_seal])
