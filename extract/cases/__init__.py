"""The cases of agendas, minutes and memos, with their proposals and decisions."""
