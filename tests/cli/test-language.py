#!/usr/bin/env python3
"""In Chinese: what the command line says, and in which order it lists."""
import os
import re
import subprocess

from zicha import ZICHA, environment, main, run, sample

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LOCALE = {"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN", "ZICHA_LOCALEDIR": os.environ["ZICHA_LOCALEDIR"]}


def chinese():
    return environment(**LOCALE)


def say(*words):
    """What a command says, on either stream, whatever its status."""
    done = subprocess.run([ZICHA, *words], env=chinese(), capture_output=True, text=True, timeout=300, check=False)
    return done.stdout + done.stderr


def commands():
    return re.findall(r"^  ([a-z]+) +\S", run("--help"), re.MULTILINE)


def every_help_is_chinese():
    assert len(commands()) > 20
    for command in commands():
        text = say(command, "--help")
        # The line that says what it does, and each option's line.
        for line in text.splitlines():
            if re.match(r" +-", line) and not line.strip().startswith("--json"):
                assert CHINESE.search(line), f"{command}: {line}"
        assert text.startswith("用法："), text


def refusals_are_chinese():
    sample("u.zicha")
    for words in (["fly"], ["seal"], ["seal", "nothing.zicha"], ["set", "u.zicha", "X99", "yes"], ["verify", "u.zicha"],
                  ["new", "u.zicha", "--scheme", "nothing"], ["unseal", "u.zicha", "--reason", "x"], ["code", "u.zicha"]):
        text = say(*words)
        assert text.startswith("zicha: ") and CHINESE.search(text), f"{words}: {text}"


def results_are_chinese():
    sample("u.zicha")
    assert re.search(r"共 \d+ 项", say("status", "u.zicha"))
    for command in ("status", "preflight", "evidence", "fonts"):
        assert CHINESE.search(say(command, *(["u.zicha"] if command != "fonts" else []))), command


def schemes_are_in_the_order_of_pinyin():
    text = run("schemes", env=chinese())
    order = [text.index(name) for name in ("宝坻", "北京", "深圳", "西城", "玉溪")]
    assert order == sorted(order), text


def chinese_is_taken_where_no_language_is_set():
    plain = environment(LC_ALL="C")
    run("keygen", "--office", "示例受理办公室", "-o", "office", env=plain)
    sample("u.zicha")
    run("note", "u.zicha", "X01", "没有区域设置时写的字", env=plain)
    assert run("get", "u.zicha", "answer:X01/note", env=plain).strip() == "没有区域设置时写的字"
    run("attach", "u.zicha", "X01", os.path.join("office", sorted(os.listdir("office"))[0]), env=plain)


if __name__ == "__main__":
    main([every_help_is_chinese, refusals_are_chinese, results_are_chinese, schemes_are_in_the_order_of_pinyin,
          chinese_is_taken_where_no_language_is_set])
