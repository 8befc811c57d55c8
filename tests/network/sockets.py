"""How the tests see that a program asks for no network: the kernel forbids it, and strace, where it may trace, looks on.

Environment: FORBID_NETWORK, the program of that name that is built beside.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

FORBID = os.environ["FORBID_NETWORK"]
CALL = re.compile(r"^(?:\d+ +)?(?:socket\(|connect\(\d+, \{sa_family=)(\w+)", re.MULTILINE)
LOCAL = {"AF_UNIX", "AF_NETLINK"}
ENDED = 31  # SIGSYS


def can_trace():
    """Some containers forbid tracing; what the kernel forbids, it forbids there too."""
    return shutil.which("strace") is not None and subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-o", os.devnull, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


def watched(trace):
    """What to put before a command. Its system calls of interest come into the file `trace`."""
    look = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=socket,connect,execve", "-e", "signal=none", "-o", os.fspath(trace)]
    return [FORBID, *(look if can_trace() else [])]


def foreign(trace):
    """The families of sockets in a trace that lead out of this computer. None where nothing could be traced."""
    return set(CALL.findall(pathlib.Path(trace).read_text(errors="replace"))) - LOCAL if can_trace() else set()


def prove():
    """Both ways find what they are to find; else a test with them could not fail."""
    for family in ("AF_INET", "AF_INET6"):
        ask = [sys.executable, "-c", f"import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)"]
        done = subprocess.run([FORBID, *ask], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        assert done.returncode in (-ENDED, 128 + ENDED), f"{family} is not forbidden: {done}"
        if can_trace():
            subprocess.run([*watched("proof")[1:], *ask], check=False)
            assert foreign("proof") == {family}, foreign("proof")
    ask = [sys.executable, "-c", "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)"]
    subprocess.run([*watched("proof"), *ask], check=True)
    assert not foreign("proof"), foreign("proof")
