"""A kernel and its client for the tests of this folder."""

import time
from queue import Empty

from jupyter_client.manager import KernelManager

KERNEL = "loopbook"


class Client:
    def __init__(self):
        self.km = KernelManager(kernel_name=KERNEL)
        self.km.start_kernel()
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=60)

    def stop(self):
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)

    def reply_to(self, msg_id, timeout=60):
        """The content of the reply to a request."""
        while True:
            message = self.kc.get_shell_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]

    def outputs_of(self, msg_id, timeout=60):
        """Everything that a request publishes, up to its idle."""
        messages = []
        while True:
            message = self.kc.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return messages

    def run(self, code, timeout=60):
        """The reply's content and what was published."""
        msg_id = self.kc.execute(code)
        return self.reply_to(msg_id, timeout), self.outputs_of(msg_id, timeout)

    def value(self, code):
        """The text of a cell's result; its error's text if it failed."""
        reply, messages = self.run(code)
        if reply["status"] != "ok":
            return f"{reply['status']}: {reply.get('ename')}: {reply.get('evalue')}"
        results = [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
        return results[-1] if results else None

    def interrupt(self, code, after=0.5):
        """Runs code that would not end, interrupts it, and returns the reply with its time in milliseconds."""
        msg_id = self.kc.execute(code)
        time.sleep(after)
        started = time.perf_counter()
        self.km.interrupt_kernel()
        reply = self.reply_to(msg_id, timeout=10)
        took = (time.perf_counter() - started) * 1000
        self.outputs_of(msg_id, timeout=20)
        return reply, took

    def nothing_more(self, seconds):
        """Whether iopub stays silent that long."""
        try:
            self.kc.get_iopub_msg(timeout=seconds)
            return False
        except Empty:
            return True


def stream_text(messages, name="stdout"):
    return "".join(
        m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == name
    )
