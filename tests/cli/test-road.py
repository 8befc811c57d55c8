#!/usr/bin/env python3
"""The whole road by the command line: from an empty file to the office's answer."""
import filecmp
import hashlib
import json
import os
import pathlib
import subprocess

from zicha import SAMPLES, environment, main, must, run, run_json, sample


def sealed():
    file = sample()
    code = run("seal", file).strip()
    return file, code


def packed(suite="national"):
    file, code = sealed()
    run("keygen", "--office", "示例受理办公室", "-o", "office", "--suite", suite)
    run("pack", file, "-o", "p.zcp", "--to", "office/office.crt")
    run("disc", "image", "p.zcp", "-o", "d.iso")
    return file, code


def sample_is_ready():
    assert must(sample()) == []


def road_matches():
    _, code = packed()
    answer = run_json("verify", "d.iso", "--key", "office/office.key", "--code", code)
    assert answer["whole"] and answer["paper"] == "matches" and answer["code"] == code, answer
    assert answer["unit"] == "示例区档案服务中心"


def road_matches_in_the_other_suite():
    _, code = packed("international")
    assert run_json("verify", "p.zcp", "--key", "office/office.key", "--code", code)["paper"] == "matches"


def opened_is_what_was_packed():
    file, code = packed()
    run("open", "d.iso", "--key", "office/office.key", "--code", code, "-o", "opened")
    run("export", file, "-o", "record.xml")
    assert filecmp.cmp("opened/record.xml", "record.xml", shallow=False)
    run("report", file, "-o", "docs")
    for pdf in pathlib.Path("docs").glob("*.pdf"):
        assert filecmp.cmp(pdf, pathlib.Path("opened/documents") / pdf.name, shallow=False), pdf
    packed_digests = {hashlib.sha256(p.read_bytes()).hexdigest() for p in pathlib.Path("opened/files").iterdir()}
    sources = {hashlib.sha256(p.read_bytes()).hexdigest() for p in (SAMPLES / "xicheng-2016" / "evidence").iterdir()}
    assert packed_digests == sources


def changed_after_unsealing_no_longer_matches():
    file, old = packed()
    run("unseal", file, "--reason", "补充说明")
    run("note", file, "X08", "改动一处说明。")
    new = run("seal", file).strip()
    assert new != old
    run("pack", file, "-o", "p2.zcp", "--to", "office/office.crt")
    answer = run_json("verify", "p2.zcp", "--key", "office/office.key", "--code", old, status=1)
    assert answer["paper"] == "older" and answer["paper-revision"] == 1, answer
    assert run_json("verify", "p.zcp", "--key", "office/office.key", "--code", new, status=1)["paper"] == "differs"
    run("open", "p.zcp", "--key", "office/office.key", "--code", new, "-o", "no", status=1)
    assert not os.path.exists("no")


def difference_is_named():
    file, old = packed()
    run("open", "p.zcp", "--key", "office/office.key", "-o", "old")
    run("unseal", file, "--reason", "改正")
    run("set", file, "unit.staff", "47")
    run("seal", file)
    run("pack", file, "-o", "p2.zcp", "--to", "office/office.crt")
    answer = run_json("verify", "p2.zcp", "--key", "office/office.key", "--record", "old/record.xml", status=1)
    assert answer["difference"], answer


def typing_slip_is_told_from_a_mismatch():
    _, code = packed()
    slip = code[:3] + str((int(code[3]) + 1) % 10) + code[4:]
    said = run("verify", "d.iso", "--key", "office/office.key", "--code", slip, status=2)
    assert "1" in said, said


