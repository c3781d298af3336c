"""The line without a telephone exchange: a SIP endpoint (baresip) in this process."""
