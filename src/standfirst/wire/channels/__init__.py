"""Where items go out to beside the pages: webhooks, Telegram, Bluesky, push to browsers."""
