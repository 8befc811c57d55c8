#!/usr/bin/env python3
"""Discs by the command line: image, burn, read back, several of them. Files stand for drives, as libburn's "stdio:" offers."""
import contextlib
import filecmp
import glob
import hashlib
import json
import os
import pathlib
import resource
import shutil
import subprocess
import time

from zicha import SAMPLES, environment, main, run, run_json, sample

UNIT, CONTACT, PHONE = "示例区档案服务中心", "林可样", "010-55550003"


def packed():
    file = sample()
    code = run("seal", file).strip()
    run("keygen", "--office", "示例受理办公室", "-o", "office")
    run("pack", file, "-o", "p.zcp", "--to", "office/office.crt")
    return file, code


def drive(name="disc"):
    return "stdio:" + os.path.abspath(name)


def content(image, reader="bsdtar"):
    """The files of an image, as another program extracts them: name to digest."""
    commands = {
        "bsdtar": ["bsdtar", "-xf", image, "-C", "x"],
        "7z": ["7z", "x", "-y", "-ox", image],
        "xorriso": ["xorriso", "-osirrox", "on", "-indev", image, "-extract", "/", "x"],
    }
    os.makedirs("x")
    try:
        if reader == "isoinfo":
            for name in subprocess.run(["isoinfo", "-f", "-R", "-i", image], check=True, capture_output=True,
                                       text=True).stdout.split():
                data = subprocess.run(["isoinfo", "-R", "-i", image, "-x", name], check=True, capture_output=True).stdout
                pathlib.Path("x" + name).write_bytes(data)
        else:
            subprocess.run(commands[reader], check=True, capture_output=True)
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in pathlib.Path("x").iterdir()}
    finally:
        subprocess.run(["chmod", "-R", "u+rwx", "x"], check=True)
        shutil.rmtree("x")


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def nothing_is_left(*expected):
    left = [p for p in glob.glob("*", include_hidden=True) if p not in expected]
    assert not left, left


def kinds(file):
    return [event["kind"] for event in run_json("status", file)["log"]]


def package_is_burned_and_noted():
    file, code = packed()
    assert run_json("status", file)["state"] == "packed"
    before = set(os.listdir())
    said = run_json("disc", "burn", "p.zcp", "--drive", drive(), "--inspection", file, "--log", "burn.log")
    assert said["result"] == "good" and said["size"] == said["written"] == said["verified"], said
    assert hashlib.sha256(pathlib.Path("disc").read_bytes()).hexdigest() == said["sha256"]
    assert set(os.listdir()) - before == {"disc", "burn.log"}, "the temporary image is left"
    status = run_json("status", file)
    assert status["state"] == "burned"
    event = status["log"][-1]
    assert event["kind"] == "burned"
    for part in (said["volume"], said["sha256"], said["drive"], said["medium"]):
        assert part in event["detail"], (part, event)
    assert f"sha256-read: {said['sha256']}\n" in pathlib.Path("burn.log").read_text()
    assert said["volume"] in run("status", file)
    assert run_json("verify", "disc", "--key", "office/office.key", "--code", code)["paper"] == "matches"


def image_is_kept_where_asked():
    packed()
    run("disc", "burn", "p.zcp", "--drive", drive(), "-o", "kept.iso")
    assert filecmp.cmp("kept.iso", "disc", shallow=False)
    run("disc", "verify", "disc")


def written_disc_is_refused():
    file, _ = packed()
    run("disc", "image", "p.zcp", "-o", "d.iso")
    run("disc", "burn", "d.iso", "--drive", drive())
    before = pathlib.Path("disc").read_bytes()
    for what in ("d.iso", "p.zcp"):
        said = run("disc", "burn", what, "--drive", drive(), "--inspection", file, status=5)
        assert "not blank" in said, said
    assert pathlib.Path("disc").read_bytes() == before
    assert kinds(file) == ["packed"], "a disc that was not touched is no event"
    assert run_json("disc", "drives", "--drive", drive(), status=1)["state"] == "closed"


def no_drive_and_no_disc_are_told_apart():
    packed()
    said = {run("disc", "burn", "p.zcp", "--drive", "/dev/sr98", status=5), run("disc", "burn", "p.zcp", "--drive", "stdio:", status=5)}
    assert len(said) == 2 and any("no drive" in s for s in said) and any("no disc in the drive" in s for s in said), said
    if not glob.glob("/sys/block/sr*"):
        assert "no optical drive" in run("disc", "drives", status=5)
    medium = run_json("disc", "drives", "--drive", drive())
    assert medium["state"] == "blank" and medium["capacity"] > 0 and medium["refused"] is None, medium
    assert not os.path.exists("disc"), "looking must not write"


