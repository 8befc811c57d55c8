#!/usr/bin/env python3
"""No command of the whole road opens a network socket: the kernel forbids it and strace looks on; it is not promised."""
import os
import pathlib
import re
import subprocess

from sockets import can_trace, foreign, prove, watched
from zicha import ZICHA, environment, main

ROOT = pathlib.Path(__file__).resolve().parents[2]


def a_network_socket_is_seen():
    """Else the test below could not fail."""
    prove()


def the_whole_road_asks_for_no_network():
    done = subprocess.run([*watched("trace"), ROOT / "tools" / "run-sample", ZICHA, "out"], env=environment(),
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=500, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")
    assert pathlib.Path("out/verification.txt").stat().st_size > 0
    assert not foreign("trace"), f"sockets of {', '.join(sorted(foreign('trace')))}"
    if can_trace():
        programs = re.findall(r'execve\("([^"]+)".* = 0$', pathlib.Path("trace").read_text(errors="replace"), re.MULTILINE)
        assert sum(os.path.basename(program) == "zicha" for program in programs) >= 10, programs


if __name__ == "__main__":
    main([a_network_socket_is_seen, the_whole_road_asks_for_no_network])
