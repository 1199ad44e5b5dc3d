"""The keys of the messaging platforms, all empty: a platform is open where its keys are set.

What each is, and where a shop finds it: docs/channels.md.
"""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

_EMPTY = SecretStr("")


class ChannelSettings(BaseSettings):
    """`AISLE_<PLATFORM>_<KEY>`; bot/channels/messaging/registry.py reads them in Rasa's process."""

    public_url: str = ""
    """`https://shop.example`: where customers' phones reach the service, for links and pictures
    that the catalogue gives relative to it."""
    channels_url: str = ""
    """`https://chat.shop.example`: where the platforms reach Rasa; `aisle validate channels` says
    with it which address each wants."""
    whatsapp_token: SecretStr = _EMPTY
    whatsapp_phone_id: str = ""
    whatsapp_app_secret: SecretStr = _EMPTY
    whatsapp_verify_token: SecretStr = _EMPTY
    whatsapp_api: str = ""
    messenger_token: SecretStr = _EMPTY
    messenger_account_id: str = ""
    messenger_app_secret: SecretStr = _EMPTY
    messenger_verify_token: SecretStr = _EMPTY
    messenger_api: str = ""
    instagram_token: SecretStr = _EMPTY
    instagram_account_id: str = ""
    instagram_app_secret: SecretStr = _EMPTY
    instagram_verify_token: SecretStr = _EMPTY
    instagram_api: str = ""
    line_token: SecretStr = _EMPTY
    line_secret: SecretStr = _EMPTY
    line_api: str = ""
    telegram_token: SecretStr = _EMPTY
    telegram_secret: SecretStr = _EMPTY
    telegram_api: str = ""
    slack_token: SecretStr = _EMPTY
    slack_signing_secret: SecretStr = _EMPTY
    slack_api: str = ""
    wechat_app_id: str = ""
    wechat_app_secret: SecretStr = _EMPTY
    wechat_token: SecretStr = _EMPTY
    wechat_api: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = _EMPTY
    twilio_webhook_url: str = ""
    twilio_api: str = ""
    rocketchat_url: str = ""
    rocketchat_user_id: str = ""
    rocketchat_token: SecretStr = _EMPTY
    rocketchat_webhook_token: SecretStr = _EMPTY
    mattermost_url: str = ""
    mattermost_token: SecretStr = _EMPTY
    mattermost_webhook_token: SecretStr = _EMPTY
    mattermost_webhook_url: str = ""
    bot_framework_app_id: str = ""
    bot_framework_app_password: SecretStr = _EMPTY
    bot_framework_tenant: str = ""
    bot_framework_login: str = ""
    bot_framework_keys_url: str = ""
    email_imap_url: str = Field(default="", repr=False)
    email_smtp_url: str = Field(default="", repr=False)
    email_address: str = ""
    email_authserv: str = ""
    email_poll_seconds: str = ""
