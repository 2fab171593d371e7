# SPDX-License-Identifier: Apache-2.0
"""Serves AWS's APIs on a free loopback port, says which, and ends when its standard input does."""

import sys

import gaps
from moto.server import ThreadedMotoServer

gaps.close()
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("http://%s:%d" % server.get_host_and_port(), flush=True)
sys.stdin.read()
server.stop()
