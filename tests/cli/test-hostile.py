#!/usr/bin/env python3
"""Bad input from every side: one clear sentence, a status, and a file that is none the worse for it."""
import fcntl
import hashlib
import os
import pathlib
import random
import resource
import signal
import sqlite3
import struct
import subprocess
import time

from zicha import ZICHA, environment, main, run, run_json, sample

F_OFD_GETLK = 36  # Linux; no name in Python 3.11


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def fresh(name="s.zicha"):
    run("new", name, "--scheme", "xicheng-2016")
    return name


def as_user(*words, status):
    """Root may read and write everything, so what is refused to a user is tried as one."""
    def drop():
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
    os.chmod(".", 0o777)
    return run(*words, status=status, preexec=drop)


def evidence_of_odd_kinds():
    file = fresh()
    before = run("export", file)
    os.mkfifo("fifo")
    os.mkdir("folder")
    pathlib.Path("real").write_text("x")
    os.symlink("real", "link")
    pathlib.Path("empty").write_bytes(b"")
    for path, status in (("nowhere", 5), ("fifo", 3), ("folder", 3), ("link", 3), ("empty", 3), ("/dev/zero", 3)):
        said = run("attach", file, "X08", path, status=status)
        assert os.path.basename(path) in said, said
    assert run("export", file) == before


def evidence_that_cannot_be_read():
    file = fresh()
    os.chmod(file, 0o666)
    pathlib.Path("secret").write_text("x")
    os.chmod("secret", 0)
    before = run("export", file)
    as_user("attach", file, "X08", "secret", status=5)
    assert run("export", file) == before


def evidence_of_odd_names():
    file = fresh()
    os.makedirs("a/b")
    names = [b"-rf", b"a\nb\x07c.txt", b"\xff\xfe.bin", "很".encode() * 85, b"x" * 255, b"..hidden", b"a&b <c>.txt", b"'; DROP TABLE--"]
    for number, name in enumerate(names):
        pathlib.Path(os.fsdecode(name)).write_text(f"content {number}")
        run("attach", file, "X08", "--", os.fsdecode(name)) if name.startswith(b"-") else run("attach", file, "X08", os.fsdecode(name))
    pathlib.Path("a/up.txt").write_text("up")
    run("attach", file, "X08", "a/b/../up.txt")
    listed = run_json("evidence", file)
    assert len(listed) == len(names) + 1
    assert not any(ord(c) < 32 for entry in listed for c in entry["name"])
    assert all("/" not in entry["name"] for entry in listed)


def names_that_a_terminal_would_obey():
    file = fresh()
    for name in ("esc\x1b[2Jape.txt", "bell\x07.txt", "c1\u009bm.txt", "invoice\u202etxt.exe", "line\u2028end.txt"):
        pathlib.Path(name).write_text(name)
        said = [run("attach", file, "X08", name), run("attach", file, "X08", "no-" + name, status=5), run("evidence", file)]
        for text in said:
            assert not [c for c in text if c != "\n" and (ord(c) < 32 or 0x7f <= ord(c) < 0xa0 or c in "\u202e\u2028")], ascii(text)
        assert name.split(".")[0].rstrip("m")[:2] in said[0], ascii(said[0])


def evidence_of_three_gigabytes():
    file = fresh()
    with open("big", "wb") as big:
        big.truncate(3 << 30)
        big.seek(2 << 30)
        big.write(b"middle")
    usage = subprocess.run(["/usr/bin/env", "python3", "-c",
                            "import resource, subprocess, sys; s = subprocess.run(sys.argv[1:]).returncode; "
                            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(s)",
                            ZICHA, "attach", file, "X08", "big", "-q"], env=environment(), stdout=subprocess.PIPE, check=True)
    assert int(usage.stdout) < 100 * 1024, f"peak {int(usage.stdout)} KiB"
    assert run_json("evidence", file)[0]["size"] == 3 << 30


def evidence_attached_twice_is_kept_once():
    file = fresh()
    pathlib.Path("a").write_bytes(os.urandom(8 << 20))
    run("attach", file, "X08", "a")
    size = os.path.getsize(file)
    run("attach", file, "X09", "a")
    assert os.path.getsize(file) < size + (1 << 20)
    assert run_json("evidence", file)[0]["items"] == ["X08", "X09"]


