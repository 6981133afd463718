"""What is not a message of a client that has the key: it is ignored, and the kernel still answers."""

import json
import unittest
import uuid
from queue import Empty

import zmq
from client import Client
from jupyter_client.session import Session

DELIMITER = b"<IDS|MSG>"


class BadMessageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = Client()
        cls.context = zmq.Context()

    @classmethod
    def tearDownClass(cls):
        cls.context.destroy(linger=0)
        cls.client.stop()

    def setUp(self):
        self.client.run("globalThis.runs = 0")
        self.session = Session(key=self.client.kc.session.key)
        self.sockets = []
        self.addCleanup(lambda: [socket.close(linger=0) for socket in self.sockets])

    def socket(self, channel="shell"):
        socket = self.context.socket(zmq.DEALER)
        socket.connect(f"tcp://{self.client.km.ip}:{getattr(self.client.km, channel + '_port')}")
        self.sockets.append(socket)
        return socket

    def frames(self, code="runs++", **content):
        """A good execute_request, as frames."""
        message = self.session.msg("execute_request", {"code": code, "silent": False, **content})
        return self.session.serialize(message)

    def signed(self, *parts):
        """Any four frames, signed with the right key."""
        return [DELIMITER, self.session.sign(list(parts)), *parts]

    def check_ignored(self, *messages, channel="shell", runs=0):
        """The messages get no answer, run nothing (or as often as said), and the kernel answers everybody else."""
        socket = self.socket(channel)
        for frames in messages:
            socket.send_multipart(frames)
        self.client.reply_to(self.client.kc.kernel_info(), timeout=20)
        if runs == 0:
            self.assertEqual(socket.poll(300), 0, "the kernel answered")
        else:  # a new connection may come after the question of an older one
            self.assertNotEqual(socket.poll(20_000), 0, "the kernel did not answer")
        self.assertEqual(self.client.value("runs"), str(runs))

    def test_no_delimiter(self):
        self.check_ignored([b"hello"], [b""], [b"a", b"b", b"c"])

    def test_only_a_delimiter(self):
        self.check_ignored([DELIMITER])

    def test_truncated(self):
        frames = self.frames()
        self.check_ignored(*(frames[:length] for length in range(1, 6)))

    def test_unsigned(self):
        frames = self.frames()
        frames[1] = b""
        self.check_ignored(frames)

    def test_wrong_signature(self):
        frames = self.frames()
        frames[1] = b"0" * 64
        self.check_ignored(frames)

    def test_signature_of_another_length(self):
        frames = self.frames()
        self.check_ignored([DELIMITER, frames[1][:10], *frames[2:]], [DELIMITER, frames[1] * 2, *frames[2:]])

    def test_changed_after_signing(self):
        frames = self.frames()
        frames[5] = json.dumps({"code": "runs += 100"}).encode()
        self.check_ignored(frames)

    def test_duplicated(self):
        frames = self.frames()
        self.check_ignored(frames, frames, frames, runs=1)

    def test_frames_that_are_not_json(self):
        good = self.frames()[2:6]
        for place in range(4):
            with self.subTest(frame=place):
                self.check_ignored(self.signed(*good[:place], b"{not json", *good[place + 1 :]))

    def test_frames_that_are_not_utf8(self):
        header, parent, metadata, _content = self.frames()[2:6]
        self.check_ignored(self.signed(header, parent, metadata, b"\xff\xfe\x00"))

    def test_frames_that_are_not_objects(self):
        good = self.frames()[2:6]
        for value in (b"[]", b"null", b"7", b'"text"', b""):
            for place in (0, 3):
                with self.subTest(value=value, frame=place):
                    self.check_ignored(self.signed(*good[:place], value, *good[place + 1 :]))

    def test_an_empty_header(self):
        _header, parent, metadata, content = self.frames()[2:6]
        self.check_ignored(self.signed(b"{}", parent, metadata, content))

    def test_unknown_message_types_run_nothing(self):
        socket = self.socket()
        self.session.send(socket, "no_such_request", {"code": "runs++"})
        self.client.reply_to(self.client.kc.kernel_info(), timeout=20)
        self.assertEqual(self.client.value("runs"), "0")

    def test_content_of_the_wrong_shape_runs_nothing(self):
        socket = self.socket()
        for content in ({}, {"code": 7}, {"code": ["runs++"]}, {"code": "runs++", "user_expressions": "x"}):
            self.session.send(socket, "execute_request", content)
        self.client.reply_to(self.client.kc.kernel_info(), timeout=20)
        self.assertEqual(self.client.value("runs"), "0")

    def test_many_and_large_frames(self):
        self.check_ignored([b"x" * 10_000_000], [b"y"] * 10_000)

    def test_bad_messages_on_control(self):
        self.check_ignored([b"hello"], self.frames()[:4], channel="control")
        frames = self.session.serialize(self.session.msg("shutdown_request", {"restart": False}))
        frames[1] = b"0" * 64
        self.check_ignored(frames, channel="control")

    def test_bad_messages_on_stdin(self):
        self.check_ignored([b"hello"], [DELIMITER], channel="stdin")

    def test_bytes_that_are_not_zeromq(self):
        import socket as sockets

        with sockets.create_connection((self.client.km.ip, self.client.km.shell_port)) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + uuid.uuid4().bytes * 1000)
        self.client.reply_to(self.client.kc.kernel_info(), timeout=20)

    def test_the_heartbeat_echoes_anything(self):
        socket = self.context.socket(zmq.REQ)
        self.sockets.append(socket)
        socket.connect(f"tcp://{self.client.km.ip}:{self.client.km.hb_port}")
        socket.send(b"anything \x00\xff")
        self.assertEqual(socket.poll(5000), 1)
        self.assertEqual(socket.recv(), b"anything \x00\xff")

    def test_nothing_is_published_for_what_is_ignored(self):
        while True:
            try:
                self.client.kc.get_iopub_msg(timeout=0.3)
            except Empty:
                break
        frames = self.frames()
        frames[1] = b"0" * 64
        self.socket().send_multipart(frames)
        self.assertTrue(self.client.nothing_more(0.5))
