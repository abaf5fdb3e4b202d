"""One module a page; a page imports no page."""
