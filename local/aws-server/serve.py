# SPDX-License-Identifier: Apache-2.0
"""Serves AWS's APIs on loopback, with as many servers as it is asked for, each with data of its own.

Each line of the standard input asks for one thing: `start` for a server, whose address it prints, or `start PORT`;
`stop ADDRESS` for the end of one. All of them end when the standard input does. A server is a fork of this process, because loading moto
takes longer than most tests.
"""

import gc
import os
import signal
import sys

import gaps
import speed
from moto.server import ThreadedMotoServer

# For each server's address, the end of a pipe: the server lives as long as it is open.
held = {}


def start(port):
    told, tell = os.pipe()
    wait, hold = os.pipe()
    if os.fork() == 0:
        for end in (told, hold, *held.values()):
            os.close(end)
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
        server.start()
        os.write(tell, ("http://%s:%d" % server.get_host_and_port()).encode())
        os.close(tell)
        os.read(wait, 1)
        os._exit(0)
    os.close(tell)
    os.close(wait)
    with os.fdopen(told) as answer:
        address = answer.read()
    held[address] = hold
    return address


# Ctrl+C ends all of them without a word.
signal.signal(signal.SIGINT, signal.SIG_DFL)
gaps.close()
speed.up()
# What was loaded stays; the collector need not look at it again.
gc.collect()
gc.freeze()
for line in sys.stdin:
    verb, _, which = line.strip().partition(" ")
    if verb == "start":
        print(start(int(which or 0)), flush=True)
    else:
        os.close(held.pop(which))
