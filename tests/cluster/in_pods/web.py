"""Runs in a pod of the worker's image: the sample web, which serves loopback only, and a door to it from outside."""

import asyncio
import json
import subprocess
import sys

PORT = 8080


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main(inner: int) -> None:
    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", inner)
        await asyncio.gather(pump(reader, there[1]), pump(there[0], writer))

    async with await asyncio.start_server(converse, "0.0.0.0", PORT) as door:
        await door.serve_forever()


command = [sys.executable, "-m", "vitality_lib.sample", "--pace", "0.02"]
web = subprocess.Popen(command, stdout=subprocess.PIPE)
asyncio.run(main(json.loads(web.stdout.readline())["port"]))
