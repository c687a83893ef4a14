"""All that a process said is heard, however busy the machine, and nobody is waited for in vain."""

import subprocess

import pytest

from manifesto_tui.record.listening import Heard, end, end_gently


@pytest.fixture
def started():
    processes = []

    def start(script):
        pipe = subprocess.PIPE
        command = ["/bin/sh", "-c", script]
        processes.append(
            subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True)
        )
        return processes[-1]

    yield start
    for process in processes:
        end(process)


def hear(process, told=lambda _: None):
    heard = Heard(process, told)
    while not heard.ended(0.1):
        pass
    end_gently(process)
    heard.finish()
    return heard


def test_what_was_said_just_before_the_end_is_heard(started):
    process = started("echo out; echo one >&2; printf two >&2; exit 3")
    # As on a machine so busy that nobody came to listen before it had ended.
    process.wait()
    heard = hear(process)
    assert (process.returncode, heard.out, heard.said) == (3, b"out\n", b"one\ntwo")


def test_what_a_process_left_running_is_not_waited_for(started):
    heard = hear(started("sleep 1000 & echo $!; echo one >&2; printf two >&2"))
    # It still runs, or this would fail.
    subprocess.run(["kill", heard.out.strip()], check=True)
    assert heard.said == b"one\ntwo"


def test_lines_are_told_and_progress_is_no_message(started):
    told = []
    heard = hear(started(r"printf '1%%\r2%%\rdone\n' >&2; exec 1>&- 2>&-; exit 0"), told.append)
    assert told == ["1%", "2%", "done"]
    assert heard.said == b"done\n"


def test_who_no_longer_listens_stops_nothing(started):
    def gone(_):
        raise BrokenPipeError

    assert hear(started("echo one >&2; echo two >&2"), gone).said == b"one\ntwo\n"
