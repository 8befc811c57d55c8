"""What the tests of the command line share: the real binary, a folder of their own, TAP.

Environment: ZICHA (the binary), ZICHA_DATADIR, ZICHA_SAMPLES.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

ZICHA = os.environ["ZICHA"]
SAMPLES = pathlib.Path(os.environ["ZICHA_DATADIR"]) / "samples"
CLOCK = "2016-07-05T09:00:00+08:00"


def environment(**more):
    """A clean environment: nothing of the caller's home, settings or locale."""
    keep = {name: os.environ[name] for name in ("PATH", "ZICHA_DATADIR", "ZICHA_FONTDIR", "ASAN_OPTIONS",
                                                  "UBSAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ}
    return {**keep, "HOME": os.getcwd(), "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "ZICHA_CLOCK": CLOCK,
            "G_DEBUG": "fatal-criticals", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent", **more}


def run(*words, status=0, env=None, stdin=None, preexec=None):
    """Runs zicha and expects this exit status. Returns what it printed on stdout."""
    done = subprocess.run([ZICHA, *map(os.fspath, words)], env=env or environment(), input=stdin,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=preexec, timeout=300)
    if done.returncode != status:
        raise AssertionError(f"zicha {' '.join(map(str, words))}: exit {done.returncode}, expected {status}\n"
                             f"stdout: {done.stdout.decode(errors='replace')}\nstderr: {done.stderr.decode(errors='replace')}")
    if status not in (0, 1):
        said = done.stderr.decode(errors="replace").strip()
        assert said.startswith("zicha: ") and len(said.splitlines()) == 1, f"not one clear sentence: {said!r}"
        return said
    return done.stdout.decode()


def run_json(*words, status=0):
    return json.loads(run(*words, "--json", status=status))


def sample(name="s.zicha", scheme="xicheng-2016"):
    """A sample unit's inspection, all answered."""
    run("new", name, "--scheme", scheme)
    run("set", name, "--from", SAMPLES / scheme / "statements.txt")
    return name


def must(file):
    """What preflight says must be fixed, as (rule, place) pairs."""
    done = subprocess.run([ZICHA, "preflight", file, "--json"], env=environment(), stdout=subprocess.PIPE, timeout=300)
    assert done.returncode in (0, 1), done.returncode
    results = json.loads(done.stdout)
    found = [(r["rule"], r["place"], r["message"]) for r in results if r["level"] == "must"]
    assert (done.returncode == 1) == bool(found)
    return found


def main(tests):
    """Runs the tests, each in a fresh folder, and prints TAP."""
    failed = 0
    start = os.getcwd()
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        folder = tempfile.mkdtemp(prefix="zicha-cli-")
        os.chdir(folder)
        try:
            test()
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception:  # every kind of failure is this test's, not the program's end
            failed += 1
            print(f"not ok {number} {test.__name__}")
            for line in traceback.format_exc().splitlines():
                print("#", line, flush=True)
        finally:
            os.chdir(start)
            subprocess.run(["chmod", "-R", "u+rwx", folder], check=False)
            shutil.rmtree(folder)
    sys.exit(1 if failed else 0)
