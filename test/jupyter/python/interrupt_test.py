"""Interrupts, from a real client: whatever a cell does, it stops at once and the kernel's state is kept."""

import time
import unittest

from client import Client, stream_text

CELLS = {
    "endless_loop": "while (true) {}",
    "microtask_loop": "const spin = (): Promise<void> => Promise.resolve().then(spin); await spin()",
    "awaiting_loop": "while (true) await null",
    "pending_await": "await new Promise(() => {})",
    "long_timer": "await new Promise(resolve => setTimeout(resolve, 60_000))",
    "blocking_sleep": "import { blockingSleep } from 'loopbook'; blockingSleep(60)",
    "regular_expression": "/^(a+)+$/.test('a'.repeat(60) + '!')",
    "loop_in_a_timer": "setTimeout(() => { for (let i = 0; i < 1e15; i++); }); await new Promise(() => {})",
    "loop_in_an_immediate": "setImmediate(() => { for (let i = 0; i < 1e15; i++); }); await new Promise(() => {})",
    "loop_in_a_tick": "process.nextTick(() => { for (let i = 0; i < 1e15; i++); }); await new Promise(() => {})",
    "loop_that_nobody_awaits": "(async () => { for (;;) await null })(); await new Promise(() => {})",
    "printing_loop": "while (true) console.log('x'.repeat(1000))",
}


class InterruptTests(unittest.TestCase):
    def setUp(self):
        # One kernel each: a kernel that an interrupt leaves hanging fails one test, not all that follow.
        self.client = Client()
        self.addCleanup(self.client.stop)

    def check(self, name):
        self.client.run(f"globalThis.kept = '{name}'; let {name}_count = 1")
        reply, took = self.client.interrupt(CELLS[name])
        print(f"interrupt of {name.replace('_', ' ')}: {took:.1f} ms")
        self.assertEqual(reply["status"], "error")
        self.assertEqual(reply["ename"], "KeyboardInterrupt")
        self.assertEqual(self.client.value("kept"), f"'{name}'")
        self.assertEqual(self.client.value(f"++{name}_count"), "2")

    def test_finally_blocks_of_the_cell_run(self):
        reply, _took = self.client.interrupt(
            "globalThis.cleaned = 0; try { await new Promise(() => {}) } finally { cleaned++ }"
        )
        self.assertEqual(reply["ename"], "KeyboardInterrupt")
        self.assertEqual(self.client.value("cleaned"), "1")

    def test_background_work_of_other_cells_goes_on(self):
        self.client.run("let ticks = 0; const ticker = setInterval(() => ticks++, 10)")
        self.client.interrupt("await new Promise(() => {})")
        before = int(self.client.value("ticks"))
        self.client.run("await new Promise(resolve => setTimeout(resolve, 200))")
        self.assertGreater(int(self.client.value("ticks")), before)
        self.client.run("clearInterval(ticker)")

    def test_an_interrupt_of_an_idle_kernel_changes_nothing(self):
        self.client.km.interrupt_kernel()
        # Control and shell are two channels: without a pause the cell may be there before the interrupt, and is meant then.
        time.sleep(0.3)
        self.assertEqual(self.client.value("6 * 7"), "42")

    def test_a_hundred_interrupts_in_a_row(self):
        self.client.run("let survived = 0")
        for _ in range(50):
            for code in ("while (true) {}", "await new Promise(() => {})"):
                reply, _took = self.client.interrupt(code, after=0.02)
                self.assertEqual(reply["status"], "error")
                self.assertEqual(self.client.run("survived++")[0]["status"], "ok")
        self.assertEqual(self.client.value("survived"), "100")

    def test_what_was_printed_before_the_interrupt_is_shown(self):
        msg_id = self.client.kc.execute("console.log('before'); while (true) {}")
        self.assertIn("before", self.first_text(msg_id))
        self.client.km.interrupt_kernel()
        self.client.reply_to(msg_id)
        self.client.outputs_of(msg_id)

    def first_text(self, msg_id):
        """Read while the loop still spins."""
        while True:
            message = self.client.kc.get_iopub_msg(timeout=20)
            if message["parent_header"].get("msg_id") == msg_id and message["msg_type"] == "stream":
                return stream_text([message])


for name in CELLS:
    setattr(InterruptTests, f"test_{name}", lambda self, name=name: self.check(name))
