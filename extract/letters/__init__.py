"""The points of input letters and consultation responses, and who sent them."""
