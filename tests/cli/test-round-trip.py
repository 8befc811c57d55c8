#!/usr/bin/env python3
"""Random records with random evidence: what the office opens is what the unit sealed, byte for byte.

    test-round-trip.py [--slow]     with --slow many of them, and a file of more than 3 GiB

A failure names the seed; ZICHA_SEED=… repeats it.
"""
import filecmp
import hashlib
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import unicodedata

from zicha import ZICHA, environment, main, run, run_json, sample

SLOW = "--slow" in sys.argv[1:]
# What no rule compares with anything else.
FACTS = ("unit.address", "leader.title", "advice", "x.border")
NOTES = ("X08", "X12", "X16", "X36")
GIB = 1 << 30


def by_category():
    """One list of characters a Unicode category, but surrogates, which no text can hold."""
    found = {}
    for point in range(0x110000):
        kind = unicodedata.category(chr(point))
        # The large ones are sampled: every private or unassigned character is like the next.
        if kind != "Cs" and (kind not in ("Cn", "Co", "Lo", "So") or point % 61 == 0):
            found.setdefault(kind, []).append(chr(point))
    return found


CHARACTERS = by_category()


def random_name(rng, kind):
    """A file name with at least three characters of the category, and of some others, that a file system takes."""
    kinds = [kind] * 3 + rng.choices(sorted(CHARACTERS), k=rng.randrange(4))
    rng.shuffle(kinds)
    stem = "".join(rng.choice(CHARACTERS[k]) for k in kinds).replace("/", "／").replace("\0", "")
    return stem + rng.choice((".pdf", ".JPG", ".tar.gz", "", ".很长的后缀", ".Pdf "))


def is_plain(name):
    """Whether nothing in the name has to be replaced before it can be shown."""
    return all(unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co", "Zl", "Zp") for c in name)


def random_content(rng):
    size = rng.choice((1, 2, 511, 512, 513, 4096, 65536, 262144, rng.randrange(1, 400000)))
    return rng.randbytes(size)


def state_something(rng, file):
    """Sets some facts and notes to random text, with what XML, documents and lists have to escape in it."""
    letters = "示例区档案服务中心甲乙丙丁ABCxyz012（）、。&<>\"'· \\"
    for n, places in (("set", FACTS), ("note", NOTES)):
        for place in rng.sample(places, rng.randrange(1, len(places))):
            run(n, file, place, "例" + "".join(rng.choices(letters, k=rng.randrange(1, 40))) + "例")


def attach_tree(rng, file, kinds):
    """Attaches a file for each category of characters, from folders in folders. Returns {digest: (name, content)}."""
    attached = {}
    for number, kind in enumerate(kinds):
        folder = pathlib.Path("tree", *(f"{rng.randrange(3)}" for _ in range(rng.randrange(4))), f"leaf{number}")
        folder.mkdir(parents=True)
        name, content = random_name(rng, kind), random_content(rng)
        while hashlib.sha256(content).hexdigest() in attached:  # the same bytes are the same evidence
            content = random_content(rng)
        path = folder / name
        path.write_bytes(content)
        run("attach", file, rng.choice(("X08", "X12", "X36")), path)
        attached[hashlib.sha256(content).hexdigest()] = (name, content)
    return attached


def unescape(text):
    return re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text)


def report(file):
    """Writes the documents into "docs". Characters that no font of this machine has make the answer a no (1)."""
    done = subprocess.run([ZICHA, "report", file, "-o", "docs", "--quiet"], env=environment(), stderr=subprocess.PIPE,
                          timeout=300)
    assert done.returncode in (0, 1), done.stderr.decode(errors="replace")


