"""The demonstration collection: texts, layouts that turn them into documents, and the documents."""
