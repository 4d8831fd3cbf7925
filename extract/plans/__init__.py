"""The measures of action plans, status reports and presentations."""
