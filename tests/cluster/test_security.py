"""A cluster behind TLS and a password: whose certificate is trusted, and where the password never is."""

import base64
import logging
import os
import subprocess

import pytest

from indexer.clustersettings import ClusterSettings
from indexer.engines.opensearch.client import Client
from indexer.errors import BadRequest, IndexUnavailable
from tests.cluster.conftest import PASSWORD, USER
from tests.nginx import write_certificate
from tests.tree import ROOT
from tests.web.running import SERAI

LOGIN = {"SERAI_OPENSEARCH_USER": USER, "SERAI_OPENSEARCH_PASSWORD": PASSWORD}
#: What must be nowhere: the password, and what HTTP makes of it.
SECRETS = (PASSWORD, base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(), "correct", "horse")


def settings(front, **changes):
    variables = LOGIN | {"SERAI_OPENSEARCH_URL": " ".join(front.hosts), "SERAI_OPENSEARCH_CA": str(front.ca)}
    return ClusterSettings.from_environment(variables | changes)


def refusal(told):
    """The one sentence that a client says where it cannot ask, without what must not be in it."""
    with pytest.raises(IndexUnavailable) as raised:
        Client(told).ask("GET", "/")
    said = f"{raised.value} {raised.value.hint}"
    assert not [secret for secret in SECRETS if secret in said + repr(told)]
    return said


def test_the_cluster_answers_who_trusts_it_and_has_the_password(front):
    assert Client(settings(front)).ask("GET", "/")["version"]["distribution"] == "opensearch"


def test_an_unknown_certificate_is_refused_by_default(front):
    said = refusal(settings(front, SERAI_OPENSEARCH_CA=""))
    assert "certificate was refused" in said
    assert "SERAI_OPENSEARCH_CA" in said
    assert USER not in front.log.splitlines()[-1:]


def test_another_authority_does_not_help(front, tmp_path):
    other = write_certificate(tmp_path, "other.example.org", "IP:127.0.0.1")
    assert "certificate was refused" in refusal(settings(front, SERAI_OPENSEARCH_CA=str(other)))


def test_a_certificate_is_for_its_name_alone(front):
    hosts = " ".join(front.hosts).replace("127.0.0.1", "localhost")
    said = refusal(settings(front, SERAI_OPENSEARCH_URL=hosts))
    assert "certificate was refused" in said
    assert "localhost" in said


def test_who_is_refused_has_sent_nothing(front):
    before = front.log
    refusal(settings(front, SERAI_OPENSEARCH_CA=""))
    assert front.log == before


@pytest.mark.parametrize("wrong", ["", "Correct horse", "x" * 200], ids=["none", "other", "long"])
def test_a_wrong_password_is_one_clear_message(front, wrong):
    said = refusal(settings(front, SERAI_OPENSEARCH_PASSWORD=wrong))
    assert "the user name or the password is wrong" in said
    assert "SERAI_OPENSEARCH_PASSWORD" in said


def test_no_password_goes_without_tls(front):
    plain = "http://search.example.org:9200"
    with pytest.raises(BadRequest, match="without TLS") as raised:
        settings(front, SERAI_OPENSEARCH_URL=plain)
    assert PASSWORD not in f"{raised.value} {raised.value.hint}"


def test_a_password_in_an_address_is_refused_and_not_repeated(front):
    with pytest.raises(BadRequest, match="user name or a password") as raised:
        settings(front, SERAI_OPENSEARCH_URL="https://serai:horse@search.example.org")
    assert "horse" not in f"{raised.value} {raised.value.hint}"


def test_a_missing_file_of_certificates_is_named(front, tmp_path):
    with pytest.raises(BadRequest, match="nowhere"):
        Client(settings(front, SERAI_OPENSEARCH_CA=str(tmp_path / "nowhere.pem")))


def test_no_log_holds_the_password(front, caplog):
    """With every logger at its most talkative."""
    caplog.set_level(logging.DEBUG)
    client = Client(settings(front))
    client.ask("GET", "/_cluster/health")
    with pytest.raises(IndexUnavailable):
        client.ask("GET", "/nowhere/_count")
    refusal(settings(front, SERAI_OPENSEARCH_PASSWORD="horse"))
    refusal(settings(front, SERAI_OPENSEARCH_CA=""))
    assert not [secret for secret in SECRETS if secret in caplog.text + front.log]
    assert f"- {USER} [" in front.log


def serai(front, *arguments, **changes):
    variables = {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}
    variables |= LOGIN | {
        "SERAI_ENGINE": "opensearch",
        "SERAI_OPENSEARCH_URL": " ".join(front.hosts),
        "SERAI_OPENSEARCH_CA": str(front.ca),
    }
    command = [SERAI, *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=variables | changes, cwd=ROOT, timeout=120
    )


def test_commands_say_nothing_of_the_password(front, tmp_path):
    """A rebuild, a search and a status over TLS; then the same with what is refused."""
    index = ["--index", tmp_path / "index"]
    done = [serai(front, "rebuild", "seeds", *index), serai(front, "search", "普京", *index)]
    assert [command.returncode for command in done] == [0, 0]
    assert "普京" in done[1].stdout
    refused = [
        serai(front, "search", "普京", *index, SERAI_OPENSEARCH_PASSWORD="horse"),
        serai(front, "rebuild", "seeds", *index, SERAI_OPENSEARCH_PASSWORD="horse"),
        serai(front, "search", "普京", *index, SERAI_OPENSEARCH_CA=""),
    ]
    assert [command.returncode for command in refused] == [1, 1, 1]
    for command, words in zip(
        refused, ["password is wrong", "password is wrong", "certificate"], strict=True
    ):
        assert words in command.stderr
        assert len(command.stderr.strip().splitlines()) == 2, "a sentence and what to do"
        assert "Traceback" not in command.stderr
    done += [*refused, serai(front, "status", "--json", *index)]
    assert not [s for s in SECRETS for command in done if s in command.stdout + command.stderr]
    kept = [path.read_bytes() for path in (tmp_path / "index").rglob("*") if path.is_file()]
    assert not [s for s in SECRETS[:2] for content in kept if s.encode() in content]
    assert not [s for s in SECRETS[:2] if s in front.log]
