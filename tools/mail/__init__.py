"""Trying the reader of mail: invented mails, damaged ones, and how fast it is."""
