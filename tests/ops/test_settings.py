"""What an operator relies on: where values come from, what is refused, and that secrets stay hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.secrets import hide_password
from ops.settings import CredentialNames, Settings, SettingsError, find_file, load, show

CREDENTIALS = {
    "telegram": CredentialNames(required=("token", "webhook_secret"), optional=("username",)),
    "web": CredentialNames(),
}
KEY = "0123456789abcdef" * 2


def read(tmp_path: Path, text: str, **environ: str) -> Settings:
    file = tmp_path / "parlor.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, environ, credentials=CREDENTIALS)


def problems(tmp_path: Path, text: str, **environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text, **environ)
    return caught.value.problems


def test_without_anything_there_is_one_web_bot_on_the_embedded_database() -> None:
    settings = load(None, {}, credentials=CREDENTIALS)
    assert [(bot.name, bot.platform, bot.game) for bot in settings.bots] == [("parlor", "web", "guess")]
    assert settings.database.url is None
    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 8080)


def test_a_file_without_bots_has_none(tmp_path: Path) -> None:
    assert read(tmp_path, "[server]\nport = 1").bots == ()


def test_the_file_is_chosen_by_option_then_variable_then_place(tmp_path: Path) -> None:
    assert find_file(None, {}, tmp_path) is None
    (tmp_path / "parlor.toml").touch()
    assert find_file(None, {}, tmp_path) == tmp_path / "parlor.toml"
    assert find_file(None, {"PARLOR_CONFIG": "/etc/a.toml"}, tmp_path) == Path("/etc/a.toml")
    assert find_file("b.toml", {"PARLOR_CONFIG": "/etc/a.toml"}, tmp_path) == tmp_path / "b.toml"


def test_a_chosen_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no\.toml: cannot be read"):
        load(tmp_path / "no.toml", {}, credentials=CREDENTIALS)


def test_text_that_is_not_toml_is_an_error_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in problems(tmp_path, "[server]\nport 80")[0]


def test_the_port_comes_from_the_nearest_place(tmp_path: Path) -> None:
    text = "[server]\nport = 1"
    assert read(tmp_path, text).server.port == 1
    assert read(tmp_path, text, PORT="2").server.port == 2
    assert read(tmp_path, text, PORT="2", PARLOR_SERVER__PORT="3").server.port == 3
    assert read(tmp_path, text, PORT="").server.port == 1


def test_a_bot_may_stand_in_variables_alone() -> None:
    environ = {
        "PARLOR_BOTS__MY_QUIZ__PLATFORM": "telegram",
        "PARLOR_BOTS__MY_QUIZ__TOKEN": "t",
        "PARLOR_BOTS__MY_QUIZ__WEBHOOK_SECRET": "s",
    }
    (bot,) = load(None, environ, credentials=CREDENTIALS).bots
    assert (bot.name, bot.credentials) == ("my-quiz", {"token": "t", "webhook_secret": "s"})


def test_a_variable_changes_a_bot_of_the_file(tmp_path: Path) -> None:
    text = '[[bots]]\nname = "a-b"\nplatform = "web"\n[[bots]]\nname = "c"\nplatform = "web"'
    settings = read(tmp_path, text, PARLOR_BOTS__A_B__GAME="echo")
    assert [(bot.name, bot.game) for bot in settings.bots] == [("a-b", "echo"), ("c", "guess")]


def test_secrets_come_from_variables_and_from_files_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from file\n", encoding="utf-8")
    text = """
    [[bots]]
    name = "quiz"
    platform = "telegram"
    token = "file:token"
    webhook_secret = "env:HOOK"
    """
    (bot,) = read(tmp_path, text, HOOK="from variable").bots
    assert bot.credentials == {"token": "from file", "webhook_secret": "from variable"}


def test_all_that_is_wrong_is_told_at_once_and_names_its_key(tmp_path: Path) -> None:
    text = """
    [server]
    prot = 1
    port = "80"
    [databse]
    [[bots]]
    name = "quiz"
    platform = "telegram"
    token = "env:QUIZ_TOKEN"
    colour = "red"
    [[bots]]
    name = "quiz"
    platform = "web"
    [[bots]]
    name = "Bad Name"
    platform = "web"
    game = "chess"
    [[bots]]
    name = "x"
    platform = "fax"
    """
    found = problems(
        tmp_path,
        text,
        PARLOR_SERVER__PROCESSES="many",
        PARLOR_SERVER__PROCESES="1",
        PARLOR_REDDIS__URL="redis://x",
        PARLOR_BOTS__QUIZ__NAME="other",
    )
    starts = sorted(problem.split(":")[0] for problem in found)
    assert starts == sorted(
        [
            "PARLOR_REDDIS__URL",
            "PARLOR_SERVER__PROCESES",
            "server.processes (PARLOR_SERVER__PROCESSES)",
            "server.prot",
            "server.port",
            "databse",
            "bots.quiz",
            "PARLOR_BOTS__QUIZ__NAME",
            "bots.quiz.token",
            "bots.quiz.webhook_secret",
            "bots.quiz.colour",
            "bots.Bad Name.name",
            "bots.Bad Name.game",
            "bots.x.platform",
        ]
    )
    assert any("perhaps port?" in problem for problem in found)
    assert any("QUIZ_TOKEN is not set" in problem for problem in found)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[server]\nport = 65536", "server.port"),
        ("[server]\nprocesses = 0", "server.processes"),
        ("[server]\nport = true", "server.port"),
        ("[server]\nsend_timeout_s = 20", "server.delivery_lease_s"),
        ('[database]\nurl = "mysql://x"', "database.url"),
        ('[database]\nowner_url = "postgresql://x"', "database.url"),
        ('[database]\nurl = "postgresql://x"', "server.secret_key"),
        ('[server]\nsecret_key = "short"', "server.secret_key"),
        ('[redis]\nurl = "localhost"', "redis.url"),
        ("server = 1", "server"),
        ("bots = 1", "bots"),
        ('[[bots]]\nplatform = "web"', "bots[1].name"),
        ('[[bots]]\nname = "a"', "bots.a.platform"),
        ('[[bots]]\nname = "a"\nplatform = 3', "bots.a.platform"),
        ('[[bots]]\nname = "a"\nplatform = "web"\nlanguage = "english"', "bots.a.language"),
        ('[[bots]]\nname = "a"\nplatform = "web"\napi_base = "http://x/y"', "bots.a.api_base"),
        ('[[bots]]\nname = "a"\nplatform = "telegram"\ntoken = 3\nwebhook_secret = "s"', "bots.a.token"),
    ],
)
def test_a_wrong_value_names_its_key(tmp_path: Path, text: str, key: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(f"{key}:")


def test_what_an_orchestrator_sets_for_a_service_of_our_name_is_left_alone() -> None:
    environ = {"PARLOR_PORT": "tcp://10.0.0.1:80", "PARLOR_SERVICE_HOST": "10.0.0.1"}
    assert load(None, environ, credentials=CREDENTIALS).server.port == 8080


SECRET = st.text(st.characters(categories=["Lu", "Nd"]), min_size=32, max_size=40)


@given(key=SECRET, token=SECRET, password=SECRET)
def test_nothing_secret_is_ever_shown(key: str, token: str, password: str) -> None:
    environ = {
        "PARLOR_SECRET_KEY": key,
        "PARLOR_DATABASE__URL": f"postgresql://app:{password}@db/parlor",
        "PARLOR_DATABASE__OWNER_URL": f"postgresql://db/parlor?user=o&password={password}",
        "PARLOR_REDIS__URL": f"redis://:{password}@cache:6379/0",
        "PARLOR_BOTS__QUIZ__PLATFORM": "telegram",
        "PARLOR_BOTS__QUIZ__TOKEN": token,
        "PARLOR_BOTS__QUIZ__WEBHOOK_SECRET": token,
    }
    settings = load(None, environ, credentials=CREDENTIALS)
    shown = show(settings)
    for secret in (key, token, password):
        assert secret not in str(shown)
        assert secret not in repr(settings)
    assert shown["bots"][0]["token"] == "***"
    assert shown["database"]["url"] == "postgresql://app:***@db/parlor"


def test_a_wrong_secret_is_not_shown_by_its_error(tmp_path: Path) -> None:
    assert "hunter" not in problems(tmp_path, "", PARLOR_DATABASE__URL="hunter2")[0]


def test_a_url_without_a_password_is_shown_as_it_is() -> None:
    url = "postgresql://parlor_app@/parlor?host=%2Fsrv%2Frun"
    assert hide_password(url) == url
