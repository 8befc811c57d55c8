#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to the first frame, and memory, beside gnome-text-editor (Debian: gnome-text-editor): the budget is 1.3 times its time.

    bench-start.py ZICHA_GTK [RUNS]

The two start in turn under one Xvfb without a window manager (tests/gui/run-headless), each with a home of its own. The first frame
is when the X server has a window of the program with more than one colour in it; memory is the proportional set size then.
"""
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def painted(pid):
    """Whether the program has a window with something in it."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)], capture_output=True, text=True, check=False)
    for window in found.stdout.split():
        colours = subprocess.run(["import", "-silent", "-window", window, "-resize", "64x64!", "-format", "%k", "info:"],
                                 capture_output=True, text=True, check=False).stdout
        if colours.strip().isdigit() and int(colours) > 4:
            return True
    return False


def memory(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
        return int(re.search(r"^Pss:\s+(\d+)", file.read(), re.MULTILINE).group(1)) / 1024


def run(words):
    """Returns: seconds to the first frame, MiB."""
    begin = time.monotonic()
    program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not painted(program.pid):
            if program.poll() is not None or time.monotonic() - begin > 60:
                sys.exit(f"bench-start: {words[0]} shows no window")
            time.sleep(0.005)
        return time.monotonic() - begin, memory(program.pid)
    finally:
        program.kill()
        program.wait()


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__.split("\n\n")[1])
    if "--inside" not in sys.argv:
        os.environ["ZICHA_DATADIR"] = f"{ROOT}/data"
        sys.exit(subprocess.run([f"{ROOT}/tests/gui/run-headless", "--", sys.executable, os.path.realpath(__file__),
                                 os.path.realpath(sys.argv[1]), *sys.argv[2:3], "--inside"], check=False).returncode)
    runs = int(sys.argv[2]) if sys.argv[2].isdigit() else 10
    programs = {"zicha-gtk": [sys.argv[1]], "gnome-text-editor": ["gnome-text-editor", "--standalone"]}
    for words in programs.values():
        run(words)                                     # what it reads is in memory from here on
    results = {name: [] for name in programs}
    for _ in range(runs):
        for name, words in programs.items():
            results[name].append(run(words))
    middle = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in results.items()}
    for name, (seconds, mib) in middle.items():
        times = [row[0] for row in results[name]]
        print(f"{name}: first frame {seconds * 1000:.0f} ms ({min(times) * 1000:.0f}–{max(times) * 1000:.0f}), {mib:.0f} MiB")
    ours, theirs = middle.values()
    print(f"ratio of {runs} runs in turn: time {ours[0] / theirs[0]:.2f} (budget 1.3), memory {ours[1] / theirs[1]:.2f}")


if __name__ == "__main__":
    main()
