"""The protocol of critical cases: alarms, the chain they go up, and the watch until the end (M5.2)."""