def schemes_that_attack():
    cases = {
        "xxe": '<!DOCTYPE scheme [<!ENTITY x SYSTEM "file:///etc/passwd">]><scheme id="a" version="1">&x;</scheme>',
        "laughs": '<!DOCTYPE scheme [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><scheme id="a" version="1">&b;</scheme>',
        "cut": '<scheme id="a" version="1"><notice',
        "no-id": '<scheme version="1"></scheme>',
        "other": '<html/>',
    }
    for name, text in cases.items():
        pathlib.Path(name + ".xml").write_text(text)
        said = run("new", name + ".zicha", "--scheme", name + ".xml", status=3)
        assert name in said, said
        assert not os.path.exists(name + ".zicha")
    starter = run("scheme", "new", "mine.xml")
    text = pathlib.Path("mine.xml").read_text()
    assert 'test="' in text
    start = text.index('test="') + 6
    pathlib.Path("xpath.xml").write_text(text[:start] + "count((" + text[text.index('"', start):])
    run("scheme", "check", "mine.xml")
    done = subprocess.run([ZICHA, "scheme", "check", "xpath.xml"], env=environment(), stdout=subprocess.PIPE)
    assert done.returncode == 3 and b"line" in done.stdout, done
    run("new", "x.zicha", "--scheme", "xpath.xml", status=3)
    run("new", "x.zicha", "--scheme", "no-such-scheme", status=2)


def files_that_are_no_inspection():
    file = sample()
    data = pathlib.Path(file).read_bytes()
    pathlib.Path("text.zicha").write_text("not a database" * 1000)
    pathlib.Path("empty.zicha").write_bytes(b"")
    pathlib.Path("cut.zicha").write_bytes(data[: len(data) // 2])
    sqlite3.connect("foreign.zicha").execute("CREATE TABLE t(x)").connection.close()
    os.mkdir("folder.zicha")
    for name in ("text", "empty", "cut", "foreign", "folder"):
        before = None if name == "folder" else digest(name + ".zicha")
        said = run("status", name + ".zicha", status=3)
        assert name + ".zicha" in said, said
        run("set", name + ".zicha", "unit.name", "x", status=3)
        assert before is None or digest(name + ".zicha") == before, name
    said = run("status", "nowhere.zicha", status=5)
    assert "nowhere.zicha" in said


def file_of_a_newer_version():
    file = fresh()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 999")
    connection.commit()
    connection.close()
    before = digest(file)
    run("set", file, "unit.name", "x", status=3)
    run("get", file, "unit.name", status=1)
    assert digest(file) == before


def file_that_is_read_only():
    file = sample()
    os.chmod(file, 0o444)
    before = digest(file)
    said = as_user("set", file, "unit.name", "x", status=5)
    assert file in said, said
    assert digest(file) == before


def is_locked(file):
    """Whether another process holds a lock on any of the file: by asking the kernel, as /proc hides such a process's files."""
    with open(file, "rb") as opened:
        asked = fcntl.fcntl(opened, F_OFD_GETLK, struct.pack("hhqqi4x", fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0))
    return struct.unpack("hhqqi4x", asked)[0] != fcntl.F_UNLCK


def file_that_is_open_elsewhere():
    file = fresh()
    with open("big", "wb") as big:
        big.truncate(600 << 20)
    other = subprocess.Popen([ZICHA, "attach", file, "X08", "big"], env=environment(), stdout=subprocess.DEVNULL)
    # It is held in the middle of its work, whatever the machine's speed.
    while other.poll() is None and not is_locked(file):
        time.sleep(0.002)
    other.send_signal(signal.SIGSTOP)
    try:
        assert is_locked(file)
        said = run("set", file, "unit.name", "x", status=5)
        assert file in said, said
    finally:
        other.send_signal(signal.SIGCONT)
        status = other.wait()
    assert status == 0
    run("status", file)
    run("set", file, "unit.name", "x")


def full_disk():
    file = sample()
    before = run("export", file)
    pathlib.Path("big").write_bytes(os.urandom(1 << 20) * 8)
    size = os.path.getsize(file)

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + (2 << 20), size + (2 << 20)))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    said = run("attach", file, "X08", "big", status=5, preexec=small)
    assert "big" in said or file in said, said
    assert run("export", file) == before
    run("report", file, "-o", "docs")
    def tiny():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    run("report", file, "-o", "none", status=5, preexec=tiny)
    assert not [p for p in os.listdir("none") if p.endswith(".partial") or p.endswith(".pdf") and os.path.getsize("none/" + p) == 0]


