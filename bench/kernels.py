"""Measure Jupyter kernels side by side, in turn, and print medians; `npm run bench` runs it in the test environment.

usage: python kernels.py [--rounds N] [--json FILE] NAME[:LANG] ...   (LANG: ts (default), js, py)
Kernelspecs are found through JUPYTER_PATH. Needs jupyter_client and psutil. Compare ratios of one run, not times of two.
"""

import argparse
import json
import queue
import socket
import statistics
import time

import psutil
from jupyter_client.manager import KernelManager
from kernel_cells import CELL, CODE, TINY

def tree_rss(pid):
    p = psutil.Process(pid)
    return sum(c.memory_info().rss for c in [p, *p.children(recursive=True)]) / 1e6


class Kernel:
    def __init__(self, name):
        t = time.perf_counter()
        self.km = KernelManager(kernel_name=name)
        self.km.start_kernel()
        self.kc = self.km.client()
        self.kc.start_channels(hb=False)
        while True:  # one probe at a time until the kernel answers
            self.kc.kernel_info()
            try:
                self.info = self.kc.get_shell_msg(timeout=1)
                break
            except queue.Empty:
                if time.perf_counter() - t > 60: raise TimeoutError("kernel did not start")
        self.start = (time.perf_counter() - t) * 1e3
        self.drain(0.5)

    @property
    def pid(self):
        return self.km.provisioner.process.pid

    def drain(self, wait):
        out = []
        while True:
            try: out.append(self.kc.get_iopub_msg(timeout=wait))
            except queue.Empty: break
        try:
            while True: self.kc.get_shell_msg(timeout=0)
        except queue.Empty: pass
        return out

    def run(self, code, timeout=30):
        """(ms until both reply and idle, reply content, iopub messages of this request)"""
        t = time.perf_counter()
        mid = self.kc.execute(code)
        msgs = []
        while True:
            m = self.kc.get_iopub_msg(timeout=timeout)
            if m["parent_header"].get("msg_id") != mid: msgs.append(m); continue
            msgs.append(m)
            if m["msg_type"] == "status" and m["content"]["execution_state"] == "idle": break
        while True:
            r = self.kc.get_shell_msg(timeout=timeout)
            if r["parent_header"].get("msg_id") == mid: break
        return (time.perf_counter() - t) * 1e3, r["content"], msgs, mid

    def ask(self, send):
        t = time.perf_counter()
        mid = send()
        while True:
            r = self.kc.get_shell_msg(timeout=20)
            if r["parent_header"].get("msg_id") == mid: return (time.perf_counter() - t) * 1e3, r["content"]

    def stop(self):
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)


def ready(name):
    """ms from spawn to the kernel_info_reply of a client that connects as soon as the shell port accepts.

    `start_ms` is what jupyter_client users see, in steps of ZeroMQ's 100-200 ms reconnect interval; this is the kernel's own share.
    """
    km = KernelManager(kernel_name=name)
    t = time.perf_counter()
    km.start_kernel()
    try:
        while True:
            try: probe = socket.create_connection((km.ip, km.shell_port), 0.2); break
            except OSError:
                if time.perf_counter() - t > 30: raise TimeoutError("shell port never opened")
                time.sleep(0.001)
        kc = km.client()
        kc.start_channels(hb=False)
        kc.kernel_info()
        kc.get_shell_msg(timeout=20)
        took = (time.perf_counter() - t) * 1e3
        probe.close()
        kc.stop_channels()
        return took
    finally:
        km.shutdown_kernel(now=True)


def texts(msgs):
    out = []
    for m in msgs:
        c = m["content"]
        if m["msg_type"] == "stream": out.append(c["text"])
        if m["msg_type"] in ("execute_result", "display_data"): out.append(str(c["data"].get("text/plain", c["data"])))
        if m["msg_type"] == "error": out.append("\n".join([c["ename"], c["evalue"], *c["traceback"]]))
    return "".join(out)


