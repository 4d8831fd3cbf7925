"""What a page, a document, a case and a decision are: frozen records and the words that go with them."""
