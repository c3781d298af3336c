"""The official account in WeChat: what the platform sends, and what it may be sent."""
