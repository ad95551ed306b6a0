"""What the environment must say, and how addresses of the private servers are read."""

import importlib
import os
import stat

import dj_database_url
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from redis.connection import parse_url

import isf_police.wsgi
from isf_police.desk import waiting_for
from isf_police.environment import (
    PASSWORDS,
    REQUIRED_IN_DEVELOPMENT,
    REQUIRED_IN_PRODUCTION,
    SECRETS,
    cache_address,
    celery_address,
    database_limits,
    development_secret,
    require_complete_environment,
    require_whole_provider,
    socket_database,
    with_password,
    with_secrets,
)

WHOLE = dict.fromkeys(REQUIRED_IN_PRODUCTION, "said")


@pytest.mark.parametrize("name", REQUIRED_IN_PRODUCTION)
@pytest.mark.parametrize("value", [None, ""])
def test_in_production_each_variable_is_asked_for_by_its_name_and_with_an_example(name, value):
    said = {key: text for key, text in WHOLE.items() if key != name} | ({name: value} if value is not None else {})

    with pytest.raises(ImproperlyConfigured) as refused:
        require_complete_environment(said, development=False)

    assert f"  {name}: {REQUIRED_IN_PRODUCTION[name]}" in str(refused.value)
    assert sum(f"  {one}: " in str(refused.value) for one in REQUIRED_IN_PRODUCTION) == 1


def test_all_that_is_missing_is_said_at_once():
    with pytest.raises(ImproperlyConfigured) as refused:
        require_complete_environment({}, development=False)

    assert all(f"  {name}: " in str(refused.value) for name in REQUIRED_IN_PRODUCTION)


def test_a_whole_environment_is_silent():
    require_complete_environment(WHOLE, development=False)
    require_complete_environment(dict.fromkeys(REQUIRED_IN_DEVELOPMENT, "said"), development=True)


@pytest.mark.parametrize("said", [[], ["DATABASE_URL"], ["REDIS_URL"]])
def test_on_ones_own_machine_only_the_servers_are_asked_for(said):
    missing = [name for name in REQUIRED_IN_DEVELOPMENT if name not in said]

    with pytest.raises(ImproperlyConfigured) as refused:
        require_complete_environment(dict.fromkeys(said, "said"), development=True)

    assert str(refused.value).startswith(f"There is no {' and no '.join(missing)}: use manage.py")


def test_a_secret_is_drawn_once_and_readable_by_its_owner_alone(tmp_path):
    folder = tmp_path / "deep" / "var"

    first = development_secret(folder)

    assert development_secret(folder) == first
    assert len(first) >= 48
    assert stat.S_IMODE(os.stat(folder / "secret_key").st_mode) == 0o600
    assert development_secret(tmp_path / "other") != first


# secrets in files


@pytest.fixture
def in_file(tmp_path):
    """A secret as an editor or a container leaves it; gives what the environment says then."""

    def write(name, text):
        path = tmp_path / name.lower()
        path.write_text(text)
        return {f"{name}_FILE": str(path)}

    return write


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_may_stand_in_a_file_and_the_file_counts(in_file, name):
    said = {name: "an older one", "SITE_URL": "said"} | in_file(name, "what the file says\n")

    assert with_secrets(said)[name] == "what the file says"
    assert with_secrets(said)["SITE_URL"] == "said"


def test_who_names_no_file_says_what_it_says():
    said = {"SECRET_KEY": "said", "DATABASE_URL": "postgresql://isf_app:own@db/isf", "SITE_URL_FILE": "/nowhere"}

    assert with_secrets(said) == said


