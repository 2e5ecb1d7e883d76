"""Settings: every environment variable, in one place, each with its meaning."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.logs import SECRETS
from storage.db import check_url

# Discord's tokens are three base64url parts; the shape alone tells a pasted password or client secret apart.
TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}", re.ASCII)
SECRET = {"DISCORD_TOKEN", "OFFRAMP_DATABASE_URL"}
Part = TypeVar("Part", bound="_Environment")


class ConfigFault(Exception):
    """A variable that can't be used: its text names it, what was expected and what was found."""


def _split_paths(value: Any) -> Any:
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


def _default_database() -> str:
    folder = Path(platformdirs.user_data_dir("offramp", appauthor=False))
    return f"sqlite:///{folder / 'offramp.db'}"


class _Environment(BaseSettings):
    """What the environment says. Each field's description is what its variable is expected to hold."""

    model_config = SettingsConfigDict(
        case_sensitive=True, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )


class PackSettings(_Environment):
    """What a command needs that only reads packs."""

    packs: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_split_paths)] = Field(
        default=(),
        validation_alias="OFFRAMP_PACKS",
        description=f"folders of packs that exist, with '{os.pathsep}' between them",
    )

    @field_validator("packs")
    @classmethod
    def _existing_folders(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        for folder in value:
            if not os.path.isdir(folder):  # unlike Path.is_dir, False for names that are no names
                raise ValueError
        return value


class DatabaseSettings(_Environment):
    """What a command needs that only opens the database."""

    database_url: str = Field(
        default_factory=_default_database,
        validation_alias="OFFRAMP_DATABASE_URL",
        description="a database address such as sqlite:////var/lib/offramp/offramp.db",
    )

    @field_validator("database_url")
    @classmethod
    def _usable_url(cls, value: str) -> str:
        check_url(value)
        return value


class Settings(DatabaseSettings, PackSettings):
    """What the bot needs."""

    token: SecretStr | None = Field(
        default=None,
        validation_alias="DISCORD_TOKEN",
        description="the bot token from Discord's developer portal (three parts with dots between)",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        validation_alias="OFFRAMP_LOG_LEVEL",
        description="one of debug, info, warning or error",
    )
    loopback_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        validation_alias="OFFRAMP_LOOPBACK_PORT",
        description="the port on 127.0.0.1 where a local Discord listens, 1 to 65535 (the demo sets it)",
    )

    @field_validator("token")
    @classmethod
    def _shape_of_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    def require_token(self) -> str:
        """The token, or ConfigFault when there is none."""
        if self.token is None:
            raise ConfigFault(_sentence("DISCORD_TOKEN", "token", "nothing"))
        return self.token.get_secret_value()


def load(part: type[Part]) -> Part:
    """The settings, or a part of them; ConfigFault for the first of its variables that can't be used."""
    try:
        return part()
    except ValidationError as error:
        variable = str(error.errors()[0]["loc"][0])
        field = next(n for n, f in part.model_fields.items() if f.validation_alias == variable)
        raise ConfigFault(_sentence(variable, field, _found(variable))) from None


def _sentence(variable: str, field: str, found: str) -> str:
    return f"{variable}: expected {Settings.model_fields[field].description}, found {found}"


def _found(variable: str) -> str:
    value = os.environ.get(variable, "")
    if variable in SECRET:
        return f"{len(value)} characters that are not one (not shown here, it may be secret)"
    return repr(SECRETS.sub("[secret]", value)[:120])
