"""A centre's own Asterisk 22 as the line: ARI steers it, a WebSocket a call carries the sound."""