def test_a_file_that_is_not_there_is_named_with_the_variable_that_names_it(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY_FILE names .*/gone, which cannot be read: No"):
        with_secrets({"SECRET_KEY_FILE": str(tmp_path / "gone")})


@pytest.mark.parametrize("text", ["", "\n", "\r\n"])
def test_an_empty_file_is_no_secret(in_file, text):
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY_FILE names .*, which is empty\. Write the secret"):
        with_secrets(in_file("SECRET_KEY", text))


@pytest.mark.parametrize(("address", "password"), PASSWORDS.items())
def test_an_address_gets_the_password_of_its_file(in_file, address, password):
    said = {address: "scheme://name@host:1234/0"} | in_file(password, "p/w:d@#?\n")

    assert with_secrets(said)[address] == "scheme://name:p%2Fw%3Ad%40%23%3F@host:1234/0"


@pytest.mark.parametrize(("address", "whole"), [
    ("redis://redis:6379/0", "redis://:new@redis:6379/0"), ("redis://:old@redis:6379/0", "redis://:old@redis:6379/0"),
    ("postgresql://me:@db/isf?sslmode=require", "postgresql://me:new@db/isf?sslmode=require"),
    ("unix:///srv/kv.sock?db=6", "unix:///srv/kv.sock?db=6"), ("postgresql:///isf", "postgresql:///isf"),
])  # fmt: skip
def test_only_an_address_of_a_host_without_a_password_gets_one(address, whole):
    assert with_password(address, "new") == whole


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_whatever_the_password_is_the_servers_are_asked_with_that_very_one(password):
    database = dj_database_url.parse(with_password("postgresql://isf_app@postgres:5432/isf_police", password))
    broker = parse_url(with_password("redis://redis:6379/0", password))

    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("isf_app", password, "postgres")
    assert (broker["password"], broker["host"], broker["db"]) == (password, "redis", 0)


# addresses of the broker and the cache


@pytest.mark.parametrize(("address", "number"), [
    ("unix:///srv/kv.sock?db=6", 6), ("unix:///srv/kv.sock", 0), ("unix:///srv/kv.sock?db=0", 0),
    ("unix:///srv/kv.sock?other=1&db=3", 3),
])  # fmt: skip
def test_a_socket_says_its_database(address, number):
    assert socket_database(address) == number


@pytest.mark.parametrize(("address", "celery", "cache"), [
    ("unix:///srv/kv.sock?db=6", "redis+socket:///srv/kv.sock?virtual_host=6", "unix:///srv/kv.sock?db=7"),
    ("unix:///srv/kv.sock", "redis+socket:///srv/kv.sock?virtual_host=0", "unix:///srv/kv.sock?db=1"),
    ("redis://redis:6379/0", "redis://redis:6379/0", "redis://redis:6379/1"),
    ("redis://redis:6379", "redis://redis:6379", "redis://redis:6379/1"),
])  # fmt: skip
def test_broker_and_cache_never_share_a_database(address, celery, cache):
    assert celery_address(address) == celery
    assert cache_address(address) == cache


@given(st.integers(0, 200))
def test_of_any_pair_the_cache_has_the_odd_one(number):
    address = f"unix:///srv/kv.sock?db={2 * number}"

    assert celery_address(address).endswith(f"virtual_host={2 * number}")
    assert socket_database(cache_address(address)) == 2 * number + 1


@pytest.mark.parametrize("seconds", [0, 20])
def test_a_session_waits_for_a_lock_ten_seconds_and_for_a_statement_as_long_as_one_request_may_take(seconds):
    limits = database_limits(one_request=seconds)["options"]
    assert "lock_timeout=10s" in limits
    assert f"-c statement_timeout={seconds}s" in limits
    assert f"-c idle_in_transaction_session_timeout={seconds}s" in limits


def test_the_web_server_limits_what_a_statement_may_take_and_a_command_does_not(monkeypatch):
    monkeypatch.delenv("STATEMENT_TIMEOUT", raising=False)
    importlib.reload(isf_police.wsgi)
    assert os.environ["STATEMENT_TIMEOUT"] == "20"
    monkeypatch.setenv("STATEMENT_TIMEOUT", "5")
    importlib.reload(isf_police.wsgi)
    assert os.environ["STATEMENT_TIMEOUT"] == "5"


# the desk


class Nobody:
    """Somebody without any role."""

    pk = None
    is_authenticated = True
    roles = frozenset()

    def belongs_to(self, group):
        return False


def test_for_whom_no_room_has_anything_the_desk_is_empty():
    assert waiting_for(Nobody(), None) == []


def test_a_session_compiles_no_query(db):
    """What people wait for runs in milliseconds; a server that can compile queries takes more than that to do so."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


PROVIDER = {"OIDC_ISSUER": "https://login.example.eu/x", "OIDC_CLIENT_ID": "the house", "OIDC_CLIENT_SECRET": "secret"}


@pytest.mark.parametrize("name", PROVIDER)
def test_of_openid_connect_all_is_said_or_nothing(name):
    require_whole_provider(PROVIDER, development=False)
    require_whole_provider({"OIDC_CLIENT_SECRET": "drawn with the others"}, development=False)
    with pytest.raises(ImproperlyConfigured, match=name):
        require_whole_provider(PROVIDER | {name: ""}, development=False)


@pytest.mark.parametrize("issuer", [
    "http://login.example.eu", "login.example.eu", "https://", "https://login.example.eu?x=1",
    "https://login.example.eu/#x", "https://name:word@login.example.eu", "file:///etc/passwd",
])  # fmt: skip
def test_a_provider_is_spoken_to_over_https_at_a_plain_address(issuer):
    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER"):
        require_whole_provider(PROVIDER | {"OIDC_ISSUER": issuer}, development=False)
    if issuer.startswith("http://"):
        require_whole_provider(PROVIDER | {"OIDC_ISSUER": issuer}, development=True)
