# SPDX-License-Identifier: Apache-2.0
"""Calls an MCP gateway by the official Python client: usage: mcp-clients.py URL TOKEN_FILE MODE.

The token must permit read_ticket of T-7 and nothing else.
"""

import asyncio
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


async def main(url, token, mode):
    http = httpx2.AsyncClient(headers={"Authorization": "Bearer " + token})
    async with Client(streamable_http_client(url, http_client=http), mode=mode) as client:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        assert tools == ["read_ticket"], tools
        permitted = await client.call_tool("read_ticket", {"id": "T-7"})
        assert not permitted.is_error, permitted
        refused = await client.call_tool("read_ticket", {"id": "T-8"})
        assert refused.is_error and "Refused." in str(refused.content), refused
        print(mode, client.protocol_version)


with open(sys.argv[2], encoding="ascii") as file:
    asyncio.run(main(sys.argv[1], file.read().strip(), sys.argv[3]))
