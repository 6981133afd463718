"""Exit with an error unless each file is a notebook that nbformat finds valid, at 4.5."""

import sys

import nbformat

for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), (notebook.nbformat, notebook.nbformat_minor)
