"""How messages leave for services outside: each by a courier, a process of its own that knocks at no inner door."""
