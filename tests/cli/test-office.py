#!/usr/bin/env python3
"""The package as unit and office see it: recipients, certificates, passphrases, Ctrl+C, what is in it and what leaks."""
import os
import pathlib
import re
import signal
import subprocess
import time

from zicha import ZICHA, environment, main, run, run_json, sample

PHRASE = "7K3QX-M2N4P-8RSTV-WXYZ0"
OLD_CLOCK = "2016-07-05T09:00:00+08:00"


def sealed(name="s.zicha"):
    file = sample(name)
    return file, run("seal", file).strip()


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def certificate(name, *options, key=("-newkey", "rsa:3072")):
    """A certificate that begins now; the tests' clock is set into its time."""
    openssl("req", "-x509", *key, "-nodes", "-keyout", name + ".key", "-out", name + ".crt", "-subj", f"/CN={name}", "-days", "30",
            *options)
    return name + ".crt"


def now(**more):
    return environment(ZICHA_CLOCK=time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 60)), **more)


def each_recipient_opens():
    file, code = sealed()
    for name in ("one", "two"):
        run("keygen", "--office", name, "-o", name)
    pathlib.Path("pass").write_text(PHRASE + "\n")
    run("pack", file, "-o", "p.zcp", "--to", "one/office.crt", "--to", "two/office.crt", "--passphrase-file", "pass")
    for way in (("--key", "one/office.key"), ("--key", "two/office.key"), ("--passphrase-file", "pass")):
        assert run_json("verify", "p.zcp", *way, "--code", code)["paper"] == "matches", way
    run("keygen", "--office", "three", "-o", "three")
    run("verify", "p.zcp", "--key", "three/office.key", status=4)


def key_with_a_passphrase():
    file, code = sealed()
    pathlib.Path("pass").write_text("风吹草低见牛羊 敕勒川阴山下\n")
    pathlib.Path("wrong").write_text("风吹草低见牛羊 敕勒川阴山上\n")
    pathlib.Path("weak").write_text("monkeymonkeymonkey\n")
    for suite in ("national", "international"):
        run("keygen", "--office", "受理办公室", "-o", suite, "--suite", suite, "--passphrase-file", "pass")
        key = f"{suite}/office.key"
        assert "ENCRYPTED" in pathlib.Path(key).read_text() and os.stat(key).st_mode & 0o777 == 0o600
        run("pack", file, "-o", suite + ".zcp", "--to", f"{suite}/office.crt")
        answer = run_json("verify", suite + ".zcp", "--key", key, "--key-passphrase-file", "pass", "--code", code)
        assert answer["paper"] == "matches"
        run("verify", suite + ".zcp", "--key", key, "--key-passphrase-file", "wrong", status=4)
        run("verify", suite + ".zcp", "--key", key, status=4)
    run("keygen", "--office", "x", "-o", "weakly", "--passphrase-file", "weak", status=2)
    assert not os.path.exists("weakly")
    before = pathlib.Path("national/office.key").read_bytes()
    run("keygen", "--office", "x", "-o", "national", status=2)
    assert pathlib.Path("national/office.key").read_bytes() == before


def certificates_are_refused_in_words():
    file, _ = sealed()
    openssl("genpkey", "-algorithm", "SM2", "-out", "sm2.pem")
    sm2 = ("-new", "-key", "sm2.pem", "-sm3", "-sigopt", "distid:1234567812345678")
    good = certificate("good")
    cases = [
        (good, environment(ZICHA_CLOCK=OLD_CLOCK), "not valid before"),
        (good, environment(ZICHA_CLOCK="2098-01-01T00:00:00+08:00"), "expired on"),
        (certificate("weak", key=("-newkey", "rsa:2048")), now(), "too weak"),
        (certificate("p256", key=("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")), now(), "prime256v1"),
        (certificate("brain", key=("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1")), now(), "brainpoolP256r1"),
        (certificate("ed", key=("-newkey", "ed25519")), now(), "ED25519"),
        (certificate("signs", "-addext", "keyUsage=critical,digitalSignature"), now(), "for signing"),
        (certificate("sm2signs", "-addext", "keyUsage=critical,digitalSignature,nonRepudiation", key=sm2), now(), "for signing"),
        (certificate("web", "-addext", "extendedKeyUsage=serverAuth"), now(), "another purpose"),
        (certificate("odd", "-addext", "1.2.3.4=critical,ASN1:UTF8String:x"), now(), "conditions that we do not know"),
        ("good.key", now(), "not a certificate"),
        (file, now(), None),
    ]
    openssl("x509", "-in", "good.crt", "-outform", "DER", "-out", "good.der")
    der = bytearray(pathlib.Path("good.der").read_bytes())
    der[-20] ^= 1
    pathlib.Path("altered.der").write_bytes(der)
    cases.append(("altered.der", now(), "altered"))
    for path, env, words in cases:
        said = run("pack", file, "-o", "x.zcp", "--to", path, status=3 if words in (None, "not a certificate") else 4, env=env)
        assert words is None or words in said, (path, said)
        assert not os.path.exists("x.zcp"), path
    for path in (good, "good.der", certificate("sm2", key=sm2)):
        run("pack", file, "-o", "x.zcp", "--to", path, env=now())
    said = run("pack", file, "-o", "y.zcp", "--to", good, "--to", "sm2.crt", status=4, env=now())
    assert "suite" in said and not os.path.exists("y.zcp"), said


