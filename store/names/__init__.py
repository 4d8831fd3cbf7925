"""Who is who: every printed name with the one person, organisation or body it means, or why it means none."""