def wrong_key_and_damage_are_told_apart():
    _, code = packed()
    run("keygen", "--office", "别的单位", "-o", "other")
    said = set()
    said.add(run("verify", "p.zcp", "--key", "other/office.key", status=4))
    whole = pathlib.Path("p.zcp").read_bytes()
    middle = bytearray(whole)
    middle[len(whole) // 2] ^= 1
    for name, data in (("flipped", bytes(middle)), ("cut", whole[:-5000]), ("longer", whole + b"x" * 1024), ("empty", b"")):
        pathlib.Path(name + ".zcp").write_bytes(data)
        said.add(run("open", name + ".zcp", "--key", "office/office.key", "-o", "out", status=3))
        assert not os.path.exists("out"), name
    assert len(said) == 5, said


def passphrase_opens():
    file, code = sealed()
    pathlib.Path("pass").write_text("7K3QX-M2N4P-8RSTV-WXYZ0\n")
    run("pack", file, "-o", "p.zcp", "--passphrase-file", "pass")
    assert run_json("verify", "p.zcp", "--passphrase-file", "pass", "--code", code)["paper"] == "matches"
    pathlib.Path("typed").write_text("7k3qxm2n4p8rstvwxyzo\n")
    run("verify", "p.zcp", "--passphrase-file", "typed")
    pathlib.Path("wrong").write_text("7K3QX-M2N4P-8RSTV-WXYZ1\n")
    run("verify", "p.zcp", "--passphrase-file", "wrong", status=4)
    pathlib.Path("weak").write_text("12345678\n")
    run("pack", file, "-o", "w.zcp", "--passphrase-file", "weak", status=2)
    assert not os.path.exists("w.zcp")


def sealing_is_refused_while_something_must_be_fixed():
    run("new", "e.zicha", "--scheme", "xicheng-2016")
    run("seal", "e.zicha", status=1)
    run("code", "e.zicha", status=2)
    run("pack", "e.zicha", "-o", "e.zcp", "--passphrase-file", "/dev/null", status=2)


def sealed_refuses_edits():
    file, code = sealed()
    run("set", file, "unit.staff", "1", status=5)
    run("note", file, "X08", "x", status=5)
    run("undo", file, status=5)
    assert run("code", file).strip() == code
    run("unseal", file, "--reason", " ", status=2)


def export_and_import_round_trip():
    file = sample()
    run("export", file, "-o", "a.xml")
    run("new", "b.zicha", "--scheme", "xicheng-2016")
    run("import", "b.zicha", "a.xml", "--evidence", SAMPLES / "xicheng-2016" / "evidence")
    run("export", "b.zicha", "-o", "b.xml")
    assert filecmp.cmp("a.xml", "b.xml", shallow=False)
    assert must("b.zicha") == []
    canonical = subprocess.run(["xmllint", "--c14n11", "a.xml"], stdout=subprocess.PIPE, check=True).stdout
    assert canonical == pathlib.Path("a.xml").read_bytes()


def same_record_same_bytes():
    file, _ = sealed()
    run("report", file, "-o", "one", "--format", "pdf,docx")
    run("report", file, "-o", "two", "--format", "pdf,docx",
        env=environment(TZ="America/New_York", LC_ALL="C", ZICHA_CLOCK="2017-01-01T00:00:00+00:00"))
    names = sorted(p.name for p in pathlib.Path("one").iterdir())
    assert len(names) >= 6 and names == sorted(p.name for p in pathlib.Path("two").iterdir()), names
    for name in names:
        assert filecmp.cmp(f"one/{name}", f"two/{name}", shallow=False), name


def everything_stated_is_printed():
    file = sample()
    coverage = json.loads(run("report", file, "-o", "docs", "--coverage", "--json"))["coverage"]
    printed = {entry["place"] for entry in coverage}
    for place in ("fact:unit.name", "answer:X14/conformity", "finding:1/problem", "cell:systems/1/name"):
        assert place in printed, place
    text = "".join(subprocess.run(["pdftotext", str(p), "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
                   for p in pathlib.Path("docs").glob("*.pdf"))
    for words in ("示例区档案服务中心", "草稿"):
        assert words in text.replace("\n", "").replace(" ", ""), words


def paper_carries_code_and_qr():
    file, code = sealed()
    run("report", file, "-o", "docs")
    for pdf in pathlib.Path("docs").glob("*.pdf"):
        pages = int(next(line.split()[1] for line in subprocess.run(["pdfinfo", pdf], stdout=subprocess.PIPE, check=True)
                         .stdout.decode().splitlines() if line.startswith("Pages")))
        for page in range(1, pages + 1):
            text = subprocess.run(["pdftotext", "-f", str(page), "-l", str(page), pdf, "-"], stdout=subprocess.PIPE,
                                  check=True).stdout.decode()
            assert code in text.replace(" ", ""), (pdf, page)
        subprocess.run(["pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-singlefile", "-png", pdf, pdf.stem], check=True)
        seen = subprocess.run(["zbarimg", "-q", "--raw", pdf.stem + ".png"], stdout=subprocess.PIPE, check=True).stdout.decode()
        assert seen.startswith("ZC1:1:1/"), seen


def qr_text_verifies_too():
    file, code = packed()
    digest = run_json("code", file)["digest"]
    assert run_json("verify", "p.zcp", "--key", "office/office.key", "--code", f"ZC1:1:1/3:{digest.upper()}")["paper"] == "matches"


def other_tools_read_the_image():
    packed()
    for command in (["bsdtar", "-tf", "d.iso"], ["7z", "l", "d.iso"], ["isoinfo", "-f", "-i", "d.iso"]):
        listed = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
        assert "PACKAGE.ZCP" in listed and "README.TXT" in listed, (command, listed)
    pathlib.Path("x").mkdir()
    subprocess.run(["bsdtar", "-xf", "d.iso", "-C", "x"], check=True)
    assert filecmp.cmp("x/PACKAGE.ZCP", "p.zcp", shallow=False)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS.TXT"], cwd="x", check=True)
    listed = subprocess.run(["tar", "-tf", "p.zcp"], stdout=subprocess.PIPE, check=True).stdout.decode()
    assert "record" not in listed


main([sample_is_ready, road_matches, road_matches_in_the_other_suite, opened_is_what_was_packed,
      changed_after_unsealing_no_longer_matches, difference_is_named, typing_slip_is_told_from_a_mismatch,
      wrong_key_and_damage_are_told_apart, passphrase_opens, sealing_is_refused_while_something_must_be_fixed,
      sealed_refuses_edits, export_and_import_round_trip, same_record_same_bytes, everything_stated_is_printed,
      paper_carries_code_and_qr, qr_text_verifies_too, other_tools_read_the_image])
