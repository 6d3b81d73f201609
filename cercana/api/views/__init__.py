"""The operations of the API by subject: parse, call one command or query, render."""
