#!/usr/bin/env python3
"""No command of the whole road opens a network socket: seen by strace, not promised."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

from zicha import ZICHA, environment, main

ROOT = pathlib.Path(__file__).resolve().parents[2]
CALL = re.compile(r"\b(?:socket\(|connect\(\d+, \{sa_family=)(\w+)")
LOCAL = {"AF_UNIX", "AF_NETLINK"}


def families(*command):
    """The families of all sockets that a command and its children asked for, and the programs they were."""
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=socket,connect,execve", "-e", "signal=none", "-o", "trace",
                           *map(os.fspath, command)], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=500)
    assert done.returncode == 0, done.stdout.decode(errors="replace")
    trace = pathlib.Path("trace").read_text(errors="replace")
    return set(CALL.findall(trace)), re.findall(r'execve\("([^"]+)".* = 0$', trace, re.MULTILINE)


def a_network_socket_is_seen():
    """Else the test below could not fail."""
    found, _ = families(sys.executable, "-c", "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)")
    assert "AF_INET" in found, found
    found, _ = families(sys.executable, "-c", "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)")
    assert "AF_INET6" in found, found


def the_whole_road_asks_for_no_network():
    found, programs = families(ROOT / "tools" / "run-sample", ZICHA, "out")
    runs = sum(os.path.basename(program) == "zicha" for program in programs)
    assert runs >= 10, programs
    assert pathlib.Path("out/verification.txt").stat().st_size > 0
    assert found <= LOCAL, f"sockets of {', '.join(sorted(found - LOCAL))}"


def can_trace():
    """Some containers forbid tracing; there nothing can be said."""
    return shutil.which("strace") and subprocess.run(["strace", "-o", os.devnull, "true"], stderr=subprocess.DEVNULL,
                                                     check=False).returncode == 0


if __name__ == "__main__":
    if not can_trace():
        print("1..0 # SKIP strace is missing or not allowed to trace")
        sys.exit(0)
    main([a_network_socket_is_seen, the_whole_road_asks_for_no_network])
