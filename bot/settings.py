"""Settings from the environment (`HOERING_...`) and a settings file (TOML), each with its unit.

Unknown or wrong settings are refused at start with one line that says which and why.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

#: The environment variable that names the settings file.
FILE_VARIABLE = "HOERING_SETTINGS"


class SettingsRefused(Exception):
    """A setting is wrong; the message is one line in Danish and never holds a secret."""


class Settings(BaseSettings):
    """All settings of the assistant."""

    model_config = SettingsConfigDict(env_prefix="HOERING_", extra="forbid", frozen=True)

    data: Path = Field(default=Path("data"), description="Folder of the store and the uploaded files.")
    database_url: SecretStr | None = Field(
        default=None,
        description="Connection string of a PostgreSQL database that takes the place of the data folder.",
    )
    database_connections: int = Field(
        default=8, ge=1, le=100, description="Connections to the database that a process holds at most."
    )
    database_prepares: bool = Field(
        default=True,
        description="Whether statements are prepared; not through a pooler that shares connections.",
    )
    takeover_seconds: int = Field(
        default=30, ge=1, le=600, description="How long after a process died another takes over its work."
    )
    store_key_file: Path | None = Field(
        default=None,
        description="File with the master key that the store is sealed with; else one in the data folder.",
    )
    store_key: SecretStr | None = Field(
        default=None, description="The master key itself (32 bytes in Base64), in place of a file."
    )
    example: bool = Field(
        default=True,
        description="Whether an empty store starts with the example municipality, to try things on.",
    )
    letter_profile: Path | None = Field(
        default=None,
        description="The municipality's profile: the look of its letters and its departments (YAML).",
    )
    log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="How much is logged."
    )

    web: bool = Field(default=True, description="Whether the embedded chat in the browser runs.")
    web_host: str = Field(default="127.0.0.1", description="Address the embedded chat listens on.")
    web_port: int = Field(
        default=8400, ge=0, le=65535, description="Port of the embedded chat; 0 picks a free one."
    )
    web_url: str | None = Field(
        default=None, description="The address people use, where a proxy stands before it."
    )
    web_session_hours: int = Field(
        default=12, ge=1, le=720, description="How long a login in the browser lasts."
    )
    login_link_minutes: int = Field(
        default=60, ge=1, le=1440, description="How long a printed login link is good."
    )

    telegram_token: SecretStr | None = Field(
        default=None, description="The bot's token; without it no Telegram."
    )
    telegram_api: str = Field(default="https://api.telegram.org", description="The Bot API server.")
    telegram_webhook_url: str | None = Field(
        default=None, description="Public address for a webhook; without it long polling is used."
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="Secret that Telegram repeats in each webhook call; needed with a webhook."
    )
    telegram_webhook_host: str = Field(
        default="127.0.0.1", description="Local address the webhook listens on."
    )
    telegram_webhook_port: int = Field(
        default=8443, ge=0, le=65535, description="Local port the webhook listens on."
    )
    telegram_messages_per_second: float = Field(
        default=30,
        gt=0,
        description="Most messages sent in a second; Telegram itself allows about 30 to a bot.",
    )

    reminder_days: tuple[int, ...] = Field(
        default=(14, 7, 2, 0),
        description="How many days before a case's deadline its people are reminded, at eight o'clock.",
    )
    invitation_days: int = Field(default=14, ge=1, le=90, description="How long an invitation is good.")
    max_text: int = Field(
        default=50_000, ge=1_000, description="Longest message that is taken, in characters."
    )
    max_file_bytes: int = Field(
        default=20_000_000, ge=1_000, description="Largest file that is taken, in bytes."
    )
    # Bekendtgørelse om størrelse på filer i Digital Post, § 3 (retsinformation.dk, id 183321): an authority
    # may send another up to 99.5 MB with up to 10 attached files in one message.
    digital_post_max_bytes: int = Field(
        default=99_500_000,
        ge=1_000,
        description="Largest message in Digital Post, in bytes.",
    )
    digital_post_max_files: int = Field(
        default=10, ge=1, description="Most files attached to one message in Digital Post."
    )
    max_held_messages: int = Field(
        default=1_000, ge=1, description="Messages with possible personal data held in memory while we ask."
    )
    keep_drafting_days: int | None = Field(
        default=None,
        ge=1,
        description="How long unfinished cases are kept after their last change.",
    )
    keep_submitted_days: int | None = Field(
        default=None,
        ge=1,
        description="How long cases awaiting review are kept after their last change.",
    )
    keep_approved_days: int | None = Field(
        default=None, ge=1, description="How long approved cases are kept after their last change."
    )
    keep_sent_days: int | None = Field(
        default=None, ge=1, description="How long sent cases are kept after their last change."
    )
    look_minutes: int = Field(
        default=15,
        ge=1,
        le=1440,
        description="How long the same person's looks at the same thing count as one in the audit trail.",
    )
    cached_cases: int = Field(default=200, ge=1, description="Cases kept folded in memory.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file."""
        del dotenv_settings, file_secret_settings
        file = os.environ.get(FILE_VARIABLE)
        toml = TomlConfigSettingsSource(settings_cls, toml_file=Path(file) if file else None)
        return (init_settings, env_settings, toml)


def load_settings(**arguments: object) -> Settings:
    """The settings; raises `SettingsRefused`."""
    file = os.environ.get(FILE_VARIABLE)
    if file and not Path(file).is_file():
        raise SettingsRefused(f"Indstillingsfilen {file} findes ikke. Ret {FILE_VARIABLE}.")
    try:
        return Settings(**arguments)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsRefused(f"Indstillingen {name} er forkert: {first['msg']}.") from None
    except ValueError as error:  # TOML that cannot be read
        raise SettingsRefused(f"Indstillingsfilen {file} kan ikke læses: {error}") from None
