"""What the head of a document says: title, body, date, sender, meeting and attendance."""
