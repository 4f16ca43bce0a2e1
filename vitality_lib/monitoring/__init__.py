"""What a worker does, told to whoever watches: signed JSON events, posted to `MONITORING_URL` (docs/monitoring.md)."""
