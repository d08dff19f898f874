"""The job that checks a proposal, run as written: what strangers send is found, by the rules of the base."""

import json
import threading
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.ci.conftest import COMMENT, HOSTILE, WORKFLOWS, Forge, Run, bash
from tests.conftest import git

PRINTER = "tickets/2026/11/HD-1.md"
EXPECTED = {
    "tracker.yml": "T307",
    "tickets/drafts/passwd.md": "T001",
    COMMENT: "T303",
    PRINTER: "T301",
}
every_forge = pytest.mark.parametrize("kind", WORKFLOWS)


def hostile(fork: Path) -> None:
    """Switch rules off, link to a file outside, rewrite somebody's words, and leave out steps of the workflow."""
    settings = fork / "tracker.yml"
    off = "rules: {T001: 'off', T301: 'off', T303: 'off', T307: 'off'}\n"
    settings.write_text(settings.read_text() + off + "changes: {settings: [], comments: any}\n")
    (fork / "tickets" / "drafts").mkdir()
    (fork / "tickets" / "drafts" / "passwd.md").symlink_to("/etc/passwd")
    comment = fork / COMMENT
    comment.write_text(comment.read_text().replace("Which printer?", "Throw it away."))
    printer = fork / PRINTER
    printer.write_text(printer.read_text().replace("status: new", "status: closed"))


def sound(fork: Path) -> None:
    """File a ticket, and make another more urgent."""
    (fork / "tickets" / "drafts").mkdir()
    draft = "---\ntitle: $(touch pwned) `touch pwned`\ncategory: network\n---\nSince noon.\n"
    (fork / "tickets" / "drafts" / "wifi.md").write_text(draft)
    printer = fork / PRINTER
    printer.write_text(printer.read_text().replace("priority: normal", "priority: high"))


def checked(forge: Forge, head: str, folder: Path, login: str = HOSTILE) -> Run:
    """Run the check of a proposal."""
    base = forge.tip()
    start = git(forge.bare, "merge-base", base, head).strip()
    context = {
        "github.event.pull_request.base.sha": base,
        "github.event.pull_request.head.sha": head,
        "github.event.pull_request.user.login": login,
        "github.event.pull_request.number": "1",
        "github.event.pull_request.title": HOSTILE,
        "github.head_ref": HOSTILE,
        "github.token": "not-a-token",
    }
    variables = {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": start,
        "CI_COMMIT_SHA": head,
        "CI_MERGE_REQUEST_TITLE": HOSTILE,
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": HOSTILE,
        "GITLAB_USER_LOGIN": login,
    }
    return forge.run("validate", folder, variables if forge.kind == "gitlab" else context)


@every_forge
def test_a_hostile_proposal_is_found_by_the_rules_of_the_base(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    head = forge.propose(hostile, tmp_path / "fork")
    (forge.clone / "tickets" / "2026" / "11" / "HD-2.md").unlink()
    forge.land("The base moves on")
    done = checked(forge, head, tmp_path / "job")
    assert done.code == 1, done.out
    for path, code in EXPECTED.items():
        assert path in done.out, done.out
        assert code in done.out, done.out
    assert "HD-2" not in done.out
    assert "root:" not in done.out
    assert not (tmp_path / "job" / "tickets" / "drafts").exists()
    assert list(tmp_path.rglob("pwned")) == []


@every_forge
def test_a_sound_proposal_passes_whatever_its_words_are(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    done = checked(forge, forge.propose(sound, tmp_path / "fork"), tmp_path / "job")
    assert done.code == 0, done.out
    assert list(tmp_path.rglob("pwned")) == []


@every_forge
def test_one_of_the_desk_may_change_its_settings(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    def add_category(fork: Path) -> None:
        settings = fork / "tracker.yml"
        settings.write_text(settings.read_text().replace("network]", "network, software]"))

    forge = make_forge(kind)
    head = forge.propose(add_category, tmp_path / "fork")
    assert checked(forge, head, tmp_path / "stranger").code == 1
    assert checked(forge, head, tmp_path / "ada", "Ada").code == 0


def test_gitlab_gets_a_report_of_the_findings(make_forge: Callable[[str], Forge], tmp_path: Path) -> None:
    forge = make_forge("gitlab")
    checked(forge, forge.propose(hostile, tmp_path / "fork"), tmp_path / "job")
    report = (tmp_path / "job" / "gl-code-quality-report.json").read_text()
    assert "T303" in report
    assert {finding["check_name"] for finding in json.loads(report)} >= set(EXPECTED.values())


class _Private(SimpleHTTPRequestHandler):
    """Hands out the files of a bare repository to who knows the token."""

    expected = "Basic " + b64encode(b"x-access-token:not-a-token").decode()

    def do_GET(self) -> None:
        if self.headers["Authorization"] == self.expected:
            super().do_GET()
        else:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="forge"')
            self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.mark.parametrize("kind", ["github", "gitea"])
def test_a_private_repository_is_fetched_with_the_token_of_the_step(
    kind: str, make_forge: Callable[[str], Forge], tmp_path: Path
) -> None:
    forge = make_forge(kind)
    head = forge.propose(sound, tmp_path / "fork")
    git(forge.bare, "update-server-info")
    steps = forge.workflow["jobs"]["validate"]["steps"]
    script = next(step["run"] for step in steps if "git" in step.get("run", ""))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Private, directory=forge.bare)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        git(forge.clone, "remote", "set-url", "origin", f"http://127.0.0.1:{server.server_port}/")
        environment = {**forge.environment, "NUMBER": "1", "GIT_TERMINAL_PROMPT": "0"}
        assert bash(["-e"], script, forge.clone, {**environment, "TOKEN": "wrong"}).code
        done = bash(["-e"], script, forge.clone, {**environment, "TOKEN": "not-a-token"})
        server.shutdown()
    assert done.code == 0, done.out
    assert git(forge.clone, "rev-parse", "refs/remotes/pull/head").strip() == head
    assert "not-a-token" not in (forge.clone / ".git" / "config").read_text()
