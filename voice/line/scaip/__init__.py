"""Social alarms of home units: SCAIP (SS 91100, CLC/TS 50134-9) over SIP MESSAGE (RFC 3428)."""
