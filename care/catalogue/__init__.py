"""Which services and meals can be booked."""