def fingerprints_are_those_of_openssl():
    file, _ = sealed()
    shown = run("keygen", "--office", "受理办公室", "-o", "office")
    packed = run("pack", file, "-o", "p.zcp", "--to", "office/office.crt")
    for digest in ("sm3", "sha256"):
        line = subprocess.run(["openssl", "x509", "-in", "office/office.crt", "-noout", "-fingerprint", "-" + digest],
                              stdout=subprocess.PIPE, check=True).stdout.decode()
        want = line.strip().split("=")[1].replace(":", "")
        assert want in shown.replace(" ", "") and want in packed.replace(" ", ""), (digest, want)


def weak_passphrases_are_refused():
    file, _ = sealed()
    for phrase in ("12345678901234567890", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa", "qwertyuiopasdfgh", "1qaz2wsx3edc4rfv",
                   "111122223333444455", "kurz", "中国中国中国中国中国中国中国", "x" * 5000):
        pathlib.Path("pass").write_text(phrase + "\n")
        said = run("pack", file, "-o", "x.zcp", "--passphrase-file", "pass", status=3 if len(phrase) > 1000 else 2)
        assert phrase not in said and phrase[:8] not in said, said
        assert not os.path.exists("x.zcp")
    pathlib.Path("pass").write_bytes(b"\xff\xfe not text at all\n")
    run("pack", file, "-o", "x.zcp", "--passphrase-file", "pass", status=2)
    run("pack", file, "-o", "x.zcp", "--passphrase-file", "nowhere", status=5)


def passphrase_is_generated():
    file, code = sealed()
    said = run("pack", file, "-o", "p.zcp", "--new-passphrase-file", "phrase")
    phrase = pathlib.Path("phrase").read_text()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}\n", phrase), phrase
    assert os.stat("phrase").st_mode & 0o777 == 0o600
    assert phrase.strip() not in said and "100 bits" in said
    assert run_json("verify", "p.zcp", "--passphrase-file", "phrase", "--code", code)["paper"] == "matches"
    run("pack", file, "-o", "q.zcp", "--new-passphrase-file", "phrase", status=2)
    assert pathlib.Path("phrase").read_text() == phrase and not os.path.exists("q.zcp")
    run("pack", file, "-o", "nowhere/q.zcp", "--new-passphrase-file", "other", status=5)
    assert not os.path.exists("other")


def contents_are_as_specified():
    file = sample()
    pathlib.Path("odd\tname\\ 材料.TXT").write_text("奇怪的名字")
    run("attach", file, "X08", "odd\tname\\ 材料.TXT")
    first = run("seal", file).strip()
    digest = run_json("code", file)["digest"]
    run("unseal", file, "--reason", "补充")
    run("note", file, "X08", "改动一处说明。")
    run("seal", file)
    pathlib.Path("盖章 页.PDF").write_bytes(b"%PDF-1.4 scanned")
    run("keygen", "--office", "x", "-o", "office")
    run("pack", file, "-o", "p.zcp", "--to", "office/office.crt", "--scan", "盖章 页.PDF", "--docx")
    run("open", "p.zcp", "--key", "office/office.key", "-o", "out")
    out = pathlib.Path("out")
    assert (out / "scan/0001.pdf").read_bytes() == b"%PDF-1.4 scanned"
    assert "盖章 页.PDF" in (out / "manifest.txt").read_text()
    assert {p.name for p in out.iterdir()} == {"manifest.txt", "record.xml", "scheme.xml", "seals.txt", "files.txt", "documents",
                                               "files", "scan"}
    seals = [line.split("\t") for line in (out / "seals.txt").read_text().splitlines()]
    assert len(seals) == 1 and seals[0][:2] == ["1", digest] and len(seals[0]) == 4, seals
    files = [line.split("\t") for line in (out / "files.txt").read_text().splitlines()]
    assert [f[0] for f in files] == sorted("files/" + p.name for p in (out / "files").iterdir())
    assert all(len(f) == 4 for f in files) and any(re.fullmatch(r"files/\d{4}\.txt", f[0]) and "材料.TXT" in f[1] for f in files), files
    suffixes = {p.suffix for p in (out / "documents").iterdir()}
    assert suffixes == {".pdf", ".docx"}, suffixes
    subprocess.run(["cksum", "--quiet", "--check", "manifest.txt"], cwd="out", check=True)
    assert all(p.stat().st_mode & 0o077 == 0 for p in out.rglob("*"))
    said = run("verify", "p.zcp", "--key", "office/office.key", "--code", first, status=1)
    assert "revision 1" in said and "revision 2" in said, said
    leaked = pathlib.Path("p.zcp").read_bytes()
    for secret in ("示例区", "奇怪", "材料.TXT", "盖章 页", "files/0001", "<record", "%PDF"):
        assert secret.encode() not in leaked, secret


