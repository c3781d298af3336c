"""AudioSocket: the line through an Asterisk that is too old for sound over WebSockets."""
