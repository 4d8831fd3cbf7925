"""How far earlier work has come, as later documents tell it."""