def comparing_records_says_so():
    file, _ = sealed()
    run("keygen", "--office", "x", "-o", "office")
    run("pack", file, "-o", "p.zcp", "--to", "office/office.crt")
    run("export", file, "-o", "same.xml")
    assert "states the same" in run("verify", "p.zcp", "--key", "office/office.key", "--record", "same.xml")
    run("verify", "p.zcp", "--key", "office/office.key", "--record", "p.zcp", status=3)


def interrupted(words, phase, code=130):
    """Runs zicha on a terminal, presses Ctrl+C once it shows this phase, and expects it to say so and leave nothing."""
    before = sorted(os.listdir("."))
    master, slave = os.openpty()
    child = subprocess.Popen([ZICHA, *words], env=environment(), stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    shown = b""
    sent = False
    while True:
        try:
            some = os.read(master, 4096)
        except OSError:  # the terminal's other end was closed
            break
        if not some:
            break
        shown += some
        if not sent and re.search(phase.encode() + rb" +\d+ %", shown):
            child.send_signal(signal.SIGINT)
            sent = True
    child.communicate(timeout=60)
    os.close(master)
    assert sent, shown
    assert child.returncode == code, (child.returncode, shown[-300:])
    assert sorted(os.listdir(".")) == before, os.listdir(".")


def ctrl_c_leaves_nothing():
    run("new", "s.zicha", "--scheme", "xicheng-2016")
    sample("t.zicha")
    with open("large.bin", "wb") as large:
        large.truncate(256 << 20)
    run("attach", "t.zicha", "X08", "large.bin")
    run("seal", "t.zicha")
    run("keygen", "--office", "x", "-o", "office")
    # Once before, so that each of the program's own files is there.
    run("pack", "t.zicha", "-o", "p.zcp", "--to", "office/office.crt")
    interrupted(["pack", "t.zicha", "-o", "q.zcp", "--to", "office/office.crt"], "Encrypting")
    interrupted(["verify", "p.zcp", "--key", "office/office.key"], "Verifying")
    interrupted(["open", "p.zcp", "--key", "office/office.key", "-o", "out"], "Decrypting")
    run("verify", "p.zcp", "--key", "office/office.key")


def secrets_stay_inside():
    """No core dump, and no other process of the same user may look into the memory."""
    file, _ = sealed()
    os.mkfifo("fifo")
    child = subprocess.Popen([ZICHA, "pack", file, "-o", "x.zcp", "--passphrase-file", "fifo"], env=environment(),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        limits = ""
        for _ in range(1200):
            limits = pathlib.Path(f"/proc/{child.pid}/limits").read_text()
            if re.search(r"Max core file size +0 +0 ", limits):
                break
            time.sleep(0.05)
        assert re.search(r"Max core file size +0 +0 ", limits), limits
        with open("fifo", "w") as fifo:
            fifo.write(PHRASE + "\n")
        argv = pathlib.Path(f"/proc/{child.pid}/cmdline")
        assert not argv.exists() or PHRASE.encode() not in argv.read_bytes()
        assert child.wait(60) == 0
    finally:
        child.kill()
        child.wait()
    assert not [p for p in pathlib.Path(".").rglob("*") if p.is_file() and PHRASE.encode() in p.read_bytes()]


main([each_recipient_opens, key_with_a_passphrase, certificates_are_refused_in_words, fingerprints_are_those_of_openssl,
      weak_passphrases_are_refused, passphrase_is_generated, contents_are_as_specified, comparing_records_says_so,
      ctrl_c_leaves_nothing, secrets_stay_inside])
