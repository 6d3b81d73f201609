"""What whoever attends people has at hand: kept views, the guide of a conversation, a supervisor to call."""