def failing_disc_is_not_to_be_submitted():
    file, _ = packed()
    run("disc", "image", "p.zcp", "-o", "d.iso")
    said = run("disc", "burn", "d.iso", "--drive", drive(), "--inspection", file, "--log", "burn.log", status=5,
               preexec=limited(os.path.getsize("d.iso") // 2))
    assert "Do not submit" in said, said
    assert run_json("status", file)["state"] == "packed" and kinds(file)[-1] == "burn-failed"
    assert "result: failed\n" in pathlib.Path("burn.log").read_text()


def draft_is_refused_before_the_burn():
    packed()
    sample("draft.zicha")
    for command in (["burn", "p.zcp", "--drive", drive()], ["image", "p.zcp", "-o", "d.iso"]):
        assert "not sealed" in run("disc", *command, "--inspection", "draft.zicha", status=2)
    assert not os.path.exists("disc") and not os.path.exists("d.iso")


def damaged_image_is_refused():
    packed()
    run("disc", "image", "p.zcp", "-o", "d.iso")
    data = bytearray(pathlib.Path("d.iso").read_bytes())
    data[len(data) // 2] ^= 1
    pathlib.Path("bad.iso").write_bytes(data)
    pathlib.Path("cut.iso").write_bytes(data[:-1000000])
    assert "PACKAGE.ZCP" in run("disc", "verify", "bad.iso", status=3)
    for image in ("bad.iso", "cut.iso"):
        run("disc", "burn", image, "--drive", drive(), status=3)
        run("disc", "verify", image, status=3)
    pathlib.Path("text").write_text("no image" * 10000)
    run("disc", "burn", "text", "--drive", drive(), status=3)
    assert not os.path.exists("disc")


def damaged_package_is_refused_before_a_disc_is_spent():
    """The image is faithful to what was given, and its lists agree; the package's own list does not."""
    file, _ = packed()
    data = bytearray(pathlib.Path("p.zcp").read_bytes())
    data[len(data) // 2] ^= 1
    pathlib.Path("p.zcp").write_bytes(data)
    run("disc", "image", "p.zcp", "-o", "d.iso")
    for command in (["verify", "d.iso"], ["burn", "d.iso", "--drive", drive(), "--inspection", file],
                    ["burn", "p.zcp", "--drive", drive(), "--inspection", file]):
        said = run("disc", *command, status=3)
        assert "The package was altered" in said, said
    assert not os.path.exists("disc") and kinds(file) == ["packed"]


def split():
    file, code = packed()
    # What lies on a disc beside its part, and a little more than a third of the package: three discs, whatever its size.
    run("disc", "image", "p.zcp", "-o", "whole.iso")
    capacity = os.path.getsize("whole.iso") - os.path.getsize("p.zcp") + os.path.getsize("p.zcp") * 2 // 5
    os.unlink("whole.iso")
    said = run("disc", "image", "p.zcp", "-o", "s.iso", "--capacity", str(capacity), status=5)
    assert "needs" in said and "this disc holds" in said, said
    assert not glob.glob("s*.iso")
    images = [i["path"] for i in run_json("disc", "image", "p.zcp", "-o", "s.iso", "--capacity", str(capacity), "--split",
                                          "--inspection", file)]
    assert images == [f"s-{n}of{len(images)}.iso" for n in range(1, len(images) + 1)] and len(images) == 3, images
    assert all(os.path.getsize(i) <= capacity for i in images)
    return file, code, images, capacity


def several_discs_are_one_hand_in():
    _, code, images, _ = split()
    key = ["--key", "office/office.key", "--code", code]
    for order in (images, images[::-1], images[1:] + images[:1]):
        assert run_json("verify", *order, *key)["paper"] == "matches"
    run("open", *images[::-1], *key, "-o", "opened")
    assert (pathlib.Path("opened") / "record.xml").exists()
    for n, image in enumerate(images, 1):
        assert f"one of {len(images)} discs" in run("disc", "verify", image)
        names = content(image)
        assert f"DISC{n}OF3.TXT" in names and {"README.TXT", "HANDIN.TXT", "SHA256SUMS.TXT", "SM3SUMS.TXT"} <= set(names), names
    assert "complete" in run("disc", "verify", *images[::-1])
    # Plain concatenation, by hand: all that an office without the program needs.
    with open("joined.zcp", "wb") as joined:
        for image in images:
            for name in sorted(n for n in content(image) if n.startswith("PACKAGE.")):
                joined.write(subprocess.run(["bsdtar", "-xOf", image, name], check=True, capture_output=True).stdout)
    assert filecmp.cmp("joined.zcp", "p.zcp", shallow=False)


def wrong_sets_of_discs_are_refused():
    file, _, images, capacity = split()
    run("pack", file, "-o", "q.zcp", "--to", "office/office.crt")
    other = [i["path"] for i in run_json("disc", "image", "q.zcp", "-o", "q.iso", "--capacity", str(capacity), "--split")]
    said = set()
    for wrong in (images[:2], [images[0], *images], [images[0], images[1], other[2]]):
        for command in (["verify", *wrong, "--key", "office/office.key"], ["disc", "verify", *wrong],
                        ["open", *wrong, "--key", "office/office.key", "-o", "no"]):
            said.add(run(*command, status=3))
        assert not os.path.exists("no")
    assert len(said) == 3, said


def hand_in_is_burned_when_all_its_discs_are():
    file, _, images, _ = split()
    for n, image in ((2, images[1]), (1, images[0])):
        run("disc", "burn", image, "--drive", drive(f"disc{n}"), "--inspection", file)
        assert run_json("status", file)["state"] == "packed"
    run("disc", "burn", images[2], "--drive", drive("spoilt"), "--inspection", file, status=5, preexec=limited(os.path.getsize(images[2]) // 2))
    assert run_json("status", file)["state"] == "packed"
    run("disc", "burn", images[2], "--drive", drive("disc3"), "--inspection", file)
    assert run_json("status", file)["state"] == "burned"
    assert kinds(file)[-4:] == ["disc-burned", "disc-burned", "burn-failed", "burned"], kinds(file)
    run("disc", "verify", "disc3", "disc1", "disc2")


@contextlib.contextmanager
def system_bus():
    """A bus of our own in the place of the system's. Gives the environment that leads there."""
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True)
    try:
        yield environment(DBUS_SYSTEM_BUS_ADDRESS=bus.stdout.readline().strip())
    finally:
        bus.terminate()
        bus.wait()


@contextlib.contextmanager
def login_manager(env, *refused):
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "login-manager")
    manager = subprocess.Popen([program, "events", "disc", *refused], stdout=subprocess.PIPE, text=True, env=env)
    try:
        assert manager.stdout.readline() == "ready\n"
        yield
    finally:
        manager.terminate()
        manager.wait()


def events(n):
    """The first @n things that the login manager noted; it hears of a closed lock a moment later."""
    end = time.monotonic() + 60
    while True:
        path = pathlib.Path("events")
        found = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        if len(found) >= n or time.monotonic() > end:
            return found
        time.sleep(0.02)


def burn_in(env):
    for name in ("disc", "events"):
        pathlib.Path(name).unlink(missing_ok=True)
    said = run("disc", "burn", "p.zcp", "--drive", drive(), env=env)
    return said, os.path.getsize("disc")


def computer_is_kept_awake_while_it_burns():
    packed()
    with system_bus() as env, login_manager(env):
        said, size = burn_in(env)
        assert "go to sleep" not in said, said
        held, released = events(2)
        assert held["event"] == "held" and held["mode"] == "block" and held["who"] == "Zicha" and held["why"], held
        assert set(held["what"].split(":")) == {"sleep", "shutdown", "handle-lid-switch"} and held["disc"] == 0, held
        assert released == {"event": "released", "what": held["what"], "disc": size}, released
    with system_bus() as env, login_manager(env, "sleep:shutdown:handle-lid-switch"):
        said, size = burn_in(env)
        assert [e["event"] for e in events(3)] == ["refused", "held", "released"] and events(3)[1]["what"] == "sleep"
        assert "go to sleep" not in said, said


def who_cannot_be_kept_awake_is_told_and_burns():
    packed()
    with system_bus() as env:
        said, _ = burn_in(env)
        assert "does not go to sleep" in said, "a bus without a login manager"
        with login_manager(env, "all"):
            said, _ = burn_in(env)
            assert "does not go to sleep" in said and [e["event"] for e in events(2)] == ["refused"] * 2
    said, _ = burn_in(environment())
    assert "does not go to sleep" in said, "no bus"
    run("disc", "verify", "disc")


def full_folder_is_told_with_what_is_missing():
    packed()
    run("disc", "image", "p.zcp", "-o", "d.iso")
    size = os.path.getsize("d.iso")
    pathlib.Path("d.iso").unlink()
    before = os.listdir()
    for limit in (1, 4096, 200000, size // 2, size - 400000, size - 1):
        said = run("disc", "image", "p.zcp", "-o", "d.iso", status=5, preexec=limited(limit))
        assert "not enough space" in said and "more are needed" in said, said
        nothing_is_left(*before)
    said = run("disc", "burn", "p.zcp", "--drive", drive(), status=5, preexec=limited(size // 2))
    assert "more are needed" in said, said
    nothing_is_left(*before)


def images_are_the_same_for_everybody():
    packed()
    shutil.copy2("p.zcp", "shared.zcp")
    os.chmod("shared.zcp", 0o644)
    os.chmod(".", 0o777)
    run("disc", "image", "shared.zcp", "-o", "first.iso")

    def as_nobody():
        os.umask(0o007)
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)

    for number, zone in enumerate(("UTC", "Pacific/Kiritimati", "America/New_York")):
        env = environment()
        env.update({"TZ": zone, "ZICHA_CLOCK": f"203{number}-01-02T03:04:05+08:00", "LC_ALL": "C" if number else "C.UTF-8"})
        run("disc", "image", "shared.zcp", "-o", f"{number}.iso", env=env, preexec=as_nobody)
        assert filecmp.cmp("first.iso", f"{number}.iso", shallow=False), zone


def other_programs_extract_the_same():
    packed()
    run("disc", "image", "p.zcp", "-o", "d.iso")
    readers = [r for r in ("bsdtar", "7z", "xorriso", "isoinfo") if shutil.which(r)]
    assert len(readers) >= 3, readers
    found = {reader: content("d.iso", reader) for reader in readers}
    assert all(files == found[readers[0]] for files in found.values()), found
    assert found[readers[0]]["PACKAGE.ZCP"] == hashlib.sha256(pathlib.Path("p.zcp").read_bytes()).hexdigest()


def nothing_of_the_unit_lies_in_clear():
    file, code = packed()
    run("disc", "image", "p.zcp", "-o", "d.iso", "--inspection", file)
    image = pathlib.Path("d.iso").read_bytes()
    sheet = subprocess.run(["bsdtar", "-xOf", "d.iso", "HANDIN.TXT"], check=True, capture_output=True).stdout
    text = sheet.decode("utf-8-sig")
    assert "通知" in text and "光盘" in text and "\r\n" in text
    stated = (SAMPLES / "xicheng-2016" / "statements.txt").read_text()
    for secret in (UNIT, CONTACT, PHONE):
        assert secret in stated, f"the sample no longer states {secret}"
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030"):
            assert secret.encode(encoding) not in image, secret
    assert code.encode() not in image


def own_sheet_goes_on_as_it_is():
    packed()
    pathlib.Path("own.pdf").write_bytes(b"%PDF-1.4 own")
    run("disc", "image", "p.zcp", "-o", "d.iso", "--sheet", "own.pdf")
    assert content("d.iso")["HANDIN.PDF"] == hashlib.sha256(b"%PDF-1.4 own").hexdigest()
    run("disc", "image", "p.zcp", "-o", "e.iso", "--sheet", "nowhere.pdf", status=5)
    assert not os.path.exists("e.iso")


if __name__ == "__main__":
    main([package_is_burned_and_noted, image_is_kept_where_asked, written_disc_is_refused, no_drive_and_no_disc_are_told_apart,
          failing_disc_is_not_to_be_submitted, draft_is_refused_before_the_burn, damaged_image_is_refused,
          damaged_package_is_refused_before_a_disc_is_spent,
          several_discs_are_one_hand_in, wrong_sets_of_discs_are_refused, hand_in_is_burned_when_all_its_discs_are,
          computer_is_kept_awake_while_it_burns, who_cannot_be_kept_awake_is_told_and_burns, full_folder_is_told_with_what_is_missing, images_are_the_same_for_everybody, other_programs_extract_the_same,
          nothing_of_the_unit_lies_in_clear, own_sheet_goes_on_as_it_is])
