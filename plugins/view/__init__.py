"""What the site's plugins stand on: the original file, the page image, marked text, the rows of a case put together."""
