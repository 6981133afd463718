"""The kernel under load, from a real client: many cells, much output, a long queue."""

import time
import unittest

from client import Client, stream_text

QUICK = 10_000
LINES, WIDTH = 500_000, 100
QUEUED, FAILING = 1_000, 500


class LoadTests(unittest.TestCase):
    def setUp(self):
        self.client = Client()
        self.addCleanup(self.client.stop)

    def test_ten_thousand_quick_executes_in_a_row(self):
        self.client.run("let n = 0")
        started = time.perf_counter()
        for _ in range(QUICK):
            reply, _messages = self.client.run("n++")
            self.assertEqual(reply["status"], "ok")
        took = time.perf_counter() - started
        print(f"10,000 executes: {took:.1f} s, {took / QUICK * 1000:.2f} ms each")
        self.assertEqual(self.client.value("n"), str(QUICK))

    def test_ten_thousand_executes_sent_at_once(self):
        self.client.run("let n = 0")
        ids = [self.client.kc.execute("n++") for _ in range(QUICK)]
        for msg_id in ids:
            self.assertEqual(self.client.kc.get_shell_msg(timeout=60)["parent_header"]["msg_id"], msg_id)
        self.assertEqual(self.client.value("n"), str(QUICK))

    def test_fifty_megabytes_of_output_arrive_whole_before_idle(self):
        code = f"for (let i = 0; i < {LINES}; i++) console.log(String(i).padStart({WIDTH - 1}, '.'))"
        started = time.perf_counter()
        msg_id = self.client.kc.execute(code)
        text = stream_text(self.client.outputs_of(msg_id, timeout=120))
        self.assertEqual(self.client.reply_to(msg_id)["status"], "ok")
        print(f"50 MB of output: {time.perf_counter() - started:.1f} s")
        self.assertEqual(len(text), LINES * WIDTH)
        lines = text.split("\n")
        for index in range(LINES):
            self.assertEqual(int(lines[index].lstrip(".")), index)

    def test_one_result_of_fifty_megabytes(self):
        reply, messages = self.client.run("console.log('x'.repeat(50_000_000))", timeout=120)
        self.assertEqual(reply["status"], "ok")
        self.assertEqual(len(stream_text(messages)), 50_000_001)

    def test_a_failing_cell_aborts_those_queued_behind_it(self):
        run = self.client.kc.execute
        ids = [run("await new Promise(resolve => setTimeout(resolve, 2000))")]
        ids += [run("throw new Error('on purpose')" if i == FAILING else "1") for i in range(1, QUEUED)]
        statuses = {}
        while len(statuses) < QUEUED:
            message = self.client.kc.get_shell_msg(timeout=60)
            statuses[message["parent_header"]["msg_id"]] = message["content"]["status"]
        expected = ["ok"] * FAILING + ["error"] + ["aborted"] * (QUEUED - FAILING - 1)
        self.assertEqual([statuses[msg_id] for msg_id in ids], expected)
        self.assertEqual(self.client.value("6 * 7"), "42")