def killed_at_any_moment():
    file = fresh()
    rng = random.Random(7)
    last = ""
    for attempt in range(12):
        lines = "".join(f"fact:unit.name\t第{attempt}次第{n}个单位\n" for n in range(400))
        pathlib.Path("list").write_text(lines)
        process = subprocess.Popen([ZICHA, "set", file, "--from", "list"], env=environment())
        time.sleep(rng.uniform(0.005, 0.12))
        process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            last = f"第{attempt}次第399个单位"
        said = subprocess.run([ZICHA, "get", file, "unit.name"], env=environment(), stdout=subprocess.PIPE).stdout.decode().strip()
        # One list is one step: all of it is there or none.
        assert said in (last, f"第{attempt}次第399个单位"), (said, last)
        last = said
    assert sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def killed_while_attaching():
    file = fresh()
    pathlib.Path("big").write_bytes(os.urandom(1 << 20) * 200)
    for delay in (0.05, 0.2, 0.4):
        process = subprocess.Popen([ZICHA, "attach", file, "X08", "big"], env=environment(), stdout=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(run_json("evidence", file)) <= 1
    run("attach", file, "X08", "big")
    run("evidence", file, "--check")


def wrong_words():
    file = fresh()
    for words in (["nonsense"], ["set", file], ["set", file, "no.such.fact", "1"], ["set", file, "unit.staff", "viel"],
                  ["set", file, "X08", "perhaps"], ["attach", file, "X99", "s.zicha"], ["ledger", file, "nothing", "export", "x.csv"],
                  ["report", file], ["pack", file, "-o", "x"], ["disc", "burn", "x.iso"], ["verify", "x.zcp"], ["new", "y.zicha"],
                  ["set", file, "cell:systems/1/name", "x"], ["set", file, "fact:unit.name\x01", "x"], ["report", file, "-o", "d", "--format", "odt"]):
        run(*words, status=2)
    for command in ("new", "set", "ledger", "report", "pack", "disc", "verify", "open", "keygen", "scheme"):
        assert "zicha" in run(command, "--help")
    assert run("--version").startswith("zicha ")
    assert "preflight" in run("--help")


def rows_from_spreadsheets():
    file = fresh()
    run("ledger", file, "systems", "export", "empty.csv")
    header = pathlib.Path("empty.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    columns = [c.strip('"') for c in header.split(",")]
    row = ",".join('"系统, ""甲"""' if i == 0 else "" for i in range(len(columns)))
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        pathlib.Path("rows.csv").write_bytes((header + "\r\n" + row + "\r\n").encode(encoding))
        run("ledger", file, "systems", "import", "rows.csv", "--replace")
        run("ledger", file, "systems", "export", "out.csv")
        assert '系统, ""甲""' in pathlib.Path("out.csv").read_text(encoding="utf-8-sig")
    pathlib.Path("no.csv").write_text("甲,乙\n1,2\n")
    before = run("export", file)
    run("ledger", file, "systems", "import", "no.csv", status=3)
    pathlib.Path("bin.csv").write_bytes(b"\x00\x01\x02")
    run("ledger", file, "systems", "import", "bin.csv", status=3)
    assert run("export", file) == before


main([evidence_of_odd_kinds, evidence_that_cannot_be_read, evidence_of_odd_names, names_that_a_terminal_would_obey, evidence_of_three_gigabytes,
      evidence_attached_twice_is_kept_once, schemes_that_attack, files_that_are_no_inspection, file_of_a_newer_version,
      file_that_is_read_only, file_that_is_open_elsewhere, full_disk, killed_at_any_moment, killed_while_attaching, wrong_words,
      rows_from_spreadsheets])
