# SPDX-License-Identifier: Apache-2.0
import ast
import importlib
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "taskbound_resource_server").glob("*.py"))


def imported(tree):
    """Module and names of each import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), [name.name for name in node.names]
        elif isinstance(node, ast.Import):
            yield from ((name.name, []) for name in node.names)


class PackageTest(unittest.TestCase):
    def test_it_stands_on_the_standard_library_alone(self):
        # Python has the list from 3.10 on.
        known = getattr(sys, "stdlib_module_names", None)
        for source in SOURCES:
            for module, _ in imported(ast.parse(source.read_text(encoding="utf-8"))):
                if not module.startswith(".") and known is not None:
                    self.assertIn(module.split(".")[0], known, source.name)
        manifest = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        self.assertIn("dependencies = []", manifest)

    def test_it_says_that_it_has_types(self):
        self.assertTrue((SOURCES[0].parent / "py.typed").is_file())

    def test_the_examples_of_the_readme_import_what_there_is(self):
        blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
        self.assertGreater(len(blocks), 1)
        found = 0
        for block in blocks:
            for module, names in imported(ast.parse(block)):
                if module.startswith("taskbound"):
                    found += len(names)
                    for name in names:
                        self.assertTrue(hasattr(importlib.import_module(module), name), name)
        self.assertGreater(found, 2)

    def test_the_licence_is_that_of_the_whole(self):
        ours, whole = (folder / "LICENSE" for folder in (ROOT, ROOT.parents[1]))
        self.assertEqual(ours.read_text(encoding="utf-8"), whole.read_text(encoding="utf-8"))

    def test_each_reason_is_documented(self):
        verdict = importlib.import_module("taskbound_resource_server._verdict")
        source = (SOURCES[0].parent / "_verdict.py").read_text(encoding="utf-8")
        for word in set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', source)) - {"invalid_request", "insufficient_scope"}:
            self.assertIn(word, verdict.Refused.__doc__)
