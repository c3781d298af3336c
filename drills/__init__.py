"""What goes wrong on purpose: kills, locks, full disks, wrong clocks, while alarms come in."""
