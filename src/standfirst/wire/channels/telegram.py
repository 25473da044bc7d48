"""Telegram: a message in a public channel (core.telegram.org/bots/api, `sendMessage` and its kin).

The bot must be an administrator of the channel that may post, edit and delete. Telegram knows no key of ours:
a message whose answer was lost may stand there or not, and only a person can look.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from standfirst.kit.fetch import STRICT, Policy
from standfirst.kit.words import Words
from standfirst.wire.channels.failing import LeftAlone, NotSent, Refused, Unsure, told
from standfirst.wire.channels.message import Message
from standfirst.wire.channels.models import Channel
from standfirst.wire.channels.sending import Deed, Sending, ask_json

NO_NUMBER = gettext_noop(
    "nobody knows the number of its message: look in the channel, and do it there by hand"
)
TEXT = 900
"""Characters of the text in a message. Telegram takes 4,096 in all."""


@dataclass(frozen=True)
class Telegram:
    """Messages in `chat`, by the bot that `token` belongs to."""

    chat: str
    token: str = field(repr=False)
    policy: Policy = STRICT
    api: str = "https://api.telegram.org"
    at_once: int = 1

    def may_repeat(self, deed: Deed) -> bool:
        return deed in ("edit", "gone")

    def publish(self, sending: Sending) -> str:
        result = self._call("sendMessage", {"text": _text(sending.said), "parse_mode": "HTML"})
        try:
            return str(int(result["message_id"]))
        except (KeyError, TypeError, ValueError):
            raise Unsure(gettext_noop("it answered without the number of a message")) from None

    def edit(self, sending: Sending) -> str:
        """Change the text of the message, whenever that was sent: in channels Telegram knows no limit."""
        number = _number(sending)
        self._change(number, _text(sending.said))
        return number

    def delete(self, sending: Sending) -> None:
        """Delete the message; where Telegram does not allow that any more, leave a word in its place."""
        number = _number(sending)
        try:
            self._call("deleteMessage", {"message_id": int(number)})
        except _Problem as problem:
            if "not found" in problem.said:
                return
            if "can't be deleted" not in problem.said:
                raise
            self._change(number, html.escape(sending.withdrawn, quote=False))

    def test(self, sending: Sending, words: str) -> None:
        self._call("sendMessage", {"text": words, "disable_notification": True})

    def check(self) -> str:
        """Ask who the bot is and whether it knows the channel."""
        bot = self._call("getMe", {}, chat=False)
        chat = self._call("getChat", {})
        return f"@{bot.get('username', '?')} in {chat.get('title', '?')}"

    def _change(self, number: str, text: str) -> None:
        try:
            self._call("editMessageText", {"message_id": int(number), "text": text, "parse_mode": "HTML"})
        except _Problem as problem:
            if "not modified" in problem.said:
                return  # an earlier try came through
            if "not found" in problem.said or "can't be edited" in problem.said:
                raise LeftAlone(problem.why) from None
            raise

    def _call(self, method: str, data: dict[str, Any], *, chat: bool = True) -> dict[str, Any]:
        """Call a method; return its result. The token is in the address: nothing that holds it is raised."""
        if chat:
            number = self.chat.removeprefix("-")
            data = {"chat_id": int(self.chat) if number.isascii() and number.isdigit() else self.chat, **data}
        answer, found = ask_json(f"{self.api}/bot{self.token}/{method}", data, self.policy)
        if found.get("ok") is True:
            result = found.get("result")
            return result if isinstance(result, dict) else {}
        if found.get("ok") is not False:  # no answer of Telegram's: something on the way says so
            raise Unsure(told(answer.status, ""))
        raise _problem(answer.status, found)


class _Problem(Refused):
    """What Telegram says it cannot do as asked."""

    def __init__(self, why: Words, said: str) -> None:
        self.said = said
        super().__init__(why)


def _problem(status: int, found: dict[str, Any]) -> NotSent:
    said = str(found.get("description", ""))
    code = found.get("error_code", status)
    why = told(code if isinstance(code, int) else status, said)
    parameters = found.get("parameters")
    wait = parameters.get("retry_after", 0) if isinstance(parameters, dict) else 0
    if code == 429:
        return NotSent(why, float(wait) if isinstance(wait, int | float) else 0.0, rests=True)
    if code == 400:
        return _Problem(why, said)
    return NotSent(why)  # 401, 403, 404: the token or the bot's rights, which a person can put right


def _number(sending: Sending) -> str:
    known = [number for number in sending.held.remote_ids if number] if sending.held else []
    if not known:
        raise Refused(NO_NUMBER)
    return known[0]


def _text(message: Message) -> str:
    """Return a message in Telegram's own HTML: the first line bold, the text, the address."""
    lines = [f"<b>{html.escape(message.title, quote=False)}</b>"]
    if text := message.short(TEXT):
        lines.append(html.escape(text, quote=False))
    if message.source and message.status:
        lines.append(html.escape(f"({message.source})", quote=False))
    lines.append(html.escape(message.url, quote=False))
    return "\n\n".join(lines)


def make(channel: Channel, secret: str) -> Telegram:
    """Return the sender of a row."""
    return Telegram(str(channel.settings.get("chat", "")), secret)
