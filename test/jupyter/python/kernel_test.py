"""jupyter_kernel_test: the Jupyter project's own suite for kernels, every sample filled in."""

import jupyter_kernel_test


class LoopbookTests(jupyter_kernel_test.KernelTests):
    kernel_name = "loopbook"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('careful')"

    completion_samples = [
        {"text": "Number.isSafe", "matches": {"isSafeInteger"}},
        {"text": "process.argv0", "matches": {"argv0"}},
        {"text": "const x = 1; Math.floo", "matches": {"floor"}},
        {"text": "structuredCl", "matches": {"structuredClone"}},
    ]

    complete_code_samples = [
        "1",
        "console.log('hello, world')",
        "function f(x: number) {\n  return x * 2\n}",
        "const x: number = 1;\ninterface P { a: number }",
        "await Promise.resolve(1)",
        "`a ${1} b`",
        "// only a comment",
        "",
    ]
    incomplete_code_samples = [
        "`an open template",
        "function f(x: number) {",
        "const a = [1, 2,",
        "if (true) {\n  1",
        "interface P {\n  a: number",
        "const f = (x: number) =>",
        "/* a comment",
    ]
    invalid_code_samples = [
        "import = 7q",
        "const 1x = 2",
        "function f( } {",
        "'an open string\n1",
    ]

    code_generate_error = "throw new Error('on purpose')"

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "const big: bigint = 2n ** 64n; big", "result": "18446744073709551616n"},
        {"code": "await Promise.resolve([1, 'two', { three: 3 }])", "result": "[ 1, 'two', { three: 3 } ]"},
        {"code": "new Map([['a', 1]])", "result": "Map(1) { 'a' => 1 }"},
    ]

    code_display_data = [
        {"code": "await display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>bold</b>' }) })", "mime": "text/html"},
        {"code": "await display({ answer: 42 })", "mime": "text/plain"},
    ]

    code_history_pattern = "6 * ?"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "parseInt"
    code_clear_output = "clearOutput()"

    # Left out: code_page_something. IPython shows `name?` in a pager by a payload, which the specification calls deprecated.
    test_pager = None


class LoopbookWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "loopbook"
    support_iopub_welcome = True
