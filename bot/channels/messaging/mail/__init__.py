"""E-mail as a channel: read over IMAP, answered over SMTP."""
