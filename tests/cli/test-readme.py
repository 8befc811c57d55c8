#!/usr/bin/env python3
"""What the documents tell the reader to type exists: every command, its options, every script; and the README's road works."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess

from zicha import SAMPLES, environment, main, run, sample

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "NEWS", "src/DESIGN.md", "data/schemes/LANGUAGE.md",
             "data/samples/README.md", "data/fonts/README.md", "src/core/package/FORMAT.md", "src/core/record/RECORD.md"]
LIBRARIES = {"gtk4": "GTK", "libadwaita-1": "libadwaita", "poppler-glib": "Poppler", "gio-2.0": "GLib", "sqlite3": "SQLite",
             "libxml-2.0": "libxml2", "cairo": "Cairo", "pango": "Pango", "harfbuzz-subset": "HarfBuzz", "zlib": "zlib", "libarchive": "libarchive",
             "libqrencode": "libqrencode", "libcrypto": "OpenSSL", "libgcrypt": "libgcrypt", "json-glib-1.0": "JSON-GLib",
             "libisofs-1": "libisofs", "libburn-1": "libburn"}
HELP = {}


def spans(text):
    """Everything in backticks, and every indented line."""
    yield from re.findall(r"`([^`\n]+)`", text)
    yield from (line.strip() for line in re.findall(r"^(?: {4}|\t)(\S.*)$", text, re.MULTILINE))


def commands(document):
    for span in spans((ROOT / document).read_text()):
        for part in re.split(r"\s+(?:&&|\|\|?)\s+|\s{2,}#\s", span):
            yield part.strip()


def help_of(command=None):
    if command not in HELP:
        HELP[command] = run(*([command] if command else []), "--help")
    return HELP[command]


def command_names():
    return set(re.findall(r"^  ([a-z]+) +\S", help_of(), re.MULTILINE))


def fault_of_zicha(text):
    """What is wrong with a line that begins with "zicha", or None."""
    words = shlex.split(text.replace("…", ""))[1:]
    if not words or words[0].startswith("-"):
        return None if not words or words[0] in ("--help", "--version") else f"no option {words[0]}"
    if words[0] == "COMMAND":
        return None
    if words[0] not in command_names():
        return f"no command {words[0]}"
    for word in words[1:]:
        option = word.split("=")[0]
        known = re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", help_of(words[0]))
        if re.fullmatch(r"--?[a-z][a-z-]*", option) and not known:
            return f"{words[0]} has no option {option}"
    return None


def lines(first):
    """The documents' lines whose first word is this, as (document, line)."""
    return [(document, text) for document in DOCUMENTS for text in commands(document) if re.match(first, text)]


def every_command_line_is_one():
    found = lines(r"zicha( |$)")
    assert len(found) >= 12, found
    faults = [f"{document}: {text}: {fault}" for document, text in found if (fault := fault_of_zicha(text))]
    assert not faults, "\n".join(faults)


def a_wrong_one_is_found():
    assert fault_of_zicha("zicha fly u.zicha") == "no command fly"
    assert fault_of_zicha("zicha seal u.zicha --softly") == "seal has no option --softly"
    assert fault_of_zicha("zicha --nothing") == "no option --nothing"


def every_script_is_there():
    found = {text.split()[0] for _, text in lines(r"(\./|tools/|tests/)[\w/-]+( |$)")}
    assert {"./run", "./test", "tools/fetch-fonts"} <= found, found
    for script in found:
        path = ROOT / script
        assert path.exists(), script
        assert path.is_dir() or path.suffix or os.access(path, os.X_OK), f"{script} cannot be run"


