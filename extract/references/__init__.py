"""References from a case to other cases and meetings."""
