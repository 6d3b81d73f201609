"""Trying the reader of mail: invented mails, and damaged ones."""
