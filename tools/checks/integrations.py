# SPDX-License-Identifier: Apache-2.0
"""Makes of integrations/ the files that schemas can check: python integrations.py FOLDER."""

import json
import re
import shutil
import sys
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path("integrations")
yaml = YAML(typ="safe", pure=True)
made = Path(sys.argv[1])
shutil.rmtree(made, ignore_errors=True)
made.mkdir(parents=True)


def load(path):
    return list(yaml.load_all(path.read_text("utf-8")))


def write(name, value):
    """JSON is YAML as well."""
    (made / name).write_text(json.dumps(value, indent=1), "utf-8")


def filled(value, replaced):
    if isinstance(value, dict):
        return {filled(key, replaced): filled(item, replaced) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, replaced) for item in value]
    return replaced(value) if isinstance(value, str) else value


def readme(folder):
    text = (ROOT / folder / "README.md").read_text("utf-8")
    return [yaml.load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.S)]


def gitlab():
    text = (ROOT / "gitlab/templates/run/template.yml").read_text("utf-8")
    header, body = text.split("\n---\n")
    inputs = yaml.load(header)["spec"]["inputs"]
    for name, known in inputs.items():
        assert known["description"] and known["type"], name
    used = set(re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]", body))
    assert used == set(inputs), used ^ set(inputs)
    given = {"issuer": "https://tokens.acme.example", "task": "deploy", "script": 'echo "$HOME" && ./deploy.sh'}

    # In the text, as GitLab does it: strings as they are, all else as JSON.
    def replaced(match):
        value = given.get(match[1], inputs[match[1]].get("default"))
        return value if isinstance(value, str) else json.dumps(value)

    job = yaml.load(re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", replaced, body))
    write("gitlab-component.yml", job)
    for number, block in enumerate(readme("gitlab")):
        write(f"gitlab-readme-{number}.yml", block)
        for include in block.get("include", []):
            missing = {name for name, known in inputs.items() if "default" not in known} - set(include["inputs"])
            assert not missing and set(include["inputs"]) <= set(inputs), include
    (made / "gitlab.sh").write_text("#!/bin/sh\n" + next(iter(job.values()))["script"][0], "utf-8")


def buildkite():
    plugin = load(ROOT / "buildkite/plugin.yml")[0]
    for member in ("name", "description", "author", "requirements", "configuration"):
        assert plugin[member], member
    assert plugin["configuration"]["additionalProperties"] is False
    hook = (ROOT / "buildkite/hooks/command").read_text("utf-8")
    for option in plugin["configuration"]["properties"]:
        assert re.search(rf"\b{option.upper().replace('-', '_')}\b", hook), option
    write("plugin-schema.json", {"$schema": "http://json-schema.org/draft-07/schema#", **plugin["configuration"]})
    configurations = 0
    for number, block in enumerate(readme("buildkite")):
        write(f"buildkite-readme-{number}.yml", block)
        for step in block["steps"]:
            for entry in step.get("plugins", []):
                for configuration in entry.values():
                    write(f"plugin-config-{number}.json", configuration)
                    configurations += 1
    assert configurations


def circleci():
    orb = load(ROOT / "circleci/orb.yml")[0]
    for kind in ("commands", "jobs", "executors"):
        for name, element in orb[kind].items():
            parameters = element.get("parameters", {})
            body = json.dumps({key: item for key, item in element.items() if key != "parameters"})
            used = set(re.findall(r"<< parameters\.([a-z0-9-]+) >>", body))
            assert used == set(parameters), (name, used ^ set(parameters))
            assert element["description"] and all(known["description"] for known in parameters.values()), name
    inline = {key: item for key, item in orb.items() if key in ("commands", "jobs", "executors")}
    used = {
        "version": 2.1,
        "orbs": {"taskbound": inline},
        "workflows": {"main": {"jobs": [{"taskbound/run": {"issuer": "https://a.example", "task": "t", "command": "c"}}]}},
    }
    write("circleci-inline.yml", used)
    for name, example in orb["examples"].items():
        write(f"circleci-{name}.yml", example["usage"])
    for number, block in enumerate(readme("circleci")):
        write(f"circleci-readme-{number}.yml", block)
    for name, command in orb["commands"].items():
        step = command["steps"][0]["run"]
        (made / f"circleci-{name}.sh").write_text("#!/bin/bash\n" + step["command"], "utf-8")


def kubernetes():
    number = 0
    for path in sorted(ROOT.glob("kubernetes/*-task*.yaml")) + sorted(ROOT.glob("tekton/task/*/*/samples/*.yaml")):
        for document in load(path):
            if document["apiVersion"].startswith("tekton.dev/"):
                continue
            write(f"kubernetes-{number}.yaml", document)
            number += 1
    # The pod that Tekton makes of a step: its fields are those of a container.
    task = load(next(ROOT.glob("tekton/task/*/*/taskbound-run.yaml")))[0]
    step = {key: item for key, item in task["spec"]["steps"][0].items() if key != "script"}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "of-a-taskrun"},
        "spec": {"containers": [step], "volumes": task["spec"]["volumes"]},
    }
    write("kubernetes-tekton-step.yaml", pod)
    (made / "tekton.sh").write_text(task["spec"]["steps"][0]["script"], "utf-8")


for system in (gitlab, buildkite, circleci, kubernetes):
    system()
