"""testbook: tests in Python of what the cells of a notebook define and show."""

import tempfile
import unittest
from pathlib import Path

import nbformat
from testbook import testbook
from testbook.exceptions import TestbookRuntimeError

CELLS = {
    "define": "const add = (a: number, b: number): number => a + b;\nconsole.log(add(2, 3))",
    "await": "await new Promise<number>((resolve) => setTimeout(() => resolve(42), 10))",
    "fail": "throw new RangeError('on purpose')",
}


class TestbookTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "loopbook", "display_name": "Loopbook"}})
        for tag, code in CELLS.items():
            notebook.cells.append(nbformat.v4.new_code_cell(code, metadata={"tags": [tag]}))
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = str(Path(cls.folder.name) / "notebook.ipynb")
        nbformat.write(notebook, cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_shows_what_tagged_cells_show(self):
        with testbook(self.path, execute=["define", "await"], kernel_name="loopbook") as tb:
            self.assertEqual(tb.cell_output_text("define"), "5")
            self.assertEqual(tb.cell_output_text("await"), "42")

    def test_code_that_is_injected_sees_what_cells_have_defined(self):
        with testbook(self.path, execute="define", kernel_name="loopbook") as tb:
            cell = tb.inject("console.log(add(20, 22))")
            self.assertEqual(cell.output_text, "42")

    def test_a_cell_that_fails_fails_the_test(self):
        with testbook(self.path, kernel_name="loopbook") as tb:
            with self.assertRaises(TestbookRuntimeError) as raised:
                tb.execute_cell("fail")
            self.assertIn("on purpose", str(raised.exception))