def scripts_refuse_what_they_do_not_know():
    for script in ("./run", "./test"):
        done = subprocess.run([ROOT / script, "--no-such-option"], env=environment(), stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2 and done.stderr.startswith(b"Use: " + script.encode()), done


def every_file_named_is_there():
    for document in DOCUMENTS:
        for name in re.findall(r"`((?:[\w.-]+/)*[\w-]+\.(?:md|rng|build))`", (ROOT / document).read_text()):
            near = (ROOT / document).parent
            assert any((base / name).exists() for base in (ROOT, near)) or any((ROOT / "src").rglob(name)), f"{document}: {name}"


def builds_are_named_as_meson_knows_them():
    known = set(re.findall(r"^option\('(\w+)'", (ROOT / "meson_options.txt").read_text(), re.MULTILINE))
    known |= {"buildtype", "prefix"}
    for document, text in lines("meson setup"):
        for option in re.findall(r"-D(\w+)=", text):
            assert option in known or option.startswith("b_"), f"{document}: {text}: no option {option}"


def no_document_is_left_out():
    folders = ("data", "docs", "src", "tests", "tools")
    found = [*ROOT.glob("*.md"), *(path for folder in folders for path in (ROOT / folder).rglob("*.md"))]
    missing = {str(path.relative_to(ROOT)) for path in found if "fixtures" not in path.parts} - set(DOCUMENTS)
    assert not missing, f"name in DOCUMENTS: {missing}"


def floors_are_those_of_the_build():
    """The README's table of floor versions against the versions that meson asks for."""
    text = (ROOT / "README.md").read_text()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")]
    floors = {}
    for row in rows:
        names, versions = row[0].split(", "), row[1].split(", ") if len(row) > 1 else []
        floors.update({name.split(" (")[0]: versions[min(at, len(versions) - 1)] for at, name in enumerate(names) if versions})
    asked = [found for path in (ROOT / "src").rglob("meson.build")
             for found in re.findall(r"dependency\('([\w.-]+)', version: '>= ([\d.]+)'\)", path.read_text())]
    assert len(asked) >= 12, asked
    for library, version in asked:
        floor = floors.get(LIBRARIES.get(library, library), "none")
        assert floor.split(".")[:len(version.split("."))] == version.split("."), f"{library} >= {version}, the README says {floor}"


def manual_examples():
    blocks = re.findall(r"^\.Bd -literal[^\n]*\n(.*?)^\.Ed", (ROOT / "man/zicha.1").read_text(), re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line]


def the_manuals_examples_work():
    """The unit's and the office's, with the sample's statements; the office has made its keys first."""
    lines_ = manual_examples()
    assert len(lines_) >= 8 and all(words[0] == "zicha" for words in lines_), lines_
    os.mkdir("manual")
    os.chdir("manual")
    pathlib.Path("statements.txt").write_bytes((SAMPLES / "xicheng-2016" / "statements.txt").read_bytes())
    pathlib.Path("evidence").symlink_to(SAMPLES / "xicheng-2016" / "evidence")
    code = None
    for words in sorted(lines_, key=lambda line: line[1] != "keygen"):
        printed = run(*(code if word == "CODE" else word for word in words[1:]))
        if words[1] == "keygen":
            pathlib.Path("office.crt").write_bytes(pathlib.Path("office/office.crt").read_bytes())
        elif words[1] == "seal":
            code = printed.strip()
    assert code and pathlib.Path("u.iso").stat().st_size > 0


def the_readmes_road_works():
    """The table's commands, in its order, with real files for the words that stand for them."""
    road = [text for text in commands("README.md") if re.match(r"zicha \w+ (u\.|disc|image)", text) or " u." in text]
    road = [text for text in road if text.startswith("zicha ") and "burn" not in text]  # nobody's drive is written to
    assert [text.split()[1] for text in road][:2] == ["new", "set"] and "verify" in road[-1], road
    run("keygen", "--office", "示例受理办公室", "-o", ".")
    pathlib.Path("FILE").write_text("示例佐证")
    code = None
    for text in road:
        words = [code if word == "CODE" else word for word in shlex.split(text)[1:]]
        printed = run(*words)
        if words[0] == "new":
            run("set", "u.zicha", "--from", SAMPLES / "xicheng-2016" / "statements.txt")
        elif words[0] == "seal":
            code = printed.strip()
    assert pathlib.Path("u.iso").stat().st_size > 0 and list(pathlib.Path("DIR").glob("*.docx"))


def the_helps_commands_work():
    """Those of the window's help, in the order in which an office and a unit come to them."""
    pages = ["office-certificate", "office-scheme", "check", "ledgers", "trouble", "preview", "seal", "pack", "office-verify"]
    found = {path.stem: re.findall(r"<code>(.*?)</code>", path.read_text()) for path in (ROOT / "data/help/zh_CN").glob("*.xml")}
    found["first-steps"].remove("./run --sample 文件夹")  # which builds, and then does what tools/run-sample is tested to do
    left_out = [page for page, lines_ in found.items() if lines_ and page not in pages]
    assert not left_out, f"name in pages: {left_out}"
    sample("u.zicha")
    run("ledger", "u.zicha", "systems", "export", "系统.csv")
    pathlib.Path("口令.txt").write_text("Kestrel-orbit-39-lantern-plum\n")
    run("keygen", "--office", "示例受理办公室", "-o", ".")
    code = None
    for words in (shlex.split(line) for page in pages for line in found[page]):
        shutil.rmtree("office", ignore_errors=True)  # keys are not written over others
        printed = run(*(code if word == "封签码" else word for word in words[1:]))
        if words[1] == "ledger":
            run("undo", "u.zicha")
        elif words[1] == "unseal":
            run("seal", "u.zicha")
        elif words[1] == "code":
            code = printed.split()[0]
    assert list(pathlib.Path("归档").rglob("*.pdf"))


if __name__ == "__main__":
    main([every_command_line_is_one, a_wrong_one_is_found, every_script_is_there, scripts_refuse_what_they_do_not_know,
          every_file_named_is_there, builds_are_named_as_meson_knows_them, no_document_is_left_out,
          floors_are_those_of_the_build, the_readmes_road_works, the_manuals_examples_work,
          the_helps_commands_work])
