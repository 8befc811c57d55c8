#!/usr/bin/env python3
"""Rendering the sample's documents as PDF, beside LibreOffice doing it from our DOCX files.

Usage: bench-sample.py ZICHA. Wall and CPU seconds (median of five), peak memory of the largest process, and the ratios.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ZICHA = os.path.abspath(sys.argv[1])
SAMPLE = pathlib.Path(os.environ["ZICHA_DATADIR"]) / "samples" / "xicheng-2016"
RUNS = 5


def measured(command, cwd):
    """One run in a process of its own, so that its peak memory is its own. Returns (wall, cpu, MiB)."""
    code = ("import resource, subprocess, sys, time; t = time.monotonic(); "
            "s = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode; "
            "u = resource.getrusage(resource.RUSAGE_CHILDREN); "
            "print(time.monotonic() - t, u.ru_utime + u.ru_stime, u.ru_maxrss / 1024); sys.exit(s)")
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=cwd, stdout=subprocess.PIPE, check=True)
    return tuple(float(x) for x in done.stdout.split())


def series(command, cwd):
    runs = [measured(command, cwd) for _ in range(RUNS)]
    return tuple(statistics.median(run[i] for run in runs) for i in range(3))


def line(name, figures):
    print(f"{name:28} wall {figures[0]:7.3f} s   CPU {figures[1]:7.3f} s   peak {figures[2]:7.1f} MiB", flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix="zicha-bench-") as folder:
        os.environ["ZICHA_CLOCK"] = (SAMPLE / "clock").read_text().strip()
        subprocess.run([ZICHA, "new", "s.zicha", "--scheme", "xicheng-2016", "-q"], cwd=folder, check=True)
        subprocess.run([ZICHA, "set", "s.zicha", "--from", SAMPLE / "statements.txt"], cwd=folder, check=True)
        subprocess.run([ZICHA, "report", "s.zicha", "-o", "docx", "--format", "docx", "-q"], cwd=folder, check=True)
        ours = series([ZICHA, "report", "s.zicha", "-o", "pdf", "-q"], folder)
        line("zicha report", ours)
        if not shutil.which("soffice"):
            print("LibreOffice is not installed: nothing to compare with")
            return
        files = [str(p) for p in sorted(pathlib.Path(folder, "docx").glob("*.docx"))]
        profile = "-env:UserInstallation=file://" + folder + "/profile"
        theirs = series(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", "lo", *files], folder)
        line("LibreOffice, DOCX to PDF", theirs)
        print(f"ratio (LibreOffice / zicha)  wall {theirs[0] / ours[0]:.1f}   CPU {theirs[1] / ours[1]:.1f}   "
              f"memory {theirs[2] / ours[2]:.1f}")


main()
