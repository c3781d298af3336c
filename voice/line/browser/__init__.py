"""Legs to browsers: PCM over a WebSocket."""