def measure(name, lang):
    c, r = CODE[lang], {}
    try: r["ready_ms"] = statistics.median(ready(name) for _ in range(5))
    except Exception as e: r["ready_ms"] = f"never ({type(e).__name__})"
    k = Kernel(name)

    def section(f):
        """Run one section; a hang is its result, and the next one gets a fresh kernel."""
        nonlocal k
        try:
            f()
        except Exception as e:
            r.setdefault("failed", []).append(f"{f.__name__}: {type(e).__name__} alive={k.km.is_alive()}")
            k.stop()
            k = Kernel(name)

    def start():
        r["start_ms"] = k.start
        r["first_cell_ms"] = k.run(TINY, 60)[0]
        r["rss_start_mb"] = tree_rss(k.pid)

    def tiny():
        ts = sorted(k.run(TINY)[0] for _ in range(100))
        r["tiny_p50_ms"], r["tiny_p99_ms"] = ts[50], ts[98]

    def cell40():
        ts = []
        for i in range(60):
            dt, rep, _, _ = k.run(CELL[lang].format(N=i))
            if rep["status"] != "ok": r["cell40_error"] = str(rep.get("evalue"))[:100]; return
            ts.append(dt)
        r["cell40_p50_ms"] = statistics.median(ts)

    def stream():
        dt, rep, msgs, _ = k.run(c["stream"], 25)
        lines = texts(msgs).split()
        r["stream_ms"] = dt
        r["lines_before_idle"] = sum(1 for i, x in enumerate(lines) if x.strip(".") in (str(i), "") or x == str(i).rjust(80, "."))
        k.drain(2)

    def sleep():
        r["sleep_overhead_ms"] = statistics.median(k.run(c["sleep"])[0] for _ in range(10)) - 100

    def language():
        k.run(c["define"])
        ask = lambda f: statistics.median(k.ask(f)[0] for _ in range(15))
        r["complete_first_ms"], rep = k.ask(lambda: k.kc.complete(c["complete"], len(c["complete"])))
        r["complete_n"] = len(rep.get("matches", []))
        r["complete_p50_ms"] = ask(lambda: k.kc.complete(c["complete"], len(c["complete"])))
        _, rep = k.ask(lambda: k.kc.inspect(c["inspect"], 3))
        r["inspect_found"] = bool(rep.get("found"))
        r["inspect_p50_ms"] = ask(lambda: k.kc.inspect(c["inspect"], 3))
        r["rss_end_mb"] = tree_rss(k.pid)

    def busy_completion():
        """completion asked while a cell awaits: answered before the cell ends?"""
        mid = k.kc.execute(c["sleep"].replace("100", "1500").replace("0.1", "1.5"))
        time.sleep(0.3)
        try:
            r["complete_while_busy_ms"] = k.ask(lambda: k.kc.complete(c["complete"], len(c["complete"])))[0]
        finally:
            time.sleep(1.6); k.drain(0.3)

    def background():
        _, _, _, mid = k.run(c["background"])
        k.run(TINY)
        late = [m for m in k.drain(0.8) if m["msg_type"] == "stream"]
        r["background_output"] = "lost" if not late else ("own cell" if late[0]["parent_header"].get("msg_id") == mid else "wrong cell")

    def interrupts():
        for label in ("pend", "spin"):
            def interrupt():
                r[f"interrupt_{label}_ms"] = "never"
                k.run(c["keep"])
                mid = k.kc.execute(c[label])
                time.sleep(0.7)
                t = time.perf_counter()
                k.km.interrupt_kernel()
                while True:
                    m = k.kc.get_shell_msg(timeout=8)
                    if m["parent_header"].get("msg_id") == mid: break
                r[f"interrupt_{label}_ms"] = (time.perf_counter() - t) * 1e3
                k.drain(0.2)
                r[f"interrupt_{label}_keeps_state"] = "42" in texts(k.run(c["kept"], 5)[2])
            interrupt.__name__ = f"interrupt_{label}"
            section(interrupt)

    try:
        for f in (start, tiny, cell40, stream, sleep, language, busy_completion, background): section(f)
        for label, (one, two, want) in c["checks"].items():
            def check():
                _, rep, msgs, _ = k.run(one, 10)
                out = texts(msgs)
                if rep["status"] != "ok": time.sleep(0.5)  # some kernels abort what follows an error for a while
                if two is not None: out = texts(k.run(two, 10)[2])
                r["has_" + label] = want in out and (label == "type_error" or "Error" not in out)
            section(check)
        interrupts()
    finally:
        k.stop()
    if "failed" in r: r["failed"] = "; ".join(r["failed"])
    return r


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("kernels", nargs="+"); ap.add_argument("--rounds", type=int, default=3); ap.add_argument("--json")
    a = ap.parse_args()
    rows = {n: [] for n in a.kernels}
    for _ in range(a.rounds):
        for n in a.kernels:
            name, _, lang = n.partition(":")
            try: rows[n].append(measure(name, lang or "ts"))
            except Exception as e: rows[n].append({"failed": f"{type(e).__name__}: {e}"[:150]})
    keys = list(dict.fromkeys(k for rs in rows.values() for r in rs for k in r))
    med = {}
    for n, rs in rows.items():
        med[n] = {}
        for k in keys:
            v = [r[k] for r in rs if k in r]
            nums = [x for x in v if isinstance(x, (int, float)) and not isinstance(x, bool)]
            med[n][k] = round(statistics.median(nums), 2) if nums and len(nums) == len(v) else (v[-1] if v else None)
    w = max(map(len, keys))
    print("metric".ljust(w), *[n.rjust(18) for n in a.kernels])
    for k in keys: print(k.ljust(w), *[str(med[n][k])[:90].rjust(18) for n in a.kernels])
    if a.json: json.dump(med, open(a.json, "w"), indent=1)


if __name__ == "__main__":
    main()