def assert_opened(file, folder, attached):
    """The opened folder holds the sealed record, the documents it gives, and every file under its name."""
    run("export", file, "-o", "record.xml")
    assert filecmp.cmp(folder / "record.xml", "record.xml", shallow=False)
    report(file)
    documents = sorted(p.name for p in pathlib.Path("docs").iterdir())
    assert documents == sorted(p.name for p in (folder / "documents").iterdir()) and documents
    for name in documents:
        assert filecmp.cmp(pathlib.Path("docs", name), folder / "documents" / name, shallow=False), name

    listed = run_json("evidence", file)
    lines = (folder / "files.txt").read_text("utf-8").split("\n")[:-1]
    assert len(lines) == len(listed) == len(list((folder / "files").iterdir())), (len(lines), len(listed))
    seen = set()
    for line, known in zip(lines, listed):
        path, name, _, _ = line.split("\t")
        digest = hashlib.sha256((folder / path).read_bytes()).hexdigest()
        assert digest == known["sha256"] and unescape(name) == known["name"], (line, known)
        if digest in attached:
            seen.add(digest)
            original, content = attached[digest]
            assert (folder / path).stat().st_size == len(content)
            assert not is_plain(original) or known["name"] == original, (known["name"], original)
    assert seen == set(attached)


def round_trip(rng, kinds):
    file = sample()
    state_something(rng, file)
    attached = attach_tree(rng, file, kinds)
    code = run("seal", file).strip()
    suite = rng.choice(("national", "international"))
    run("keygen", "--office", "示例受理办公室", "-o", "office", "--suite", suite)
    run("pack", file, "-o", "p.zcp", "--to", "office/office.crt")
    if rng.random() < 0.5:
        run("disc", "image", "p.zcp", "-o", "p.iso")
    source = "p.iso" if os.path.exists("p.iso") else "p.zcp"
    run("open", source, "--key", "office/office.key", "--code", code, "-o", "opened")
    assert_opened(file, pathlib.Path("opened"), attached)


def random_trees_come_out_as_they_went_in():
    seed = int(os.environ.get("ZICHA_SEED") or random.randrange(1 << 32))
    rng = random.Random(seed)
    kinds = sorted(CHARACTERS)
    start = os.getcwd()
    for number in range(8 if SLOW else 1):
        os.mkdir(str(number))
        os.chdir(str(number))
        try:
            round_trip(rng, rng.sample(kinds, len(kinds)))
        except Exception as fault:
            raise AssertionError(f"seed {seed}, tree {number}") from fault
        finally:
            os.chdir(start)
        shutil.rmtree(str(number))


def the_same_gives_the_same_code():
    """One inspection, sealed on several machines: their names, times, zones, languages and folders differ."""
    file = sample()
    codes, records = set(), set()
    for number, more in enumerate(({}, {"TZ": "America/New_York"}, {"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"},
                                   {"ZICHA_CLOCK": "2016-07-08T23:59:59+08:00"}, {"TZ": "UTC", "LC_ALL": "C"})):
        os.mkdir(f"machine{number}")
        copy = shutil.copy(file, f"machine{number}/{number}.zicha")
        codes.add(run("seal", copy, env=environment(**more)).strip())
        run("export", copy, "-o", "r.xml", env=environment(**more))
        records.add(pathlib.Path("r.xml").read_bytes())
    assert len(codes) == 1 and len(records) == 1, codes


def a_file_of_more_than_three_gib():
    """Sparse, with something at both ends and across the border of 2^31 and 2^32."""
    size = 3 * GIB + 12345 if os.environ.get("ZICHA_SMALL") is None else 5 * (1 << 20) + 12345
    file = sample()
    with open("big.bin", "wb") as out:
        for at in (0, 2 * GIB - 3, size - 100):
            if at < size:
                out.seek(at)
                out.write(b"seen at %d" % at)
        out.truncate(size)
    run("attach", file, "X08", "big.bin")
    code = run("seal", file).strip()
    run("keygen", "--office", "示例受理办公室", "-o", "office")
    run("pack", file, "-o", "p.zcp", "--to", "office/office.crt")
    os.remove(file)
    run("open", "p.zcp", "--key", "office/office.key", "--code", code, "-o", "opened")
    os.remove("p.zcp")
    found = [p for p in pathlib.Path("opened/files").iterdir() if p.stat().st_size == size]
    assert len(found) == 1
    with open(found[0], "rb") as a, open("big.bin", "rb") as b:
        while True:
            x, y = a.read(1 << 24), b.read(1 << 24)
            assert x == y
            if not x:
                break


main([random_trees_come_out_as_they_went_in, the_same_gives_the_same_code] + ([a_file_of_more_than_three_gib] if SLOW else []))
