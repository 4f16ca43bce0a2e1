"""From a port of loopback to a port of a pod, through the API: no route to the pods is needed, and no kubectl."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cluster.live import connected
from kubernetes.stream import portforward

_CHUNK = 64 * 1024


@contextmanager
def tunnel(namespace: str, pod: str, port: int) -> Iterator[int]:
    """The port of loopback that leads to `port` of the pod while the context is open."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    threading.Thread(target=_serve, args=(listening, namespace, pod, port), daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def _serve(listening: socket.socket, namespace: str, pod: str, port: int) -> None:
    with suppress(OSError):  # closed
        while True:
            here, _ = listening.accept()
            threading.Thread(target=_join, args=(here, namespace, pod, port), daemon=True).start()


def _join(here: socket.socket, namespace: str, pod: str, port: int) -> None:
    with here, suppress(Exception):  # whoever is connected sees that the line is dead, which is all there is to tell
        # A client of its own: while it opens a stream, the client's way to ask is another one.
        forward = portforward(connected().core.connect_get_namespaced_pod_portforward, pod, namespace, ports=str(port))
        there = forward.socket(port)
        back = threading.Thread(target=_pump, args=(there, here), daemon=True)
        back.start()
        _pump(here, there)
        back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Until one side has had enough; then the other is told."""
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
