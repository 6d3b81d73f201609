"""Training and judging the triage of messages on the project's own corpus."""
